// Organizational units: a tree that is five levels deep at its deepest.

import { lowerId } from '../random.ts';
import { hostile } from '../hostile.ts';

export interface Unit {
  id: string;
  name: string;
  /** Undefined for the root. */
  parent: Unit | undefined;
  /** Names from the root, without it: `Workloads/Production`. Empty for the root. */
  path: string;
  children: Unit[];
}

export interface UnitTree {
  root: Unit;
  all: readonly Unit[];
  /** The unit at a path of names; throws when there is none. */
  at(path: string): Unit;
}

const fixed = [
  'Security',
  'Infrastructure',
  'Infrastructure/Network',
  'Workloads',
  'Workloads/Production',
  'Workloads/Production/Payments',
  'Workloads/Production/Payments/PCI',
  'Workloads/Production/Payments/PCI/Cardholder data',
  'Workloads/NonProduction',
  'Workloads/NonProduction/Staging',
  'Workloads/NonProduction/Development',
  `Workloads/NonProduction/Development/Experiments ${hostile.html}`,
  'Sandbox',
  'Suspended',
  `Policy staging ${hostile.bidi}`,
];

/** The tree for an organisation with these teams; each has a unit in production and, beyond the first ten, in development. */
export function unitTree(seed: string, teams: readonly string[]): UnitTree {
  const suffix = lowerId(4, seed, 'root');
  const root: Unit = { id: `r-${suffix}`, name: 'Root', parent: undefined, path: '', children: [] };
  const byPath = new Map<string, Unit>([['', root]]);
  const paths = [
    ...fixed,
    ...teams.filter((team) => team !== 'payments').map((team) => `Workloads/Production/${title(team)}`),
    ...teams.slice(10).map((team) => `Workloads/NonProduction/Development/${title(team)}`),
  ];
  for (const path of paths) {
    const cut = path.lastIndexOf('/');
    const parent = byPath.get(cut === -1 ? '' : path.slice(0, cut));
    if (parent === undefined) throw new Error(`The unit ${path} has no parent.`);
    const unit: Unit = {
      id: `ou-${suffix}-${lowerId(8, seed, 'unit', path)}`,
      name: path.slice(cut + 1),
      parent,
      path,
      children: [],
    };
    parent.children.push(unit);
    byPath.set(path, unit);
  }
  return {
    root,
    all: [...byPath.values()].filter((unit) => unit !== root),
    at: (path) => {
      const unit = byPath.get(path);
      if (unit === undefined) throw new Error(`There is no unit ${path}.`);
      return unit;
    },
  };
}

/** The unit and those above it, the root last. */
export function lineage(unit: Unit): readonly Unit[] {
  const line: Unit[] = [];
  for (let at: Unit | undefined = unit; at !== undefined; at = at.parent) line.push(at);
  return line;
}

/** `data-platform` as `Data platform`. */
export function title(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

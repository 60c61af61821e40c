// The catalogue: finds checks by any of their names, and states its version.

import { createHash } from 'node:crypto';
import { UsageError } from '../../domain/errors.ts';
import { canonicalJson } from '../../domain/json.ts';
import { nearestNames } from '../../platform/terminal/nearest.ts';
import { parameterSettings, type ParameterOverrides } from './parameters.ts';
import type { ParameterValues } from './context.ts';
import type { CheckEntry } from './registry.ts';

export interface Catalogue {
  /** Sorted by id. */
  entries: readonly CheckEntry[];
  /** Sorted names of services that have checks. */
  services: readonly string[];
  /**
   * The checks of a name: an id, an alias, an AWS Config rule name, a Security Hub control or a Prowler id, in any case.
   * A control or rule that covers several kinds of resource (RDS.1) names one check for each. Of several checks the one
   * whose own id or alias it is comes first.
   */
  find(name: string): readonly CheckEntry[];
  /**
   * The checks of several names, each once, sorted by id.
   * @throws UsageError for an unknown name, with the nearest ones.
   */
  select(names: readonly string[]): readonly CheckEntry[];
  /**
   * The checks of several services.
   * @throws UsageError for an unknown service, with the nearest ones.
   */
  ofServices(services: readonly string[]): readonly CheckEntry[];
  /** All names of a check but its id, sorted. */
  aliasesOf(entry: CheckEntry): readonly string[];
  /**
   * Parameters with an administrator's values, by any name of a check.
   * @throws UsageError when a check or parameter is unknown or a value does not fit.
   */
  parameters(overrides?: ParameterOverrides): ParameterValues;
  /** Changes when a rule would judge differently: 16 hexadecimal digits over every check's `ruleVersion`. */
  version(values?: ParameterValues): string;
  /** Identifies a rule with its parameters: 16 hexadecimal digits over what influences its judgements. */
  ruleVersion(entry: CheckEntry, values?: ParameterValues): string;
}

/**
 * Builds the catalogue from the registered checks.
 * @throws Error when two checks share an id or alias: the catalogue is then broken.
 */
export function createCatalogue(registered: readonly CheckEntry[]): Catalogue {
  const entries = [...registered].sort((a, b) => (a.id < b.id ? -1 : 1));
  const own = new Map<string, CheckEntry>();
  for (const entry of entries) {
    for (const name of [entry.id, ...(entry.check.aliases ?? [])].map((text) => text.toLowerCase())) {
      const other = own.get(name);
      if (other !== undefined) throw new Error(`"${name}" names both ${other.id} and ${entry.id}.`);
      own.set(name, entry);
    }
  }
  const controls = new Map<string, CheckEntry[]>();
  for (const entry of entries) {
    for (const name of new Set(controlNames(entry).map((text) => text.toLowerCase()))) {
      controls.set(name, [...(controls.get(name) ?? []), entry]);
    }
  }
  const services = [...new Set(entries.map((entry) => entry.service))].sort();
  const allNames = [...own.keys(), ...controls.keys()];
  const defaults = parameterSettings(entries, []);

  const find = (name: string): readonly CheckEntry[] => {
    const key = name.trim().toLowerCase();
    const entry = own.get(key);
    return [...new Set([...(entry === undefined ? [] : [entry]), ...(controls.get(key) ?? [])])];
  };
  const select = (names: readonly string[]): readonly CheckEntry[] => {
    const found = new Set(
      names.flatMap((name) => {
        const matches = find(name);
        if (matches.length === 0) throw unknownName('check', name, allNames);
        return matches;
      }),
    );
    return entries.filter((entry) => found.has(entry));
  };
  /** By the values, which are one function for the length of a scan: every scope of it asks for all versions. */
  const known = new WeakMap<ParameterValues, Map<CheckEntry, string>>();
  const ruleVersion = (entry: CheckEntry, values: ParameterValues = defaults): string => {
    const versions = known.get(values) ?? new Map<CheckEntry, string>();
    known.set(values, versions);
    const version = versions.get(entry) ?? newVersion(entry, values);
    versions.set(entry, version);
    return version;
  };

  return {
    entries,
    services,
    find,
    select,
    ofServices(names) {
      const wanted = new Set(names.map((name) => name.trim().toLowerCase()));
      for (const name of wanted) if (!services.includes(name)) throw unknownName('service', name, services);
      return entries.filter((entry) => wanted.has(entry.service));
    },
    aliasesOf: (entry) =>
      [...new Set([...(entry.check.aliases ?? []), ...controlNames(entry)])]
        .filter((name) => name !== entry.id && find(name).includes(entry))
        .sort(),
    parameters: (overrides = {}) =>
      parameterSettings(
        entries,
        Object.entries(overrides).flatMap(([name, values]) => select([name]).map((entry) => ({ entry, values }))),
      ),
    version: (values = defaults) => digest(entries.map((entry) => ruleVersion(entry, values))),
    ruleVersion,
  };
}

function newVersion(entry: CheckEntry, values: ParameterValues): string {
  const { version = 1, subject, needs = [], severity, parameters = {} } = entry.check;
  const settings = Object.keys(parameters).map((name) => [name, values(entry.id, name)]);
  return digest({ id: entry.id, version, subject, needs, severity, settings });
}

function controlNames({ check }: CheckEntry): readonly string[] {
  const { configRules = [], securityHub = [], prowler = [] } = check.controls;
  return [...configRules, ...securityHub, ...prowler];
}

function unknownName(kind: 'check' | 'service', name: string, names: Iterable<string>): UsageError {
  const nearest = nearestNames(name, names);
  const list = `Run "vedette checks list" to see them all.`;
  return new UsageError(`There is no ${kind} "${name.slice(0, 100)}".`, {
    hint: nearest.length === 0 ? list : `Did you mean ${nearest.join(' or ')}? ${list}`,
  });
}

function digest(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 16);
}

// The organisation's tree as lines of text.

import type { Organization } from '../../domain/account.ts';
import { sanitize } from '../../platform/terminal/sanitize.ts';
import type { KnownAccount } from './history.ts';

type Shown = Pick<KnownAccount, 'id' | 'name' | 'status' | 'ouPath' | 'ouIds' | 'isManagement' | 'left'>;

const bounded = (name: string): string => sanitize(name, { maxLength: 60 });

const byName = (a: { name: string; id: string }, b: { name: string; id: string }): number =>
  `${a.name} ${a.id}` < `${b.name} ${b.id}` ? -1 : 1;

function accountLine(account: Shown): string {
  const notes = [
    ...(account.status === 'ACTIVE' ? [] : [bounded(account.status)]),
    ...(account.isManagement ? ['management account'] : []),
  ];
  return [account.id, bounded(account.name), ...notes.map((note) => `(${note})`)].join('  ');
}

/**
 * One line for each account and unit, accounts before units, units by name. Names may hold slashes, so places are taken
 * by id. Accounts whose place is not known, or lies in a unit that is not, come last under a heading of their own.
 */
export function* treeLines(
  organization: Pick<Organization, 'rootId' | 'units'>,
  accounts: readonly Shown[],
): Generator<string> {
  const known = new Set([organization.rootId, ...organization.units.map((unit) => unit.id)]);
  const parentOf = (account: Shown): string | undefined => {
    const parent = account.ouIds.at(-1) ?? (account.ouPath === '?' ? undefined : organization.rootId);
    return parent !== undefined && known.has(parent) ? parent : undefined;
  };
  const accountsBelow = Map.groupBy(
    accounts.filter((account) => !account.left),
    parentOf,
  );
  const unitsBelow = Map.groupBy(organization.units, (unit) => unit.parentId);
  function* below(id: string, prefix: string, more: boolean): Generator<string> {
    const rows = [
      ...(accountsBelow.get(id) ?? []).map((account) => ({ text: accountLine(account), unit: undefined })),
      ...[...(unitsBelow.get(id) ?? [])]
        .sort(byName)
        .map((unit) => ({ text: `${bounded(unit.name)}/`, unit: unit.id })),
    ];
    for (const [index, { text, unit }] of rows.entries()) {
      const last = index === rows.length - 1 && !more;
      yield `${prefix}${last ? '└─ ' : '├─ '}${text}`;
      if (unit !== undefined) yield* below(unit, `${prefix}${last ? '   ' : '│  '}`, false);
    }
  }
  const lost = accountsBelow.get(undefined) ?? [];
  yield* below(organization.rootId, '', lost.length > 0);
  if (lost.length === 0) return;
  yield '└─ (place not known)';
  for (const [index, account] of lost.entries())
    yield `   ${index === lost.length - 1 ? '└─ ' : '├─ '}${accountLine(account)}`;
}

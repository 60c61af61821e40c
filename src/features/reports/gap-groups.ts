// Groups what could not be read, so that five thousand refusals of one action are one line.

import type { Gap } from '../../domain/gap.ts';
import type { GapGroup } from './summary.ts';

interface Growing {
  gap: Gap;
  accounts: Set<string>;
  regions: Set<string>;
}

/** Not `global`, nor what discovery reads. */
const isRegion = (name = ''): boolean => /-\d+$/.test(name);

const breadth = ({ service, action }: GapGroup): number => (service === '*' ? 0 : action === '*' ? 1 : 2);

/**
 * Gaps by reason, service and action; those of the most accounts first, whole accounts before single actions.
 * Holds one entry a kind of gap and the accounts of each.
 */
export async function groupGaps(gaps: Iterable<Gap> | AsyncIterable<Gap>): Promise<GapGroup[]> {
  const groups = new Map<string, Growing>();
  for await (const gap of gaps) {
    const key = JSON.stringify([gap.reason, gap.service, gap.action]);
    const group = groups.get(key) ?? { gap, accounts: new Set(), regions: new Set() };
    group.accounts.add(gap.account);
    for (const region of gap.regions) group.regions.add(region);
    groups.set(key, group);
  }
  return [...groups.values()]
    .map(({ gap, accounts, regions }) => ({
      reason: gap.reason,
      service: gap.service,
      action: gap.action,
      accounts: accounts.size,
      regions: regions.size,
      region: regions.size === 1 && isRegion(gap.regions[0]) ? (gap.regions[0] ?? '') : '',
      example: gap.account,
      detail: gap.detail,
    }))
    .sort(
      (a, b) =>
        breadth(a) - breadth(b) || b.accounts - a.accounts || (a.action < b.action ? -1 : a.action > b.action ? 1 : 0),
    );
}

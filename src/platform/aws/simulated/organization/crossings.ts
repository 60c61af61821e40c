// Ways from one account into another: a role in production that a role in development may assume, or nearly may.

import type { PlantKind } from '../manifest.ts';
import type { AccountProfile } from './profile.ts';

export interface Crossing {
  from: AccountProfile;
  to: AccountProfile;
  /** The role in `from`, with its path. */
  by: 'service-role/app-api' | 'app-etl';
  /** Whether that role may assume roles elsewhere at all. */
  permitted: boolean;
  kind: Exclude<PlantKind, 'clean-twin'>;
  note: string;
}

const ways: readonly Omit<Crossing, 'from' | 'to'>[] = [
  {
    by: 'service-role/app-api',
    permitted: true,
    kind: 'plant',
    note: 'a role of a development account may assume this administrator',
  },
  {
    by: 'service-role/app-api',
    permitted: false,
    kind: 'near-miss',
    note: 'trusts a role of a development account that may not assume anything',
  },
  {
    by: 'app-etl',
    permitted: true,
    kind: 'near-miss',
    note: 'trusts a role whose permissions boundary leaves out assuming roles',
  },
];

/** The name of the role that is reached. */
export const reachedRole = 'legacy-deploy';

/** A way for each team that has an account of both kinds, in turn. */
export function crossingsOf(accounts: readonly AccountProfile[]): readonly Crossing[] {
  const carrying = accounts.filter((profile) => profile.plantIndex !== undefined);
  const seen = new Set<string>();
  const crossings: Crossing[] = [];
  for (const to of carrying) {
    if (to.environment !== 'production' || seen.has(to.team)) continue;
    const from = carrying.find((profile) => profile.team === to.team && profile.environment === 'development');
    const way = ways[crossings.length % ways.length];
    if (from === undefined || way === undefined || crossings.length >= ways.length * 2) continue;
    seen.add(to.team);
    crossings.push({ from, to, ...way });
  }
  return crossings;
}

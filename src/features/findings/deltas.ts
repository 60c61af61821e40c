// What a scan changed, told from the transitions that it appended.

import type { Store } from '../../platform/store/contract.ts';
import type { TransitionCause } from '../../domain/finding.ts';
import type { ReadScope, ScanDelta } from './contract.ts';

interface Row {
  cause: TransitionCause;
  to_state: string;
  /** Whether the same scan muted it at once. */
  silenced: boolean;
  n: number;
}

/**
 * What a scan changed. `stillOpen` counts what it saw failing or manual, muted or not, that was known before.
 * @param since ISO 8601: what was verified and muted between then and now, outside of scans, counts as well
 */
export async function scanDelta(store: Store, scope: ReadScope, scan: string, since?: string): Promise<ScanDelta> {
  const values = [scope.organization, scan, scope.accounts ?? null];
  const { rows } = await store.pool.query<Row>(
    // The set of the muted is hashed: right after a scan nothing is known of the tables' sizes, and a join would be nested.
    `with t as materialized (
       select finding, cause, to_state from finding_transition
        where organization_id = $1 and (scan = $2 or (scan is null and at > $4)) and ($3::text[] is null
          or finding in (select id from finding where organization_id = $1 and account = any($3)))
     )
     select cause, to_state, cause <> 'muted' and finding in (select finding from t where cause = 'muted') as silenced,
            count(*) as n
       from t group by 1, 2, 3`,
    [...values, since ?? null],
  );
  const seen = await store.pool.query<{ n: number }>(
    `select coalesce(sum(fail + manual), 0)::int8 as n from verdict_count
      where organization_id = $1 and scan = $2 and ($3::text[] is null or account = any($3))`,
    values,
  );
  const delta: ScanDelta = { new: 0, reopened: 0, resolved: 0, stillOpen: 0, ended: 0, muted: 0, ruleChanged: 0 };
  let opened = 0;
  for (const { cause, to_state: to, silenced, n } of rows) {
    if (to === 'new' || to === 'reopened') opened += n;
    if (cause === 'rule-changed') delta.ruleChanged += silenced ? 0 : n;
    else if (to === 'new' && !silenced) delta.new += n;
    else if (to === 'reopened' && !silenced) delta.reopened += n;
    else if (to === 'resolved') delta.resolved += n;
    else if (to === 'ended') delta.ended += n;
    else if (to === 'muted') delta.muted += n;
  }
  delta.stillOpen = Math.max(0, (seen.rows[0]?.n ?? 0) - opened);
  return delta;
}

// An account that was closed or left takes its findings with it: they end, and never count as resolved.

import type { PoolClient } from 'pg';
import { end } from './lifecycle.ts';
import { type FindingRow, findingColumns, findingOf, writeFindings } from './rows.ts';

export interface AccountEnd {
  organization: string;
  account: string;
  cause: 'account-closed' | 'account-left';
  /** ISO 8601. */
  at: string;
  scan: string | null;
}

/** Ends the findings of an account, in the caller's transaction. @returns how many */
export async function endFindings(
  client: PoolClient,
  { organization, account, cause, at, scan }: AccountEnd,
): Promise<number> {
  const { rows } = await client.query<FindingRow>(
    `select ${findingColumns} from finding f
      where f.organization_id = $1 and f.account = $2 and f.state not in ('resolved', 'ended') order by f.id for update`,
    [organization, account],
  );
  const steps = rows.flatMap((row) => end(findingOf(row), cause, at, scan) ?? []);
  await writeFindings(
    client,
    organization,
    steps.map((step) => step.finding),
    steps.flatMap((step) => step.transitions),
  );
  return steps.length;
}

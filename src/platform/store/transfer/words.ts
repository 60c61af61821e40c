// The words that a store may hold where the program knows them all: what is printed from there is not foreign text.

import type { PoolClient } from 'pg';
import { accountStatuses } from '../../../domain/account.ts';
import { findingKinds, findingSources, findingStates } from '../../../domain/finding.ts';
import { severities } from '../../../domain/severity.ts';
import { verdicts } from '../../../domain/verdict.ts';
import { scanAccountStatuses, scanStatuses, unitStatuses } from '../schema/scan.ts';
import { quoted } from './format.ts';

export const knownWords: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  account: { status: accountStatuses },
  finding: {
    kind: findingKinds,
    source: findingSources,
    verdict: verdicts,
    severity: severities,
    state: findingStates,
  },
  scan: { status: scanStatuses },
  scan_account: { status: scanAccountStatuses },
  unit: { status: unitStatuses },
  verdict_count: { severity: severities },
};

/** The first column of a table that holds a word that nobody knows; undefined when there is none. */
export async function strangeColumn(client: Pick<PoolClient, 'query'>, table: string): Promise<string | undefined> {
  for (const [column, known] of Object.entries(knownWords[table] ?? {})) {
    const { rows } = await client.query<{ strange: boolean }>(
      `select exists (select from ${quoted(table)} where ${quoted(column)} <> all ($1)) as strange`,
      [known],
    );
    if (rows[0]?.strange === true) return column;
  }
  return undefined;
}

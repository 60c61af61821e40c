// Commits what a verification saw of one subject: it was read again outside any scan, after a fix or on a question.

import type { PoolClient } from 'pg';
import { lockScope } from './commit-scope.ts';
import type { JudgedCheck, JudgedVerdict, StoredFinding } from './contract.ts';
import { type Step, observe } from './lifecycle.ts';
import { type FindingRow, findingColumns, findingOf, writeFindings } from './rows.ts';
import { settle } from './settle.ts';

/** One check's word on the subject. `check.complete` is true when all that it needs was read again. */
export interface VerifiedFinding {
  finding: string;
  check: JudgedCheck;
  /** Undefined when the subject is gone. */
  verdict: JudgedVerdict | undefined;
}

/** A subject that was read again. */
export interface VerifiedSubject {
  organization: string;
  account: string;
  /** The scope that judges it: a region, `global` or `account`. */
  region: string;
  /** ISO 8601: when reading began. A scan that began earlier changes nothing of it afterwards. */
  at: string;
  /** The scan that new findings count to: the last one that judged the subject. */
  scan: string | null;
  findings: readonly VerifiedFinding[];
}

/**
 * Commits in the caller's transaction. A finding that fails as before keeps its state and is verified; one that passes, or
 * whose subject is gone, resolves, because its subject was wholly read. An unknown changes nothing.
 * @returns the findings as they stood and as they stand now, by id
 */
export async function commitVerification(
  client: PoolClient,
  subject: VerifiedSubject,
): Promise<ReadonlyMap<string, { before: StoredFinding | undefined; after: StoredFinding }>> {
  const { organization, account, region, at } = subject;
  await lockScope(client, subject);
  const { rows } = await client.query<FindingRow>(
    `select ${findingColumns} from finding f where f.organization_id = $1 and f.id = any($2) order by f.id for update`,
    [organization, subject.findings.map((one) => one.finding)],
  );
  const known = new Map(rows.map((row) => [row.id, findingOf(row)]));
  const steps = new Map<string, Step>();
  const verdicts = new Map<string, JudgedVerdict>();
  for (const { finding: id, check, verdict } of subject.findings) {
    if (verdict !== undefined) verdicts.set(id, verdict);
    const previous = known.get(id);
    // By the scan that saw it last: what is new stays so until the next scan sees it again.
    const lastScan = previous?.lastScan ?? subject.scan;
    const step = observe(previous, {
      verdict,
      check,
      scan: { id: lastScan ?? '', startedAt: at, complete: true },
      account,
      scopeRegion: region,
      at,
      earlierRule: undefined,
    });
    if (step === undefined) continue;
    steps.set(id, {
      finding: { ...step.finding, lastScan },
      transitions: step.transitions.map((one) => ({ ...one, scan: null })),
    });
  }
  const settled = await settle(client, steps, verdicts, { organization, account, at, scan: null });
  await writeFindings(client, organization, settled.findings, settled.transitions);
  const after = new Map([...known, ...settled.findings.map((one) => [one.id, one] as const)]);
  return new Map([...after].map(([id, finding]) => [id, { before: known.get(id), after: finding }]));
}

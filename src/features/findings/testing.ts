// Small builders for the tests of this folder.

import type { Store } from '../../platform/store/contract.ts';
import { commitScope } from './commit-scope.ts';
import type { CommittedScope, JudgedCheck, JudgedScope, JudgedVerdict } from './contract.ts';

export const organization = 'o-exampleorgid';
export const account = '111122223333';

export const time = (day: number, hour = 10): string => new Date(Date.UTC(2026, 10, day, hour)).toISOString();

export function check(id: string, changes: Partial<JudgedCheck> = {}): JudgedCheck {
  return { id, severity: 'high', rule: 'r1', complete: true, ...changes };
}

/** A verdict of `s3-logs` on the bucket `subject`, in the scope's region. */
export function verdict(
  subject: string,
  result: JudgedVerdict['verdict'],
  changes: Partial<JudgedVerdict> = {},
): JudgedVerdict {
  return {
    check: 's3-logs',
    verdict: result,
    findingId: `vf-${subject}`,
    resource: `arn:aws:s3:::${subject}`,
    resourceType: 'AWS::S3::Bucket',
    region: 'eu-west-1',
    title: 'Bucket writes access logs',
    reason: `${subject} is ${result}`,
    ...changes,
  };
}

/** What scan `day` judged: by `s3-logs`, wholly, in the scope `global`. */
export function scope(
  day: number,
  verdicts: readonly JudgedVerdict[],
  changes: Partial<JudgedScope> = {},
): JudgedScope {
  return {
    organization,
    scan: { id: `scan-${day}`, startedAt: time(day, 9), complete: true },
    account,
    region: 'global',
    judgedAt: time(day),
    checks: [check('s3-logs')],
    verdicts,
    ...changes,
  };
}

/** Commits a scope in a transaction of its own. */
export async function commitAlone(store: Store, judged: JudgedScope): Promise<CommittedScope> {
  return await store.transaction(async (client) => await commitScope(client, judged));
}

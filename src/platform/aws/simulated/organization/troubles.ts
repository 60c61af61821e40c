// What goes wrong with some accounts, and which accounts those are.

import type { AccountRole, AccountState, Trouble } from './profile.ts';

/** A state other than active, a trouble with reading, or a region opted in to (no trouble, but rare as well). */
export type Setback =
  | { state: Exclude<AccountState, 'ACTIVE'> }
  | { trouble: (mainRegion: string) => Trouble }
  | { optedIn: readonly string[] };

/** One round of what can go wrong; an organisation has a round for every hundred accounts. */
const round: readonly Setback[] = [
  { state: 'SUSPENDED' },
  { trouble: () => ({ kind: 'role-absent' }) },
  {
    trouble: () => ({
      kind: 'narrow',
      how: 'explicit',
      actions: ['s3:GetBucketPolicy', 's3:GetBucketPolicyStatus', 'kms:GetKeyPolicy', 'lambda:GetPolicy'],
    }),
  },
  { state: 'CLOSED' },
  { optedIn: ['eu-south-1'] },
  { trouble: () => ({ kind: 'slow', operations: ['rds:DescribeDBInstances', 'rds:DescribeDBSnapshots'] }) },
  { trouble: () => ({ kind: 'role-refuses' }) },
  { trouble: () => ({ kind: 'narrow', how: 'implicit', actions: ['inspector2:BatchGetAccountStatus'] }) },
  { state: 'PENDING_CLOSURE' },
  { trouble: (region) => ({ kind: 'throttled', operation: 'sns:ListTopics', region }) },
  { optedIn: ['me-central-1', 'ap-east-1'] },
  {
    trouble: () => ({
      kind: 'narrow',
      how: 'implicit',
      actions: ['iam:GenerateCredentialReport', 'iam:GetCredentialReport', 'ec2:DescribeSnapshots'],
    }),
  },
];

/** Which account (by index) has which setback. Small organisations have none: there would be nothing else. */
export function setbacks(roles: readonly AccountRole[]): Map<number, Setback> {
  const candidates = roles.flatMap((role, index) => (role === 'workload' ? [index] : []));
  const planned = new Map<number, Setback>();
  if (candidates.length < round.length * 2) return planned;
  const total = round.length * Math.max(1, Math.round(roles.length / 100));
  for (let i = 0; i < total; i += 1) {
    const candidate = candidates[Math.floor(((i + 0.5) * candidates.length) / total)];
    const setback = round[i % round.length];
    if (candidate !== undefined && setback !== undefined) planned.set(candidate, setback);
  }
  return planned;
}

// What scans and verifications call is what the generated role may do, no more and no less.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { activeStates, listFindings } from '../../src/features/findings/index.ts';
import type { CallRecord } from '../../src/platform/aws/contract.ts';
import { testStore } from '../../src/platform/store/testing.ts';
import { actionsOf, callerMay, roleMay } from '../fixtures/generated-policy.ts';
import { type Answer, type SceneOptions, openScene, scan, today, verify } from './harness.ts';

/** Leaves out what makes a collector ask once more: a bucket's region, AWS's policies that serve as boundaries alone. */
function terse({ operation, output }: Answer): object {
  if (operation === 'ListBuckets') {
    const buckets = (output['Buckets'] ?? []) as object[];
    return { ...output, Buckets: buckets.map((one) => ({ ...one, BucketRegion: undefined })) };
  }
  if (operation === 'GetAccountAuthorizationDetails' && output['Policies'] !== undefined) {
    const policies = output['Policies'] as { Arn?: string }[];
    return { ...output, Policies: policies.filter((one) => one.Arn?.startsWith('arn:aws:iam::aws:') !== true) };
  }
  return output;
}

const records: CallRecord[] = [];

async function recorded(options: SceneOptions, enabled: readonly string[]): Promise<void> {
  const store = await testStore();
  const scene = await openScene(options);
  try {
    const { organizationId: organization } = await scan(scene, store, { enabled });
    const filter = { states: activeStates, services: ['lambda', 'secretsmanager'] };
    const { findings } = await listFindings(store, { organization }, filter);
    await verify(scene, store, findings, { enabled, at: today });
    records.push(...scene.records);
  } finally {
    await scene.aws.close();
    await store.close();
  }
}

beforeAll(async () => {
  // The default organisation with all its troubles; and a small one that is answered less freely.
  await recorded({ accounts: 60 }, ['us-east-1']);
  await recorded({ accounts: 3, amend: terse, faults: [{ kind: 'denied', operation: 'ListRegions' }] }, [
    'us-east-1',
    'eu-west-1',
    'eu-central-1',
  ]);
}, 120_000);
afterAll(() => records.splice(0));

const used = (of: (record: CallRecord) => boolean): Set<string> =>
  new Set(records.filter(of).flatMap((record) => actionsOf(record)));
/** Calls in the role; the audit names it for the call by which it is assumed as well. */
const inRole = ({ role, purpose }: CallRecord): boolean => role !== '' && purpose !== 'session';
const needsNone = new Set(['sts:GetCallerIdentity']);
const beyond = (actions: ReadonlySet<string>, ...allowed: ReadonlySet<string>[]): string[] =>
  [...actions].filter((action) => !needsNone.has(action) && !allowed.some((set) => set.has(action)));

describe('the calls of scans', () => {
  test('are many, of all services, in the role and outside of it', () => {
    expect(records.length).toBeGreaterThan(5000);
    expect(records.filter(inRole).every((record) => record.role.endsWith(':role/VedetteRead'))).toBe(true);
    expect(new Set(records.map(inRole)).size).toBe(2);
  });

  test('in the role are all allowed by its policies', () => {
    expect(beyond(used(inRole), roleMay)).toEqual([]);
  });

  test('with the credentials of the caller are allowed by its policy, and in its own account by those of the role', () => {
    const own = used((record) => !inRole(record));
    expect(own.has('sts:AssumeRole') && own.has('organizations:ListAccounts')).toBe(true);
    expect(beyond(own, callerMay, roleMay)).toEqual([]);
  });
});

describe('the generated policies', () => {
  test('allow nothing that is not used', () => {
    const all = used(() => true);
    const idle = [...roleMay, ...callerMay].filter((action) => !all.has(action));
    expect(idle).toEqual([]);
  });
});

// Findings are verified: what they are about is read again, and what became of the world since is what they say.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type FindingFilter,
  type StoredFinding,
  activeStates,
  listFindings,
} from '../../src/features/findings/index.ts';
import type { Verification } from '../../src/features/scan/verify/contract.ts';
import { type TestStore, testStore } from '../../src/platform/store/testing.ts';
import {
  type Answer,
  type Scene,
  type SceneOptions,
  differences,
  openScene,
  rowsOf,
  scan,
  verify as again,
} from './harness.ts';

type World = Required<Pick<SceneOptions, 'refuse'>> | { amend: (answer: Answer) => object } | Record<string, never>;

const later = '2026-11-20T10:00:30.000Z';
const region = 'us-east-1';
/** What the world answers instead, while a test says so. */
let world: World = {};
let scene: Scene;
let store: TestStore;
let organization: string;
let all: readonly StoredFinding[];

beforeAll(async () => {
  store = await testStore();
  scene = await openScene({
    accounts: 8,
    troubled: false,
    amend: (answer) => ('amend' in world ? world.amend(answer) : answer.output),
    refuse: (call) => ('refuse' in world ? world.refuse?.(call) : undefined),
  });
  const { organizationId } = await scan(scene, store, { enabled: [region] });
  organization = organizationId;
  all = await found({});
}, 120_000);
afterAll(async () => {
  await scene.aws.close();
  await store.close();
});

const found = async (filter: FindingFilter): Promise<readonly StoredFinding[]> =>
  (await listFindings(store, { organization }, { states: activeStates, ...filter }, { limit: 10_000 })).findings;

const verify = (findings: readonly StoredFinding[]): Promise<Verification[]> =>
  again(scene, store, findings, { enabled: [region], at: later });

/** Verifies in another world, and puts everything back. */
async function inAnotherWorld<T>(other: World, work: () => Promise<T>): Promise<T> {
  world = other;
  try {
    return await work();
  } finally {
    world = {};
    await verify(all);
  }
}

const awsError = (name: string, httpStatusCode: number): never => {
  throw Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
};
const refused = (): never => awsError('AccessDeniedException', 403);
const absent = (name: string): never => awsError(name, 404);

const byDiscovery = ({ verdict, reason }: Verification): boolean => {
  return verdict === 'unknown' && /read by discovery/.test(reason);
};

describe('in the world as the scan saw it', () => {
  test('there is much to verify, of every kind of subject', () => {
    expect(all.length).toBeGreaterThan(300);
    expect(new Set(all.map((one) => one.check)).size).toBeGreaterThan(60);
    expect(new Set(all.map((one) => one.scopeRegion))).toEqual(new Set(['global', region, 'account']));
  });

  test('every finding fails as it did, for the same reason, and nothing else is found', async () => {
    const before = await rowsOf(store);
    const verified = await verify(all);
    expect(verified).toHaveLength(all.length);
    const reasons = new Map(all.map((one) => [one.id, one.reason]));
    const checked = verified.filter((one) => !byDiscovery(one));
    expect(new Set(verified.filter(byDiscovery).map(({ finding }) => finding.check))).toEqual(
      new Set(all.map((one) => one.check).filter((check) => check === 'account-part-of-organization')),
    );
    const changed = checked.filter(
      ({ finding, before: state, verdict, reason }) =>
        verdict !== finding.verdict ||
        state !== finding.state ||
        !reason.startsWith((reasons.get(finding.id) ?? '').slice(0, 900)),
    );
    expect(changed.map(({ finding, verdict, reason }) => [finding.check, finding.resource, verdict, reason])).toEqual(
      [],
    );
    expect(differences(await rowsOf(store), before)).toEqual([]);
    const ids = new Set(checked.map(({ finding }) => finding.id));
    const now = (await found({})).filter((one) => ids.has(one.id));
    expect(new Set(now.map((one) => one.lastVerified))).toEqual(new Set([later]));
  });
});

describe('in a world where nothing answers any more', () => {
  test('everything is unknown and nothing changes', async () => {
    const before = await rowsOf(store);
    await inAnotherWorld({ refuse: refused }, async () => {
      const verified = await verify(all);
      const known = verified.filter((one) => one.verdict !== 'unknown');
      expect(known.map(({ finding, verdict, reason }) => [finding.check, verdict, reason])).toEqual([]);
      expect(verified.filter((one) => !/denied|read by discovery/.test(one.reason)).map((one) => one.reason)).toEqual(
        [],
      );
      expect(differences(await rowsOf(store), before)).toEqual([]);
    });
  });
});

const bucket = (): StoredFinding => {
  const one = all.find(({ check }) => check === 's3-bucket-versioning');
  if (one === undefined) throw new Error('no bucket without versioning');
  return one;
};
const versioned = ({ operation, output }: Answer): object =>
  operation === 'GetBucketVersioning' ? { ...output, Status: 'Enabled' } : output;

/** A fix that breaks something else. */
const careless = (answer: Answer): object => {
  if (answer.operation === 'GetBucketEncryption') absent('ServerSideEncryptionConfigurationNotFoundError');
  return versioned(answer);
};

describe('after a fix', () => {
  test('the finding is resolved, and its evidence is the new one', async () => {
    const one = bucket();
    await inAnotherWorld({ amend: versioned }, async () => {
      const verified = await verify([one]);
      expect(verified.filter(({ asked }) => asked)).toMatchObject([
        { verdict: 'pass', before: 'new', finding: { id: one.id, state: 'resolved' } },
      ]);
      const { rows } = await store.pool.query<{ config: { versioning: { status: string } } }>(
        `select v.config from resource r join resource_version v on v.organization_id = r.organization_id and v.hash = r.hash
          where r.arn = $1`,
        [one.resource],
      );
      expect(JSON.stringify(rows[0]?.config.versioning)).toContain('Enabled');
    });
  });

  test('only what was asked for is read: one bucket, not all', async () => {
    const one = bucket();
    const from = scene.calls.length;
    await verify([one]);
    const asked = scene.calls.slice(from).filter((call) => call.includes('s3:GetBucketVersioning'));
    expect(asked).toHaveLength(1);
  });

  test('what the fix broke is found with it', async () => {
    const one = bucket();
    await inAnotherWorld({ amend: careless }, async () => {
      const verified = await verify([one]);
      expect(verified.filter(({ asked, before }) => !asked && before === undefined)).toMatchObject([
        { verdict: 'fail', finding: { check: 's3-bucket-default-encryption', state: 'new', resource: one.resource } },
      ]);
    });
  });
});

describe('when the resource is gone', () => {
  const gone: readonly [string, World][] = [
    [
      'AWS::S3::Bucket',
      { amend: ({ operation, output }) => (operation === 'ListBuckets' ? { ...output, Buckets: [] } : output) },
    ],
    [
      'AWS::Lambda::Function',
      {
        refuse: ({ operation }) =>
          operation === 'GetFunctionConfiguration' ? absent('ResourceNotFoundException') : undefined,
      },
    ],
  ];
  test.each(gone)('every finding of the %s is resolved, whichever was asked for', async (type, other) => {
    const one = all.find(({ resourceType, resource }) => {
      return resourceType === type && all.filter((other) => other.resource === resource).length > 1;
    });
    if (one === undefined) throw new Error(`no ${type} with two findings`);
    const ids = all.filter(({ resource }) => resource === one.resource).map(({ id }) => id);
    await inAnotherWorld(other, async () => {
      const verified = await verify([one]);
      expect(verified.map(({ finding }) => finding.id).sort()).toEqual([...ids].sort());
      expect(new Set(verified.map(({ verdict }) => verdict))).toEqual(new Set(['absent']));
      expect(new Set(verified.map(({ finding }) => finding.state))).toEqual(new Set(['resolved']));
      const { rows } = await store.pool.query('select arn from resource where arn = $1', [one.resource]);
      expect(rows).toEqual([]);
    });
  });
});

describe('what cannot be verified says why and stays', () => {
  test('the account is closed, or of somebody else', async () => {
    const [one] = all;
    if (one === undefined) throw new Error('no finding');
    const foreign = { ...one, account: '999988887777' };
    expect(await verify([foreign])).toMatchObject([
      { verdict: 'unknown', reason: 'The account 999988887777 is not of this organisation.' },
    ]);
  });

  test('the check is no longer in the catalogue', async () => {
    const [one] = all;
    if (one === undefined) throw new Error('no finding');
    const before = await rowsOf(store);
    expect(await verify([{ ...one, check: 's3-no-such-check' }])).toMatchObject([
      { verdict: 'unknown', reason: 'The check s3-no-such-check is no longer in the catalogue.' },
    ]);
    expect(differences(await rowsOf(store), before)).toEqual([]);
  });
});

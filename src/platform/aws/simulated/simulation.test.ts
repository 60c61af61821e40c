import { AccountClient, ListRegionsCommand } from '@aws-sdk/client-account';
import {
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  IAMClient,
  NoSuchEntityException,
  paginateGetAccountAuthorizationDetails,
} from '@aws-sdk/client-iam';
import {
  AccessDeniedException,
  DescribeOrganizationCommand,
  ListRootsCommand,
  OrganizationsClient,
  paginateListAccounts,
  paginateListOrganizationalUnitsForParent,
} from '@aws-sdk/client-organizations';
import { GetBucketPolicyCommand, S3Client, paginateListBuckets } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { describe, expect, test } from 'vitest';
import { type SimulationOptions, createSimulation } from './simulation.ts';
import { clientOf, enter } from './testing.ts';

const now = new Date('2026-11-20T10:00:00Z');

function simulate(options: Partial<SimulationOptions> = {}) {
  return createSimulation({ accounts: 20, seed: 'test', now, troubled: false, ...options });
}

async function names(get: () => Promise<unknown>): Promise<string> {
  return await get().then(
    () => 'ok',
    (error: Error) => error.name,
  );
}

describe('the organisation', () => {
  test('pages through all accounts with the SDK’s own paginator', async () => {
    const simulation = simulate({ accounts: 60 });
    const client = clientOf(simulation, OrganizationsClient);
    const ids = new Set<string>();
    let pages = 0;
    for await (const page of paginateListAccounts({ client }, {})) {
      pages += 1;
      for (const account of page.Accounts ?? []) ids.add(account.Id ?? '');
    }
    expect([ids.size, pages]).toEqual([60, 3]);
  });

  test('nests units at least four deep', async () => {
    const client = clientOf(simulate(), OrganizationsClient);
    const depth = async (parent: string): Promise<number> => {
      let deepest = 0;
      for await (const page of paginateListOrganizationalUnitsForParent({ client }, { ParentId: parent })) {
        for (const unit of page.OrganizationalUnits ?? [])
          deepest = Math.max(deepest, 1 + (await depth(unit.Id ?? '')));
      }
      return deepest;
    };
    const { Roots } = await client.send(new ListRootsCommand({}));
    expect(await depth(Roots?.[0]?.Id ?? '')).toBe(5);
  });

  test('tells members who they belong to, and nothing more', async () => {
    const simulation = simulate();
    const member = simulation.organization.accounts.at(-1)!;
    const client = clientOf(simulation, OrganizationsClient, await enter(simulation, member.id));
    const { Organization } = await client.send(new DescribeOrganizationCommand({}));
    expect(Organization?.Id).toBe(simulation.organization.id);
    await expect(client.send(new ListRootsCommand({}))).rejects.toBeInstanceOf(AccessDeniedException);
  });

  test('has accounts in every state, and says which cannot be read', () => {
    const simulation = createSimulation({ now });
    const { accounts } = simulation.organization;
    expect(new Set(accounts.map((account) => account.state))).toEqual(
      new Set(['ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE', 'CLOSED']),
    );
    const { gaps } = simulation.manifest();
    expect(new Set(gaps.map((gap) => gap.reason))).toEqual(new Set(['denied', 'throttled', 'slow', 'unreachable']));
    expect(
      gaps.filter((gap) => gap.regions.length > 1).every((gap) => gap.note.includes('service control policy')),
    ).toBe(true);
  });
});

describe('sessions', () => {
  test('begin in the security account and go where the role trusts', async () => {
    const simulation = simulate();
    const target = simulation.organization.accounts[7]!;
    const sts = clientOf(simulation, STSClient, await enter(simulation, target.id));
    const identity = await sts.send(new GetCallerIdentityCommand({}));
    expect(identity.Account).toBe(target.id);
    expect(identity.Arn).toBe(`arn:aws:sts::${target.id}:assumed-role/VedetteRead/test`);
  });

  test.each([
    ['a wrong external id', { ExternalId: 'guess' }],
    ['no external id', { ExternalId: undefined }],
    ['a role that is absent', { RoleArn: 'absent' }],
  ])('are refused for %s', async (_, wrong) => {
    const simulation = simulate();
    const { id } = simulation.organization.accounts[7]!;
    const sts = clientOf(simulation, STSClient);
    const role = (name: string): string => `arn:aws:iam::${id}:role/${name}`;
    const input = {
      RoleSessionName: 'test',
      ExternalId: simulation.externalId(id),
      ...wrong,
      RoleArn: role('RoleArn' in wrong ? wrong.RoleArn : 'VedetteRead'),
    };
    await expect(sts.send(new AssumeRoleCommand(input))).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    });
  });

  test('of another account of the organisation are refused by the scanner’s role', async () => {
    const simulation = simulate();
    const [from, to] = [simulation.organization.accounts[5]!, simulation.organization.accounts[6]!];
    const sts = clientOf(simulation, STSClient, simulation.credentials(from.id));
    const input = {
      RoleArn: `arn:aws:iam::${to.id}:role/VedetteRead`,
      RoleSessionName: 'x',
      ExternalId: simulation.externalId(to.id),
    };
    expect(await names(() => sts.send(new AssumeRoleCommand(input)))).toBe('AccessDenied');
  });

  test('end', async () => {
    let time = now;
    const simulation = simulate({ clock: () => time });
    const { id } = simulation.organization.accounts[7]!;
    const iam = clientOf(simulation, IAMClient, await enter(simulation, id));
    expect(await names(() => iam.send(new GetAccountSummaryCommand({})))).toBe('ok');
    time = new Date(now.getTime() + 3_600_000);
    expect(await names(() => iam.send(new GetAccountSummaryCommand({})))).toBe('ExpiredToken');
  });

  test('made elsewhere belong to the account that is given', async () => {
    const simulation = simulate();
    const { id } = simulation.organization.accounts[3]!;
    const sts = new STSClient({ region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
    simulation.install(sts, { account: id });
    expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe(id);
  });
});

describe('answers', () => {
  test('are the same for the same seed, in any order and after models were dropped', async () => {
    const few = simulate({ models: 1 });
    const many = simulate({ models: 64 });
    const read = async (simulation: typeof few, id: string): Promise<string> => {
      const client = clientOf(simulation, IAMClient, await enter(simulation, id));
      const pages: unknown[] = [];
      for await (const { $metadata: _, ...page } of paginateGetAccountAuthorizationDetails(
        { client, pageSize: 10 },
        {},
      ))
        pages.push(page);
      return JSON.stringify(pages);
    };
    const ids = simulate().organization.accounts.map((account) => account.id);
    const forwards = new Map<string, string>();
    for (const id of ids) forwards.set(id, await read(few, id));
    for (const id of ids.toReversed()) expect(await read(many, id)).toBe(forwards.get(id));
    expect(simulate({ seed: 'other' }).organization.id).not.toBe(few.organization.id);
  });

  test('are the SDK’s own exceptions', async () => {
    const simulation = createSimulation({ now });
    const account = simulation
      .manifest()
      .entries.find((entry) => entry.note.startsWith('no policy at all: AWS'))!.account;
    const iam = clientOf(simulation, IAMClient, await enter(simulation, account));
    const error = await iam.send(new GetAccountPasswordPolicyCommand({})).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NoSuchEntityException);
    expect(error).toMatchObject({
      name: 'NoSuchEntityException',
      Code: 'NoSuchEntity',
      $fault: 'client',
      $metadata: { httpStatusCode: 404 },
    });
  });

  test('of a bucket come from its own region', async () => {
    const simulation = createSimulation({ now });
    const account = simulation.organization.accounts.find(
      (profile) => profile.plantIndex !== undefined && profile.usedRegions.length > 1,
    )!;
    const credentials = await enter(simulation, account.id);
    const client = clientOf(simulation, S3Client, credentials, account.usedRegions[0]);
    const buckets = new Map<string, string>();
    for await (const page of paginateListBuckets({ client, pageSize: 3 }, {})) {
      for (const bucket of page.Buckets ?? []) buckets.set(bucket.Name ?? '', bucket.BucketRegion ?? '');
    }
    const [away] = [...buckets].find(([, region]) => region !== account.usedRegions[0])!;
    const error: unknown = await client
      .send(new GetBucketPolicyCommand({ Bucket: away }))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'PermanentRedirect',
      $response: { headers: { 'x-amz-bucket-region': buckets.get(away) } },
    });
  });

  test('to what is not simulated name the operation', async () => {
    const simulation = simulate();
    const client = clientOf(simulation, AccountClient);
    const { GetPrimaryEmailCommand } = await import('@aws-sdk/client-account');
    await expect(client.send(new GetPrimaryEmailCommand({ AccountId: '111122223333' }))).rejects.toThrow(
      'AccountClient.GetPrimaryEmail',
    );
  });
});

describe('regions', () => {
  test('that were not opted in to are refused, and others not', async () => {
    const simulation = createSimulation({ now });
    const account = simulation.organization.accounts.find((profile) => profile.optedIn.length > 0)!;
    const credentials = await enter(simulation, account.id);
    const call = (region: string) =>
      names(() => clientOf(simulation, STSClient, credentials, region).send(new GetCallerIdentityCommand({})));
    expect(await call(account.optedIn[0]!)).toBe('ok');
    expect(await call('af-south-1')).toBe('InvalidClientTokenId');
    const { Regions } = await clientOf(simulation, AccountClient, credentials).send(
      new ListRegionsCommand({ RegionOptStatusContains: ['ENABLED'] }),
    );
    expect(Regions?.map((region) => region.RegionName).sort()).toEqual([...account.optedIn].sort());
  });
});

describe('faults', () => {
  const retryStrategy = new ConfiguredRetryStrategy(5, () => 1);

  async function attempt(kind: 'denied' | 'throttled' | 'timeout' | 'malformed', times?: number) {
    const outcomes: string[] = [];
    const fault = { kind, service: 'iam', operation: 'GetAccountSummary', ...(times === undefined ? {} : { times }) };
    const simulation = simulate({ faults: [fault], onCall: (call) => outcomes.push(call.outcome) });
    const { id } = simulation.organization.accounts[7]!;
    const credentials = await enter(simulation, id);
    outcomes.length = 0;
    const iam = new IAMClient({ region: 'us-east-1', credentials, retryStrategy });
    simulation.install(iam);
    return { result: await names(() => iam.send(new GetAccountSummaryCommand({}))), outcomes };
  }

  test.each([
    ['denied', 'AccessDenied', 1],
    ['throttled', 'Throttling', 5],
    ['timeout', 'TimeoutError', 5],
    ['malformed', 'SyntaxError', 1],
  ] as const)('%s ends as %s after %i attempts', async (kind, name, attempts) => {
    const { result, outcomes } = await attempt(kind);
    expect(result).toBe(name);
    expect(outcomes).toEqual(Array.from({ length: attempts }, () => name));
  });

  test('that pass are survived by the SDK’s own retries', async () => {
    const { result, outcomes } = await attempt('throttled', 3);
    expect(result).toBe('ok');
    expect(outcomes).toEqual(['Throttling', 'Throttling', 'Throttling', 'ok']);
  });

  test('strike only where they were asked for', async () => {
    const simulation = simulate({ faults: [{ kind: 'denied', service: 's3' }] });
    const iam = clientOf(simulation, IAMClient, await enter(simulation, simulation.organization.accounts[7]!.id));
    expect(await names(() => iam.send(new GetAccountSummaryCommand({})))).toBe('ok');
  });
});

import { EC2Client, DescribeSnapshotsCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import { GetCredentialReportCommand, GetAccountSummaryCommand, IAMClient } from '@aws-sdk/client-iam';
import { BatchGetAccountStatusCommand, Inspector2Client } from '@aws-sdk/client-inspector2';
import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { GetBucketPolicyCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeHubCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetMacieSessionCommand, Macie2Client } from '@aws-sdk/client-macie2';
import { STSClient } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import type { AwsAccessOptions } from '../access-options.ts';
import type { Trouble } from './organization/profile.ts';
import { createSimulation } from './simulation.ts';
import { clientOf, enter } from './testing.ts';

const now = new Date('2026-11-20T10:00:00Z');
const simulation = createSimulation({ now, slowMs: 0 });
const { accounts } = simulation.organization;

function troubled(fits: (trouble: Trouble) => boolean) {
  return accounts.find((profile) => profile.trouble !== undefined && fits(profile.trouble))!;
}

const refusal = (call: Promise<unknown>): Promise<Error> =>
  call.then(
    () => Promise.reject(new Error('It was answered.')),
    (error: Error) => error,
  );

describe('a role that is too narrow', () => {
  test('is refused by name of the action, and why: a Deny', async () => {
    const profile = troubled((trouble) => trouble.kind === 'narrow' && trouble.how === 'explicit');
    const s3 = clientOf(simulation, S3Client, await enter(simulation, profile.id), profile.usedRegions[0]);
    const { Buckets } = await s3.send(new ListBucketsCommand({ MaxBuckets: 1 }));
    const error = await refusal(s3.send(new GetBucketPolicyCommand({ Bucket: Buckets![0]!.Name })));
    expect(error).toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    expect(error.message).toBe(
      `User: arn:aws:sts::${profile.id}:assumed-role/VedetteRead/test is not authorized to perform: s3:GetBucketPolicy with an explicit deny in an identity-based policy`,
    );
  });

  test('is refused by name of the action, and why: no Allow', async () => {
    const profile = troubled(
      (trouble) => trouble.kind === 'narrow' && trouble.actions.includes('ec2:DescribeSnapshots'),
    );
    const credentials = await enter(simulation, profile.id);
    const ec2 = await refusal(clientOf(simulation, EC2Client, credentials).send(new DescribeSnapshotsCommand({})));
    expect(ec2.name).toBe('UnauthorizedOperation');
    expect(ec2.message).toContain('You are not authorized to perform this operation.');
    expect(ec2.message).toContain('because no identity-based policy allows the ec2:DescribeSnapshots action');
    const iam = clientOf(simulation, IAMClient, credentials);
    expect((await refusal(iam.send(new GetCredentialReportCommand({})))).name).toBe('AccessDenied');
    expect((await iam.send(new GetAccountSummaryCommand({}))).SummaryMap?.Users).toBeGreaterThan(0);
  });

  test('has no access to Inspector in one account', async () => {
    const profile = troubled(
      (trouble) => trouble.kind === 'narrow' && trouble.actions.includes('inspector2:BatchGetAccountStatus'),
    );
    const client = clientOf(simulation, Inspector2Client, await enter(simulation, profile.id));
    expect((await refusal(client.send(new BatchGetAccountStatusCommand({})))).name).toBe('AccessDeniedException');
  });
});

describe('a region that is closed', () => {
  test('by a service control policy is refused so, and its global services are not', async () => {
    const sandbox = accounts.find((profile) => profile.role === 'sandbox')!;
    const credentials = await enter(simulation, sandbox.id);
    const error = await refusal(
      clientOf(simulation, EC2Client, credentials, 'ap-south-1').send(new DescribeVpcsCommand({})),
    );
    expect(error).toMatchObject({ name: 'UnauthorizedOperation', $metadata: { httpStatusCode: 403 } });
    expect(error.message).toContain('with an explicit deny in a service control policy');
    const open = await clientOf(simulation, EC2Client, credentials, 'eu-west-1').send(new DescribeVpcsCommand({}));
    expect(open.Vpcs).not.toEqual([]);
    await clientOf(simulation, IAMClient, credentials, 'ap-south-1').send(new GetAccountSummaryCommand({}));
    await clientOf(simulation, S3Client, credentials, 'ap-south-1').send(new ListBucketsCommand({}));
  });

  test.each([
    [
      'EC2',
      'AuthFailure',
      (credentials: Credentials) =>
        clientOf(simulation, EC2Client, credentials, 'af-south-1').send(new DescribeVpcsCommand({})),
    ],
    [
      'KMS',
      'UnrecognizedClientException',
      (credentials: Credentials) =>
        clientOf(simulation, KMSClient, credentials, 'af-south-1').send(new ListKeysCommand({})),
    ],
    [
      'SNS',
      'InvalidClientTokenId',
      (credentials: Credentials) =>
        clientOf(simulation, SNSClient, credentials, 'af-south-1').send(new ListTopicsCommand({})),
    ],
    [
      'S3',
      'InvalidToken',
      (credentials: Credentials) =>
        clientOf(simulation, S3Client, credentials, 'af-south-1').send(new ListBucketsCommand({})),
    ],
  ])('because nobody opted in to it does not know the credentials: %s', async (_, name, call) => {
    const credentials = await enter(simulation, accounts[6]!.id);
    expect((await refusal(call(credentials))).name).toBe(name);
  });
});

type Credentials = Awaited<ReturnType<typeof enter>>;

describe('a service', () => {
  test('that is throttled in one account and region is not in others', async () => {
    const profile = troubled((trouble) => trouble.kind === 'throttled');
    const region = profile.usedRegions[0]!;
    const credentials = await enter(simulation, profile.id);
    expect(
      (await refusal(clientOf(simulation, SNSClient, credentials, region).send(new ListTopicsCommand({})))).name,
    ).toBe('Throttling');
    await clientOf(simulation, SNSClient, credentials, region === 'us-west-1' ? 'us-west-2' : 'us-west-1').send(
      new ListTopicsCommand({}),
    );
  });

  test('that is not enabled says so in its own way', async () => {
    const find = (trait: string, note: string) =>
      simulation.manifest().entries.find((entry) => entry.trait === trait && entry.note === note)!;
    const macie = find('macie-off', 'never enabled');
    const macieClient = clientOf(simulation, Macie2Client, await enter(simulation, macie.account), macie.region);
    expect(await refusal(macieClient.send(new GetMacieSessionCommand({})))).toMatchObject({
      name: 'AccessDeniedException',
      message: 'Macie is not enabled',
    });
    const hub = find('security-hub-off', 'not subscribed');
    const hubClient = clientOf(simulation, SecurityHubClient, await enter(simulation, hub.account), hub.region);
    expect((await refusal(hubClient.send(new DescribeHubCommand({})))).name).toBe('InvalidAccessException');
  });

  test('that is slow can be waited for no longer', async () => {
    const late = createSimulation({ now, latencyMs: 60_000 });
    const client = clientOf(late, IAMClient, late.credentials(accounts[6]!.id));
    const controller = new AbortController();
    const pending = refusal(client.send(new GetAccountSummaryCommand({}), { abortSignal: controller.signal }));
    setImmediate(() => controller.abort());
    expect((await pending).name).toBe('AbortError');
  });
});

test('every client of the access to AWS can be answered', () => {
  const intercept: NonNullable<AwsAccessOptions['intercept']> = (client) => simulation.install(client);
  const client = new STSClient({ region: 'us-east-1', credentials: simulation.credentials() });
  intercept(client);
  expect(client.middlewareStack.identify().some((name) => name.startsWith('simulatedOrganisation'))).toBe(true);
});

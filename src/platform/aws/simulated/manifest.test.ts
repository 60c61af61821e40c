import { DescribeInstanceAttributeCommand, EC2Client } from '@aws-sdk/client-ec2';
import { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { describe, expect, test } from 'vitest';
import type { ManifestEntry } from './manifest.ts';
import type { AccountModel } from './model/account-model.ts';
import { createSimulation } from './simulation.ts';
import { clientOf, enter } from './testing.ts';
import { createWorld } from './world.ts';

const now = new Date('2026-11-20T10:00:00Z');
const simulation = createSimulation({ now });
const manifest = simulation.manifest();

/** Traits that have no twin: hostile text is either there or not. */
const single = ['hostile-text'];

function kindsByTrait(entries: readonly ManifestEntry[]): Map<string, Set<string>> {
  const kinds = new Map<string, Set<string>>();
  for (const { trait, kind } of entries) kinds.set(trait, (kinds.get(trait) ?? new Set()).add(kind));
  return kinds;
}

function withoutPlant(entries: readonly ManifestEntry[]): string[] {
  return [...kindsByTrait(entries)].filter(([, kinds]) => !kinds.has('plant')).map(([trait]) => trait);
}

/** ARNs of everything that an account's models hold. */
function arnsOf(model: AccountModel): Set<string> {
  const { iam, s3, site } = model;
  const arns = new Set<string>();
  for (const entity of [...iam.users.values(), ...iam.roles.values(), ...iam.policies.values()]) arns.add(entity.arn);
  for (const { name } of iam.serverCertificates) arns.add(site.arn('iam', '', `server-certificate/${name}`));
  for (const name of s3.buckets.keys()) arns.add(`arn:aws:s3:::${name}`);
  for (const { name, region } of s3.accessPoints) arns.add(site.arn('s3', region, `accesspoint/${name}`));
  for (const { trail } of model.cloudTrail.trails) arns.add(trail.TrailARN ?? '');
  for (const region of model.profile.usedRegions) {
    const { ec2, kms, rds, lambda, messaging, ecr, search, systems, secrets } = model.region(region);
    const inEc2 = (kind: string, ids: readonly (string | undefined)[]): void => {
      for (const id of ids) arns.add(site.arn('ec2', region, `${kind}/${id}`));
    };
    inEc2(
      'vpc',
      ec2.vpcs.map((vpc) => vpc.VpcId),
    );
    inEc2(
      'subnet',
      ec2.subnets.map((subnet) => subnet.SubnetId),
    );
    inEc2(
      'network-acl',
      ec2.acls.map((acl) => acl.NetworkAclId),
    );
    inEc2(
      'security-group',
      ec2.groups.map((group) => group.id),
    );
    inEc2(
      'instance',
      ec2.instances.map((instance) => instance.InstanceId),
    );
    inEc2(
      'volume',
      ec2.volumes.map((volume) => volume.VolumeId),
    );
    inEc2(
      'snapshot',
      ec2.snapshots.map((snapshot) => snapshot.SnapshotId),
    );
    for (const { metadata } of kms.keys.values()) arns.add(metadata.Arn ?? '');
    for (const database of rds.instances) arns.add(database.DBInstanceArn ?? '');
    for (const cluster of rds.clusters) arns.add(cluster.DBClusterArn ?? '');
    for (const snapshot of rds.snapshots) arns.add(snapshot.DBSnapshotArn ?? '');
    for (const snapshot of rds.clusterSnapshots) arns.add(snapshot.DBClusterSnapshotArn ?? '');
    for (const { configuration } of lambda.functions.values()) arns.add(configuration.FunctionArn ?? '');
    for (const { entry } of secrets.secrets) arns.add(entry.ARN);
    for (const { arn } of [
      ...messaging.topics,
      ...messaging.queues,
      ...ecr.repositories,
      ...search.domains,
      ...systems.documents,
    ])
      arns.add(arn);
  }
  return arns;
}

/** Settings of accounts and regions have no ARN of their own at AWS. */
const settings =
  /:(root|password-policy|alternate-contact|account-public-access-block|ebs-defaults|trail|Detector|Hub|AccountStatus|Session|ConfigurationRecorder|Analyzer)$/;

describe('the manifest', () => {
  test('names only what exists', () => {
    const world = createWorld({
      seed: simulation.seed,
      accounts: 60,
      now,
      troubled: true,
      organizationTrail: true,
      roles: simulation.organization.roles,
      models: 64,
      externalId: undefined,
    });
    const unknown = simulation.organization.accounts.flatMap((profile) => {
      const arns = arnsOf(world.account(profile.id)!);
      return manifest.entries.filter(
        (entry) => entry.account === profile.id && !arns.has(entry.arn) && !settings.test(entry.arn),
      );
    });
    expect(unknown).toEqual([]);
    expect(manifest.entries.length).toBeGreaterThan(1000);
  });

  test('has a plant of every trait, with a clean twin or a near-miss beside it', () => {
    const kinds = kindsByTrait(manifest.entries);
    const lonely = [...kinds].filter(([trait, of]) => of.size === 1 && !single.includes(trait)).map(([trait]) => trait);
    // With a trail of the organisation nobody is without one.
    const covered = ['no-trail', 'trail-single-region', 'trail-stopped'];
    expect(lonely.sort()).toEqual(covered);
    expect(withoutPlant(manifest.entries).sort()).toEqual(covered);
    expect(kinds.size).toBe(101);
  });

  test('has missing and regional trails where the organisation has none', () => {
    const { entries } = createSimulation({ now, organizationTrail: false }).manifest();
    expect(withoutPlant(entries)).toEqual([]);
  });

  test('says nothing twice, and no two things of one resource', () => {
    const said = manifest.entries.map((entry) => `${entry.account} ${entry.arn} ${entry.trait}`);
    expect(new Set(said).size).toBe(said.length);
  });

  test('is the same for the same seed, and other for another', () => {
    expect(createSimulation({ now }).manifest()).toEqual(manifest);
    expect(createSimulation({ now, seed: 'other' }).manifest().secrets).not.toEqual(manifest.secrets);
  });

  test.each([1, 2, 5, 12])('is complete in an organisation of %i accounts as well', (accounts) => {
    const small = createSimulation({ now, accounts });
    const dealtOut = new Set(
      manifest.entries
        .filter((entry) => entry.type.startsWith('AWS::RDS') || entry.type.startsWith('AWS::KMS'))
        .map((entry) => entry.trait),
    );
    const planted = new Set(small.manifest().entries.map((entry) => entry.trait));
    expect([...dealtOut].filter((trait) => !planted.has(trait))).toEqual([]);
  });
});

/** Everything in which an account's secrets lie, as AWS shows it. */
async function texts(account: string): Promise<string> {
  const credentials = await enter(simulation, account);
  const found: string[] = [];
  for (const entry of manifest.entries.filter(
    (candidate) => candidate.account === account && candidate.secret !== undefined,
  )) {
    if (entry.type === 'AWS::EC2::Instance') {
      const client = clientOf(simulation, EC2Client, credentials, entry.region);
      const InstanceId = entry.arn.split('/')[1]!;
      const { UserData } = await client.send(
        new DescribeInstanceAttributeCommand({ InstanceId, Attribute: 'userData' }),
      );
      found.push(Buffer.from(UserData?.Value ?? '', 'base64').toString());
    } else {
      const client = clientOf(simulation, LambdaClient, credentials, entry.region);
      for await (const page of paginateListFunctions({ client }, {})) found.push(JSON.stringify(page.Functions));
    }
  }
  return found.join('\n');
}

describe('canaries', () => {
  test('lie where the manifest says, and are told apart', async () => {
    expect(new Set(manifest.secrets).size).toBe(manifest.secrets.length);
    expect(manifest.secrets.length).toBeGreaterThan(20);
    const accounts = new Set(
      manifest.entries.filter((entry) => entry.secret !== undefined).map((entry) => entry.account),
    );
    for (const account of accounts) {
      const text = await texts(account);
      const missing = manifest.entries.filter(
        (entry) => entry.account === account && entry.secret !== undefined && !text.includes(entry.secret),
      );
      expect(missing).toEqual([]);
    }
  });
});

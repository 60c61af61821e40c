// Plants an organisation in a store of a test: accounts, control policies, users, roles and resources, as a scan leaves
// them.

import type { Organization, OrganizationPolicy } from '../../../domain/account.ts';
import type { ResourceConfigs } from '../../../domain/resource-configs.ts';
import type { ResourceType, Tags } from '../../../domain/resource.ts';
import type { KmsGrant } from '../../../domain/resources/kms.ts';
import type { FunctionAlias } from '../../../domain/resources/lambda.ts';
import type { Store } from '../../../platform/store/contract.ts';
import { EvidenceReader } from './evidence-reader.ts';

export const organizationId = 'o-exampleorgid';
const root = 'r-exam';
const collectedAt = '2026-11-20T10:00:00Z';

export interface PlantedAccount {
  readonly id: string;
  readonly name?: string;
  /** Ids of OUs below the root; the path is made of them. */
  readonly ous?: readonly string[];
  readonly isManagement?: boolean;
  /** How the newest scan left its IAM; `denied` leaves no unit at all. */
  readonly identities?: 'done' | 'incomplete' | 'denied';
}

export interface PlantedResource<T extends ResourceType = ResourceType> {
  readonly type: T;
  readonly arn: string;
  readonly account: string;
  readonly region?: string;
  readonly name: string;
  readonly tags?: Tags;
  readonly config: ResourceConfigs[T];
}

export interface Planted {
  readonly accounts: readonly PlantedAccount[];
  readonly policies?: Organization['policies'];
  readonly resources: readonly PlantedResource[];
}

/** Writes everything and opens a reader on it. */
export async function plant(store: Store, planted: Planted): Promise<EvidenceReader> {
  const ous = [...new Set(planted.accounts.flatMap((account) => account.ous ?? []))];
  const organization: Organization = {
    id: organizationId,
    partition: 'aws',
    managementAccount: planted.accounts.find((account) => account.isManagement)?.id ?? '999988887777',
    reachable: true,
    rootId: root,
    units: ous.map((id) => ({ id, name: id, parentId: root, path: `/${id}` })),
    policies: planted.policies ?? [],
    delegatedAdministrators: [],
    trustedServices: [],
    rootCredentialsManagement: false,
    simulated: true,
  };
  await store.pool.query(
    `insert into organization (id, partition, management_account, reachable, root_id, simulated, discovered_at, detail)
     values ($1, 'aws', $2, true, $3, true, $4, $5)`,
    [organizationId, JSON.stringify(organization.managementAccount), root, collectedAt, JSON.stringify(organization)],
  );
  for (const account of planted.accounts) await plantAccount(store, account);
  for (const [index, resource] of planted.resources.entries()) await plantResource(store, resource, `hash-${index}`);
  return await EvidenceReader.open(store, organization);
}

async function plantAccount(store: Store, account: PlantedAccount): Promise<void> {
  const { id, name = id, ous = [], isManagement = false, identities = 'done' } = account;
  await store.pool.query(
    `insert into account (organization_id, id, name, email, status, ou_path, ou_ids, joined_at, tags, context, is_management, first_seen, last_seen)
     values ($1, $2, $3, '', 'ACTIVE', $4, $5, '', '{}', '{}', $6, $7, $7)`,
    [organizationId, id, name, ous.length === 0 ? '/' : `/${ous.join('/')}`, [root, ...ous], isManagement, collectedAt],
  );
  await store.pool.query(
    `insert into scan_account (organization_id, scan, account, status) values ($1, 'scan-1', $2, $3)`,
    [organizationId, id, identities === 'denied' ? 'denied' : identities === 'done' ? 'complete' : 'partial'],
  );
  if (identities === 'denied') return;
  await store.pool.query(
    `insert into unit (organization_id, scan, account, region, collector, status)
     values ($1, 'scan-1', $2, 'global', 'iam/authorization-details', $3)`,
    [organizationId, id, identities],
  );
}

async function plantResource(store: Store, resource: PlantedResource, hash: string): Promise<void> {
  const { type, arn, account, region = 'global', name, tags = {}, config } = resource;
  const key = [organizationId, account, region, type, arn, hash];
  await store.pool.query(
    `insert into resource (organization_id, account, region, type, arn, hash, scan, collected_at)
     values ($1, $2, $3, $4, $5, $6, 'scan-1', $7)`,
    [...key, collectedAt],
  );
  await store.pool.query(
    `insert into resource_version (organization_id, account, region, type, arn, hash, name, tags, config, first_collected_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [...key, name, JSON.stringify(tags), JSON.stringify(config), collectedAt],
  );
}

export const allow = (Action: unknown, Resource: unknown = '*', more: object = {}): object => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

export const deny = (Action: unknown, Resource: unknown = '*', more: object = {}): object => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
});

export function policyText(...Statement: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

/** A service or resource control policy with its statements, attached to roots, OUs and accounts. */
export function control(
  type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY',
  name: string,
  targets: readonly string[],
  ...statements: readonly object[]
): OrganizationPolicy {
  const arn = `arn:aws:organizations::999988887777:policy/${organizationId}/${type.toLowerCase()}/p-${name.toLowerCase()}`;
  return {
    id: `p-${name.toLowerCase()}`,
    arn,
    name,
    type,
    awsManaged: false,
    content: policyText(...statements),
    targets,
  };
}

/** FullAWSAccess at the root and whatever else is named. */
export function fullAccess(...targets: readonly string[]): OrganizationPolicy {
  return control('SERVICE_CONTROL_POLICY', 'FullAWSAccess', [root, ...targets], allow('*'));
}

interface Holder {
  readonly inline?: Readonly<Record<string, string>>;
  readonly attached?: readonly string[];
  readonly boundary?: string;
  readonly groups?: readonly string[];
  readonly trust?: string;
  readonly tags?: Tags;
}

function holding({ inline = {}, attached = [], boundary }: Holder) {
  return {
    path: '/',
    createdAt: collectedAt,
    inlinePolicies: Object.entries(inline).map(([name, document]) => ({ name, document })),
    attachedPolicies: attached.map((arn) => ({ name: arn.slice(arn.lastIndexOf('/') + 1), arn })),
    permissionsBoundaryArn: boundary ?? null,
  };
}

export function role(account: string, name: string, holder: Holder = {}): PlantedResource<'AWS::IAM::Role'> {
  return {
    type: 'AWS::IAM::Role',
    arn: `arn:aws:iam::${account}:role/${name}`,
    account,
    name: name.slice(name.lastIndexOf('/') + 1),
    tags: holder.tags ?? {},
    config: {
      ...holding(holder),
      roleId: `AROA${name}`,
      trustPolicy: holder.trust ?? policyText(),
      instanceProfileArns: [],
      lastUsedAt: null,
      lastUsedRegion: null,
    },
  };
}

export function user(account: string, name: string, holder: Holder = {}): PlantedResource<'AWS::IAM::User'> {
  return {
    type: 'AWS::IAM::User',
    arn: `arn:aws:iam::${account}:user/${name}`,
    account,
    name,
    tags: holder.tags ?? {},
    config: { ...holding(holder), userId: `AIDA${name}`, groups: holder.groups ?? [] },
  };
}

export function group(account: string, name: string, holder: Holder = {}): PlantedResource<'AWS::IAM::Group'> {
  const { permissionsBoundaryArn: _, ...held } = holding(holder);
  return {
    type: 'AWS::IAM::Group',
    arn: `arn:aws:iam::${account}:group/${name}`,
    account,
    name,
    config: { ...held, groupId: `AGPA${name}` },
  };
}

export function managedPolicy(account: string, arn: string, document: string): PlantedResource<'AWS::IAM::Policy'> {
  return {
    type: 'AWS::IAM::Policy',
    arn,
    account,
    name: arn.slice(arn.lastIndexOf('/') + 1),
    config: {
      policyId: 'ANPAEXAMPLE',
      path: '/',
      awsManaged: arn.includes('::aws:'),
      attachmentCount: 1,
      boundaryUsageCount: 0,
      defaultVersionId: 'v1',
      document,
      updatedAt: collectedAt,
      attachedTo: { users: [], groups: [], roles: [] },
    },
  };
}

export function bucket(
  account: string,
  name: string,
  config: Partial<ResourceConfigs['AWS::S3::Bucket']> = {},
): PlantedResource<'AWS::S3::Bucket'> {
  return {
    type: 'AWS::S3::Bucket',
    arn: `arn:aws:s3:::${name}`,
    account,
    region: 'eu-west-1',
    name,
    config: {
      createdAt: collectedAt,
      encryption: null,
      policy: null,
      policyIsPublic: null,
      acl: { owner: `canonical-${account}`, grants: [] },
      publicAccessBlock: null,
      objectOwnership: 'BucketOwnerEnforced',
      versioning: { status: null, mfaDelete: false },
      logging: null,
      ...config,
    },
  };
}

/** An access point of the bucket, on the internet, without a policy and with nothing blocked. */
export function accessPoint(
  account: string,
  name: string,
  config: Partial<ResourceConfigs['AWS::S3::AccessPoint']> & { bucket: string },
): PlantedResource<'AWS::S3::AccessPoint'> {
  return {
    type: 'AWS::S3::AccessPoint',
    arn: `arn:aws:s3:eu-west-1:${account}:accesspoint/${name}`,
    account,
    region: 'eu-west-1',
    name,
    config: {
      bucketAccountId: account,
      networkOrigin: 'Internet',
      vpcId: null,
      publicAccessBlock: null,
      policy: null,
      ...config,
    },
  };
}

/** The account's Block Public Access, off: without it what is off is not known. */
export function openAccount(account: string): PlantedResource<'AWS::S3::AccountPublicAccessBlock'> {
  return {
    type: 'AWS::S3::AccountPublicAccessBlock',
    arn: `arn:aws:s3::${account}:account-public-access-block`,
    account,
    name: account,
    config: { publicAccessBlock: null },
  };
}

/** A function without a policy of its own, with aliases by name. */
export function lambdaFunction(
  account: string,
  name: string,
  aliases: Readonly<Record<string, FunctionAlias['policy']>>,
): PlantedResource<'AWS::Lambda::Function'> {
  return {
    type: 'AWS::Lambda::Function',
    arn: `arn:aws:lambda:eu-west-1:${account}:function:${name}`,
    account,
    region: 'eu-west-1',
    name,
    config: {
      runtime: 'nodejs24.x',
      packageType: 'Zip',
      roleArn: `arn:aws:iam::${account}:role/${name}`,
      vpcId: null,
      securityGroupIds: [],
      lastModified: collectedAt,
      environmentNames: [],
      environmentSecrets: [],
      policy: null,
      aliases: Object.entries(aliases).map(([alias, policy]) => ({ name: alias, version: '1', policy })),
      urls: [],
    },
  };
}

/** A grant to decrypt. */
export function grant(grantId: string, granteePrincipal: string, constraints: Partial<KmsGrant> = {}): KmsGrant {
  return {
    grantId,
    granteePrincipal,
    retiringPrincipal: null,
    operations: ['Decrypt'],
    encryptionContextSubset: {},
    encryptionContextEquals: null,
    sourceArn: null,
    ...constraints,
  };
}

export function key(
  account: string,
  id: string,
  policy: string | null,
  grants: ResourceConfigs['AWS::KMS::Key']['grants'] = policy === null ? null : [],
): PlantedResource<'AWS::KMS::Key'> {
  return {
    type: 'AWS::KMS::Key',
    arn: `arn:aws:kms:eu-west-1:${account}:key/${id}`,
    account,
    region: 'eu-west-1',
    name: id,
    config: {
      keyId: id,
      manager: policy === null ? 'AWS' : 'CUSTOMER',
      state: 'Enabled',
      origin: 'AWS_KMS',
      spec: 'SYMMETRIC_DEFAULT',
      usage: 'ENCRYPT_DECRYPT',
      multiRegion: null,
      createdAt: collectedAt,
      deletionAt: null,
      aliases: [`alias/${id}`],
      rotationEnabled: null,
      policy,
      grants,
    },
  };
}

/** A secret that is named by its ARN with the end `-AbCdEf`. */
export function secret(
  account: string,
  name: string,
  config: Partial<ResourceConfigs['AWS::SecretsManager::Secret']> = {},
): PlantedResource<'AWS::SecretsManager::Secret'> {
  return {
    type: 'AWS::SecretsManager::Secret',
    arn: `arn:aws:secretsmanager:eu-west-1:${account}:secret:${name}-AbCdEf`,
    account,
    region: 'eu-west-1',
    name,
    config: {
      policy: null,
      kmsKeyId: null,
      rotationEnabled: false,
      rotationLambdaArn: null,
      rotationRules: null,
      createdAt: collectedAt,
      lastRotatedAt: null,
      lastChangedAt: collectedAt,
      lastAccessedAt: null,
      nextRotationAt: null,
      deletedAt: null,
      primaryRegion: null,
      owningService: null,
      ...config,
    },
  };
}

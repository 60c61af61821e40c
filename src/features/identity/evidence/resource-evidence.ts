// The resource's side of a question: who owns it, its policy, and what S3 and KMS add to that.

import { isAccountId, parseArn } from '../../../domain/arn.ts';
import { isUnread, type Evidence } from '../../../domain/evidence.ts';
import type { AccessPointConfig, BucketConfig, PublicAccessBlock } from '../../../domain/resources/s3.ts';
import { isRoleAssumption } from '../policy/judge-resource.ts';
import { noPolicies, type AclGrant, type KmsGrant, type S3Settings } from '../policy/policies.ts';
import { wordOf } from './control-levels.ts';
import type { EvidenceReader } from './evidence-reader.ts';
import type { StoredResource } from './identity-rows.ts';
import { grantsOf } from './key-grants.ts';
import { kindOf, mayHavePolicy } from './resource-kinds.ts';
import { documentOf, unreadPolicy, type SourcePolicy } from './source-policy.ts';

export interface ResourceEvidence {
  readonly arn: string;
  /** The account that owns it; undefined where it is not known, or where the resource is `*`. */
  readonly account: string | undefined;
  /** The resource in the evidence, or why it is not there. */
  readonly found: 'found' | 'not-collected' | 'unread' | 'missing' | 'none';
  readonly policy: SourcePolicy | undefined;
  readonly accessPointPolicy: SourcePolicy | undefined;
  readonly s3: S3Settings;
  readonly kmsGrants: readonly KmsGrant[];
  /** Its tags, where AWS evaluates them as `aws:ResourceTag`. */
  readonly tags: Readonly<Record<string, string>>;
  /** Condition keys that every request through it carries. */
  readonly context: Readonly<Record<string, readonly string[]>>;
  /** What is not known about it beside its policy, each a sentence. */
  readonly unknown: readonly string[];
}

/** Reads what the evidence has of a resource. `account` is given where the asker knows who owns it. */
export async function resourceEvidence(
  reader: EvidenceReader,
  arn: string,
  action: string,
  account?: string,
): Promise<ResourceEvidence> {
  const none = { ...emptyOf(arn), account };
  if (arn === '*') return none;
  const kind = kindOf(arn);
  if (kind === undefined) return uncollected(reader, { ...none, account: account ?? accountIn(arn) });
  const { keptAs } = kind;
  const row = await reader.resource(keptAs);
  if (row === undefined)
    return await absent(reader, { ...none, account: account ?? accountIn(arn) }, kind.kind.service);
  const base = { ...none, account: row.account, found: 'found' as const };
  if (row.type === 'AWS::S3::Bucket') {
    return await ofBucket(reader, base, row as unknown as StoredResource<'AWS::S3::Bucket'>);
  }
  if (row.type === 'AWS::S3::AccessPoint') {
    return await ofAccessPoint(reader, base, row as unknown as StoredResource<'AWS::S3::AccessPoint'>);
  }
  const tags = isUnread(row.tags) ? {} : row.tags;
  if (row.type === 'AWS::IAM::Role') {
    const trust = (row as unknown as StoredResource<'AWS::IAM::Role'>).config.trustPolicy;
    const policy = isRoleAssumption(action)
      ? sourceOf(trust, `the trust policy of role ${row.name}`, 'trust')
      : undefined;
    return { ...base, policy, tags };
  }
  const { policy } = row.config as { policy?: Evidence<string | null> };
  if (row.type === 'AWS::KMS::Key') return ofKey({ ...base, tags }, row as unknown as StoredResource<'AWS::KMS::Key'>);
  if (row.type === 'AWS::Lambda::Function')
    return { ...base, policy: policyOfFunction(arn, row as unknown as StoredResource<'AWS::Lambda::Function'>), tags };
  return { ...base, policy: sourceOf(policy ?? null, `the policy of ${kind.kind.word} ${row.name}`), tags };
}

function emptyOf(arn: string): ResourceEvidence {
  return {
    arn,
    account: undefined,
    found: 'none',
    policy: undefined,
    accessPointPolicy: undefined,
    s3: noPolicies.s3,
    kmsGrants: noPolicies.kmsGrants,
    tags: {},
    context: {},
    unknown: [],
  };
}

function accountIn(arn: string): string | undefined {
  const account = parseArn(arn)?.account ?? '';
  return isAccountId(account) ? account : undefined;
}

function sourceOf(
  policy: Evidence<string | null>,
  title: string,
  kind: 'resource' | 'trust' = 'resource',
): SourcePolicy | undefined {
  const about = { title, name: title, arn: undefined, kind, attachedTo: title.replace(/^.*?policy of /, '') };
  if (isUnread(policy)) return unreadPolicy(about, `${policy.$unread.operation} was ${wordOf(policy.$unread.reason)}`);
  return policy === null ? undefined : { ...about, text: policy };
}

function unreadOf(resource: ResourceEvidence, why: string, found: ResourceEvidence['found']): ResourceEvidence {
  const title = `the policy of ${resource.arn}`;
  const kind = parseArn(resource.arn)?.service === 'iam' ? 'trust' : 'resource';
  const about = { title, name: title, arn: undefined, kind, attachedTo: resource.arn } as const;
  return { ...resource, found, policy: unreadPolicy(about, why) };
}

/** A resource of a type that is not collected: its policy is not known, if its service has such policies. */
function uncollected(reader: EvidenceReader, resource: ResourceEvidence): Promise<ResourceEvidence> | ResourceEvidence {
  const arn = parseArn(resource.arn);
  if (arn?.service === 'kms' && arn.resource.startsWith('alias/')) return ofAlias(reader, resource);
  if (!mayHavePolicy(resource.arn)) return { ...resource, found: 'not-collected' };
  return unreadOf(resource, 'resources of this type are not collected', 'not-collected');
}

/** A resource of a type that is collected, but not in the evidence. */
async function absent(reader: EvidenceReader, resource: ResourceEvidence, service: string): Promise<ResourceEvidence> {
  const { account } = resource;
  const known = account === undefined ? undefined : reader.accounts.get(account);
  if (account !== undefined && known === undefined) {
    return unreadOf(resource, `account ${account} is not in the organisation`, 'unread');
  }
  if (known !== undefined) {
    const why =
      (await reader.gap(known.account.id, service, parseArn(resource.arn)?.region ?? '')) ??
      (known.reading.identities === 'read' ? undefined : known.reading.why);
    if (why !== undefined) return unreadOf(resource, why, 'unread');
  }
  return { ...resource, found: 'missing' };
}

/** An alias stands for its key. */
async function ofAlias(reader: EvidenceReader, resource: ResourceEvidence): Promise<ResourceEvidence> {
  const arn = parseArn(resource.arn);
  if (arn === undefined || resource.account === undefined) return resource;
  const keys = await reader.byName('AWS::KMS::Key', resource.account);
  const key = keys.find(({ region, config }) => {
    return region === arn.region && !isUnread(config.aliases) && config.aliases.includes(arn.resource);
  });
  if (key === undefined) return await absent(reader, resource, 'kms');
  return ofKey({ ...resource, found: 'found' }, key);
}

/**
 * Every key has a policy; that of a key which AWS manages is not read, and no other account can use such a key.
 * https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-key
 */
function ofKey(base: ResourceEvidence, { name, config }: StoredResource<'AWS::KMS::Key'>): ResourceEvidence {
  const grants = grantsOf(config);
  if (config.policy === null) {
    const title = `the policy of key ${name}`;
    const about = { title, name: title, arn: undefined, kind: 'resource', attachedTo: `key ${name}` } as const;
    const own = { StringEquals: { 'kms:CallerAccount': base.account ?? '' } };
    const policy = unreadPolicy(about, 'policies of keys that AWS manages are not collected', own);
    return { ...base, ...grants, policy };
  }
  return { ...base, ...grants, policy: sourceOf(config.policy, `the policy of key ${name}`) };
}

/**
 * Each alias and each version has a policy of its own: https://docs.aws.amazon.com/lambda/latest/dg/permissions-granting-access.html
 */
function policyOfFunction(
  arn: string,
  { name, config }: StoredResource<'AWS::Lambda::Function'>,
): SourcePolicy | undefined {
  const qualifier = parseArn(arn)?.resource.split(':')[2];
  if (qualifier === undefined || qualifier === '$LATEST')
    return sourceOf(config.policy, `the policy of function ${name}`);
  const title = `the policy of function ${name}:${qualifier}`;
  // Functions that were read before aliases were collected have none in the store.
  const aliases = config.aliases as typeof config.aliases | undefined;
  if (isUnread(aliases)) return sourceOf(aliases, title);
  const alias = aliases?.find((one) => one.name === qualifier);
  if (alias !== undefined) return sourceOf(alias.policy, title);
  const about = { title, name: title, arn: undefined, kind: 'resource', attachedTo: arn } as const;
  return unreadPolicy(about, 'policies of versions are not collected');
}

async function ofBucket(
  reader: EvidenceReader,
  base: ResourceEvidence,
  row: StoredResource<'AWS::S3::Bucket'>,
): Promise<ResourceEvidence> {
  const unknown: string[] = [];
  const account = await accountBlock(reader, row.account);
  const { config } = row;
  const publicAccessBlock = joined([account, config.publicAccessBlock], unknown);
  const ownership = config.objectOwnership;
  if (isUnread(ownership)) unknown.push('Object Ownership could not be read: ACLs are taken to count.');
  return {
    ...base,
    policy: sourceOf(config.policy, `the policy of bucket ${row.name}`),
    s3: {
      publicAccessBlock,
      objectOwnership: isUnread(ownership) ? undefined : (ownership ?? undefined),
      acl: await aclOf(reader, config, unknown),
      accessPointPolicy: undefined,
    },
    unknown,
  };
}

/** Through an access point its own policy counts beside that of the bucket. */
async function ofAccessPoint(
  reader: EvidenceReader,
  base: ResourceEvidence,
  row: StoredResource<'AWS::S3::AccessPoint'>,
): Promise<ResourceEvidence> {
  const config: AccessPointConfig = row.config;
  const partition = parseArn(row.arn)?.partition ?? 'aws';
  const bucketArn = `arn:${partition}:s3:::${config.bucket}`;
  const [bucket] = await reader.byArn('AWS::S3::Bucket', [bucketArn]);
  const behind =
    bucket === undefined
      ? unreadOf({ ...base, arn: bucketArn }, 'the bucket behind the access point is not in the evidence', 'unread')
      : await ofBucket(reader, base, bucket);
  const unknown = [...behind.unknown];
  const home = row.account === bucket?.account ? null : await accountBlock(reader, row.account);
  const own = joined([config.publicAccessBlock, home], unknown);
  if (config.networkOrigin === 'VPC')
    unknown.push(
      `Requests through the access point come from ${config.vpcId ?? 'its VPC'} alone: all others are refused.`,
    );
  const accessPointPolicy = sourceOf(config.policy, `the policy of access point ${row.name}`);
  const { publicAccessBlock: wider } = behind.s3;
  return {
    ...behind,
    arn: base.arn,
    account: bucket?.account ?? config.bucketAccountId ?? row.account,
    accessPointPolicy,
    context: { 's3:AccessPointNetworkOrigin': [config.networkOrigin] },
    s3: {
      ...behind.s3,
      publicAccessBlock: {
        blockPublicAcls: own.blockPublicAcls || wider.blockPublicAcls,
        ignorePublicAcls: own.ignorePublicAcls || wider.ignorePublicAcls,
        restrictPublicBuckets: own.restrictPublicBuckets || wider.restrictPublicBuckets,
      },
      accessPointPolicy: accessPointPolicy && documentOf(accessPointPolicy),
    },
    unknown,
  };
}

async function accountBlock(reader: EvidenceReader, account: string): Promise<Evidence<PublicAccessBlock | null>> {
  const [row] = await reader.byName('AWS::S3::AccountPublicAccessBlock', account);
  if (row !== undefined) return row.config.publicAccessBlock;
  return { $unread: { operation: 's3control:GetPublicAccessBlock', reason: 'failed' } };
}

/** Block Public Access of account and bucket together. What could not be read is taken to be off, and said. */
function joined(
  blocks: readonly Evidence<PublicAccessBlock | null>[],
  unknown: string[],
): S3Settings['publicAccessBlock'] {
  const known = blocks.flatMap((block) => (isUnread(block) || block === null ? [] : [block]));
  if (blocks.some(isUnread))
    unknown.push('Block Public Access could not be read wholly: what is unread is taken to be off.');
  return {
    blockPublicAcls: known.some((block) => block.blockPublicAcls),
    ignorePublicAcls: known.some((block) => block.ignorePublicAcls),
    restrictPublicBuckets: known.some((block) => block.restrictPublicBuckets),
  };
}

const permissions = new Set<string>(['READ', 'WRITE', 'READ_ACP', 'WRITE_ACP', 'FULL_CONTROL']);

/**
 * The grants of the ACL to others than the owner, accounts by their ids where a bucket of theirs shows the canonical
 * user id: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
 */
async function aclOf(reader: EvidenceReader, config: BucketConfig, unknown: string[]): Promise<readonly AclGrant[]> {
  if (config.objectOwnership === 'BucketOwnerEnforced') return [];
  if (isUnread(config.acl)) {
    unknown.push('The ACL could not be read: it may grant access as well.');
    return [];
  }
  const { owner, grants } = config.acl;
  const found: AclGrant[] = [];
  for (const { granteeType, grantee, permission } of grants) {
    if (grantee === owner || grantee === '' || !permissions.has(permission)) continue;
    const name =
      granteeType === 'Group'
        ? grantee.slice(grantee.lastIndexOf('/') + 1)
        : ((await reader.accountOfCanonicalUser(grantee)) ?? grantee);
    found.push({ grantee: name, permission: permission as AclGrant['permission'] });
  }
  return found;
}

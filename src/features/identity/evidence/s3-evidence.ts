// What S3 adds to a bucket's policy: Block Public Access, Object Ownership, access control lists and access points.

import { parseArn } from '../../../domain/arn.ts';
import { isUnread, type Evidence } from '../../../domain/evidence.ts';
import type { AccessPointConfig, BucketConfig, PublicAccessBlock } from '../../../domain/resources/s3.ts';
import type { AclGrant, S3Settings } from '../policy/policies.ts';
import type { EvidenceReader } from './evidence-reader.ts';
import type { StoredResource } from './identity-rows.ts';
import { sourceOf, unreadOf, type ResourceEvidence } from './resource-facts.ts';
import { documentOf } from './source-policy.ts';

export async function ofBucket(
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
export async function ofAccessPoint(
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

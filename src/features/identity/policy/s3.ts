// S3: bucket policy, access point policy, access control list and Block Public Access together.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html

import { parseArn } from '../../../domain/arn.ts';
import { judge } from './judge.ts';
import type { Asked, Verdict } from './judge.ts';
import type { GrantReach } from './match-principal.ts';
import type { Policies } from './policies.ts';
import { accountOf } from './principal.ts';
import type { ResourceSide } from './resource-side.ts';
import { grantedByAcl, publicCannedAcls } from './s3-acl.ts';
import { isPublicPolicy } from './s3-public.ts';
import type { ResourceTarget } from './statement.ts';
import { all, any } from './truth.ts';
import type { Truth } from './truth.ts';

type Reach = Readonly<Record<GrantReach, Truth>>;
const none: Reach = { direct: false, role: false, account: false };

/** Judges the side of an S3 bucket, object or access point. */
export function judgeS3(policies: Policies, asked: Asked, resourceAccount: string | undefined): ResourceSide {
  const { accessPointPolicy, publicAccessBlock } = policies.s3;
  const throughAccessPoint = accessPointPolicy !== undefined || isAccessPoint(asked.target.arn);
  const bucketAsked = { ...asked, target: bucketTarget(asked.target.arn) };
  const bucket = judge(policies.resource === undefined ? [] : [policies.resource], bucketAsked);
  const point = accessPointPolicy === undefined ? undefined : judgePoint(accessPointPolicy, asked);
  const verdicts: ResourceSide['verdicts'] = [
    { wall: 'resource-policy', verdict: bucket },
    ...(point === undefined ? [] : [{ wall: 'access-point-policy' as const, verdict: point }]),
  ];
  // Through an access point both its policy and the bucket's must allow.
  const granted = throughAccessPoint ? both(bucket.reach, point?.reach ?? none) : bucket.reach;
  const byAcl = grantedByAcl(policies.s3, asked, publicAccessBlock.ignorePublicAcls);
  const acl = byAcl.reach;
  const open = either(granted, acl);
  const documents = [policies.resource, accessPointPolicy].filter((document) => document !== undefined);
  const restricted = publicAccessBlock.restrictPublicBuckets && documents.some(isPublicPolicy);
  const outside = asked.principal.kind !== 'service' && accountOf(asked.principal) !== resourceAccount;
  const rejected = publicAccessBlock.blockPublicAcls && setsPublicAcl(asked);
  const reach = rejected ? none : restricted && outside ? acl : open;
  const unblocked = either(open, grantedByAcl(policies.s3, asked, false).reach);
  return {
    wall:
      throughAccessPoint && bucket.allow !== false && point?.allow !== true ? 'access-point-policy' : 'resource-policy',
    required: rejected,
    crossAccount: true,
    reach,
    grants: { direct: false, role: false },
    grantHits: rejected ? [] : byAcl.hits,
    verdicts,
    blocked: rejected || (isNothing(reach) && !isNothing(unblocked)),
  };
}

function judgePoint(document: NonNullable<Policies['s3']['accessPointPolicy']>, asked: Asked): Verdict {
  if (isAccessPoint(asked.target.arn)) return judge([document], asked);
  return judge([document], { ...asked, target: { arn: withinBucket(asked.target.arn), rewrite: withinPoint } });
}

function both(first: Reach, second: Reach): Reach {
  const whole = (reach: Reach): Truth => any([reach.direct, reach.role, reach.account]);
  return {
    direct: any([all([first.direct, whole(second)]), all([whole(first), second.direct])]),
    role: any([all([first.role, whole(second)]), all([whole(first), second.role])]),
    account: all([first.account, second.account]),
  };
}

function either(first: Reach, second: Reach): Reach {
  return {
    direct: any([first.direct, second.direct]),
    role: any([first.role, second.role]),
    account: any([first.account, second.account]),
  };
}

function isNothing(reach: Reach): boolean {
  return reach.direct === false && reach.role === false && reach.account === false;
}

/** BlockPublicAcls rejects the calls that would set a public ACL by a canned name. */
function setsPublicAcl(asked: Asked): boolean {
  const canned = asked.context.get('s3:x-amz-acl');
  const sets = /^s3:(?:putobject|putobjectacl|putobjectversionacl|putbucketacl|createbucket)$/.test(asked.action);
  return sets && canned.state === 'known' && canned.values.some((value) => publicCannedAcls.has(value));
}

function isAccessPoint(arn: string): boolean {
  const parsed = parseArn(arn);
  return parsed?.service === 's3' && parsed.resource.startsWith('accesspoint/');
}

/**
 * A bucket policy names the bucket, a request through an access point does not: then only what follows the bucket's
 * name is compared, since the policy can speak of no other bucket than its own.
 */
function bucketTarget(arn: string): ResourceTarget {
  if (!isAccessPoint(arn)) return { arn };
  return { arn: withinPoint(arn), rewrite: withinBucket };
}

/** `object/key` or `bucket`, of an ARN or pattern of a bucket. */
function withinBucket(pattern: string): string {
  const found = /^arn:[^:]*:s3:::([^/]*)(\/(.*))?$/s.exec(pattern);
  if (found === null) return pattern;
  const [, bucket = '', slash, key = ''] = found;
  if (slash !== undefined) return `object/${key}`;
  // A pattern such as arn:aws:s3:::logs* covers the bucket and its objects.
  return bucket.endsWith('*') ? '*' : 'bucket';
}

/** The same of an access point. */
function withinPoint(pattern: string): string {
  const found = /^arn:[^:]*:s3:[^:]*:[^:]*:accesspoint\/([^/]*)(?:\/object\/(.*))?$/s.exec(pattern);
  if (found === null) return pattern;
  const [, name = '', key] = found;
  if (key !== undefined) return `object/${key}`;
  return name.endsWith('*') ? '*' : 'bucket';
}

// Whether a bucket is open to everybody: by its policy or its access control list, as far as neither Block Public
// Access nor a resource control policy stops it. Decided by the policy engine.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html

import { EvidenceUnread, isUnread, known } from '../../../domain/evidence.ts';
import type { Resource } from '../../../domain/resource.ts';
import type { PublicAccessBlock } from '../../../domain/resources/s3.ts';
import { type Judgement, fail, pass } from '../../../domain/verdict.ts';
import type { Access, AccessClass } from '../../identity/index.ts';
import type { CheckContext } from '../contract.ts';
import { type Exposed, type Found, describeOpen, describeOthers, isPublic, openAccesses } from './exposure.ts';
import { isBlocked } from './public-access.ts';

type Bucket = Resource<'AWS::S3::Bucket'>;
type Block = NonNullable<Exposed['s3']>['publicAccessBlock'];

const nothingBlocked: Block = { blockPublicAcls: false, ignorePublicAcls: false, restrictPublicBuckets: false };

/** One way in which a bucket can be public. */
interface Way {
  readonly subject: string;
  /** Says what is open with the blocks given; asks for the evidence that it needs. */
  readonly find: (block: Block) => Found | undefined;
  /** The setting that stops this way. */
  readonly setting: 'restrictPublicBuckets' | 'ignorePublicAcls';
}

/** The account's block, null when it has none. */
export function accountBlock(context: CheckContext): PublicAccessBlock | null {
  return context.resources('AWS::S3::AccountPublicAccessBlock')[0]?.config.publicAccessBlock ?? null;
}

/**
 * Judges that the public has none of the given kinds of access.
 * @param doing what it would be, as in "everybody may read it"
 * @throws EvidenceUnread when no way is known to be open but one may be.
 */
export function judgeBucket(
  bucket: Bucket,
  context: CheckContext,
  classes: readonly AccessClass[],
  doing: string,
): Judgement {
  const asked = (access: Access): boolean => isPublic(access) && classes.includes(access.access);
  const notes: string[] = [];
  const missing: EvidenceUnread[] = [];
  for (const way of [byPolicy(bucket, context, asked), byList(bucket, context, asked)]) {
    try {
      const found = way.find(nothingBlocked);
      if (found === undefined) continue;
      if (found.stopped)
        notes.push(`${way.subject} would let everybody ${doing}, but a resource control policy stops it.`);
      else if (found.open.length === 0) notes.push(describeOthers(found.all.filter((one) => !isPublic(one))).trim());
      else if (stoppedByBlock(bucket, context, way)) {
        notes.push(`${way.subject} would let everybody ${doing}, but the public access block stops it.`);
      } else return fail(describeOpen(`Everybody may ${doing} by ${way.subject.toLowerCase()}`, found));
    } catch (error) {
      if (!(error instanceof EvidenceUnread)) throw error;
      missing.push(error);
    }
  }
  const unreadable = missing.find(({ parts }) => parts.length === 0);
  if (unreadable !== undefined) throw unreadable;
  if (missing.length > 0) throw new EvidenceUnread(missing.flatMap(({ parts }) => parts));
  return pass([`The public may not ${doing}.`, ...notes].filter((note) => note !== '').join(' '));
}

function stoppedByBlock(bucket: Bucket, context: CheckContext, { setting, find }: Way): boolean {
  const blocked = find({ ...nothingBlocked, [setting]: true });
  if (blocked !== undefined && blocked.open.length > 0) return false;
  return isBlocked(bucket.config, setting, () => accountBlock(context));
}

function byPolicy(bucket: Bucket, context: CheckContext, asked: (access: Access) => boolean): Way {
  const { policy, policyIsPublic } = bucket.config;
  const find: Way['find'] = (publicAccessBlock) => {
    // What AWS itself says of the policy stands in for a policy that could not be read.
    if (isUnread(policy) && (policyIsPublic === false || policyIsPublic === null)) return undefined;
    if (isUnread(policy) && isBlocked(bucket.config, 'restrictPublicBuckets', () => accountBlock(context)))
      return undefined;
    const text = known(policy);
    return text === null ? undefined : openAccesses(exposedBucket(bucket, text, [], publicAccessBlock), context, asked);
  };
  return { subject: 'Its policy', setting: 'restrictPublicBuckets', find };
}

function byList(bucket: Bucket, context: CheckContext, asked: (access: Access) => boolean): Way {
  const { policy, acl, objectOwnership } = bucket.config;
  const find: Way['find'] = (publicAccessBlock) => {
    if (objectOwnership === 'BucketOwnerEnforced') return undefined;
    if (isUnread(acl) && isBlocked(bucket.config, 'ignorePublicAcls', () => accountBlock(context))) return undefined;
    const { grants } = known(acl);
    // The policy's denies count; its public grants are judged as a way of their own.
    const text = isUnread(policy) ? null : policy;
    const block = { ...publicAccessBlock, restrictPublicBuckets: true };
    const listed = openAccesses(exposedBucket(bucket, text, aclGrants(grants), block), context, asked);
    if (listed.open.length > 0) known(objectOwnership);
    return listed;
  };
  return { subject: 'Its access control list', setting: 'ignorePublicAcls', find };
}

/** A bucket as the engine takes it. */
export function exposedBucket(
  { arn, config }: Bucket,
  policy: string | null,
  acl: NonNullable<Exposed['s3']>['acl'],
  publicAccessBlock: Block = nothingBlocked,
): Exposed {
  const { objectOwnership, acl: list } = config;
  const s3 = {
    acl,
    publicAccessBlock,
    objectOwnership: isUnread(objectOwnership) ? undefined : (objectOwnership ?? undefined),
    owner: isUnread(list) ? undefined : list.owner,
  };
  return { kind: 'bucket', arn, policy, s3 };
}

const permissions = ['READ', 'WRITE', 'READ_ACP', 'WRITE_ACP', 'FULL_CONTROL'] as const;

type Grants = Exclude<Bucket['config']['acl'], { $unread: unknown }>['grants'];

/** The grants that name a group or an owner of an account; a group's URI ends in its name. */
function aclGrants(grants: Grants): NonNullable<Exposed['s3']>['acl'] {
  return grants.flatMap(({ granteeType, grantee, permission }) => {
    const granted = permissions.find((one) => one === permission);
    if (granted === undefined) return [];
    const group = /^http:\/\/acs\.amazonaws\.com\/groups\/(?:global|s3)\/(\w+)$/.exec(grantee)?.[1];
    const isGroup = granteeType === 'Group';
    if (isGroup !== (group !== undefined)) return [];
    return [{ grantee: group ?? grantee, permission: granted }];
  });
}

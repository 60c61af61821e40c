// Who outside its account comes through an S3 access point: whoever its own policy and that of the bucket behind it
// both admit, as far as no public access block (its own, the bucket's, the account's) and no resource control policy
// stops it. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html

import { isUnread, known } from '../../../domain/evidence.ts';
import type { Resource } from '../../../domain/resource.ts';
import { type Judgement, fail, notApplicable, pass, unknown } from '../../../domain/verdict.ts';
import type { Access } from '../../identity/index.ts';
import type { CheckContext } from '../contract.ts';
import { accountBlock } from './bucket-exposure.ts';
import { type Exposed, type Found, audienceName, describeOpen, describeOthers, openAccesses } from './exposure.ts';
import { isBlocked } from './public-access.ts';

type Point = Resource<'AWS::S3::AccessPoint'>;
type Bucket = Resource<'AWS::S3::Bucket'>;

/** What a judgement is about, in words. */
export interface Asked {
  readonly picks: (access: Access) => boolean;
  /** The beginning of a fail, for example "The access point is public". */
  readonly open: string;
  /** The whole of a pass, for example "The access point is not public." */
  readonly shut: string;
}

/** Judges that nobody whom `asked` picks comes through an access point. Needs buckets and the account's block. */
export function judgeAccessPoint(point: Point, context: CheckContext, asked: Asked): Judgement {
  const { bucketAccountId, networkOrigin, vpcId } = point.config;
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-vpc.html
  if (networkOrigin === 'VPC') return notApplicable(`The access point is reached from ${vpcId ?? 'its VPC'} alone.`);
  const policy = known(point.config.policy);
  if (policy === null) return notApplicable('The access point has no policy: it admits its own account alone.');

  const find = (bucketPolicy: string | null, restrictPublicBuckets: boolean): Found =>
    openAccesses(exposedPoint(point, policy, bucketPolicy, restrictPublicBuckets), context, asked.picks);
  const most = find(leavesItToAccessPoints(context.account.id), false);
  if (most.open.length === 0) return passing(most, asked);

  if (bucketAccountId !== null && bucketAccountId !== context.account.id) {
    if (find(leavesItToAccessPoints(context.account.id), restricts(point)).open.length === 0) return blocked(asked);
    return unknown(`What the bucket ${point.config.bucket} of account ${bucketAccountId} lets through is not known.`);
  }
  const bucket = bucketBehind(point, context);
  if (bucket === undefined) return pass(`${asked.shut} The bucket behind it does not exist.`);
  const bucketPolicy = known(bucket.config.policy);
  const unblocked = find(bucketPolicy, false);
  if (unblocked.open.length === 0) return passing(unblocked, asked);
  const left = find(bucketPolicy, true);
  const matters = left.open.length < unblocked.open.length;
  const found = matters && isRestricted(point, bucket, context) ? left : unblocked;
  return found.open.length === 0 ? blocked(asked) : fail(describeOpen(asked.open, found));
}

function passing({ stopped, all }: Found, { shut }: Asked): Judgement {
  if (stopped) return pass(`${shut} Its policy would let them in, but a resource control policy keeps them out.`);
  const unplaced = all.find(({ audience }) => audience.kind === 'account' && audience.membership === 'unknown');
  if (unplaced !== undefined)
    return unknown(`Whether ${audienceName(unplaced)}, which it admits, belongs to the organisation is not known.`);
  return pass(`${shut}${describeOthers(all)}`);
}

function blocked({ shut }: Asked): Judgement {
  return pass(`${shut} Its policy would let them in, but the public access block stops it.`);
}

/** The bucket in its account; undefined when the account has none of that name. */
function bucketBehind({ config }: Point, context: CheckContext): Bucket | undefined {
  const named = ({ name }: Bucket): boolean => name === config.bucket;
  return context.readable('AWS::S3::Bucket').resources.find(named) ?? context.resources('AWS::S3::Bucket').find(named);
}

/** The most that a bucket policy can leave to the access points of an account, in AWS's own words. */
function leavesItToAccessPoints(account: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
        Condition: { StringEquals: { 's3:DataAccessPointAccount': account } },
      },
    ],
  });
}

function restricts({ config }: Point): boolean {
  return known(config.publicAccessBlock)?.restrictPublicBuckets === true;
}

/** @throws EvidenceUnread when no block is known to be on and one of the three could not be read. */
function isRestricted(point: Point, bucket: Bucket, context: CheckContext): boolean {
  const { publicAccessBlock: own } = point.config;
  if (!isUnread(own) && own?.restrictPublicBuckets === true) return true;
  return isBlocked(bucket.config, 'restrictPublicBuckets', () => accountBlock(context)) || restricts(point);
}

function exposedPoint(
  { arn, config }: Point,
  policy: string,
  bucketPolicy: string | null,
  restrictPublicBuckets: boolean,
): Exposed {
  const partition = arn.split(':')[1] ?? 'aws';
  return {
    kind: 'access-point',
    arn,
    policy,
    bucket: { arn: `arn:${partition}:s3:::${config.bucket}`, policy: bucketPolicy },
    s3: {
      acl: [],
      objectOwnership: undefined,
      publicAccessBlock: { blockPublicAcls: false, ignorePublicAcls: false, restrictPublicBuckets },
    },
  };
}

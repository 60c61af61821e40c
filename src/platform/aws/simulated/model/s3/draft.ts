// An account's S3 while it is being made.

import { type Recorder, recorder } from '../../manifest.ts';
import type { Site } from '../../site.ts';
import { type AccessPoint, type Bucket, type PublicAccessBlock, blocksAll } from './state.ts';

export interface S3Draft {
  site: Site;
  record: Recorder;
  buckets: Map<string, Bucket>;
  accessPoints: AccessPoint[];
  publicAccessBlock: PublicAccessBlock | undefined;
  /** A bucket that nothing is wrong with, but for what is given. Its full name is made of `name` and the account. */
  addBucket(name: string, but?: Partial<Bucket> | ((full: string) => Partial<Bucket>)): Bucket;
}

/** Denies plain HTTP, as AWS's documentation shows it. */
export function tlsOnly(bucket: string): Readonly<Record<string, unknown>> {
  return {
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}

export function logBucketOf(site: Site): string {
  return `${site.profile.team}-${site.profile.environment}-access-logs-${site.account}`;
}

export function createS3Draft(site: Site): S3Draft {
  const { account, profile } = site;
  const buckets = new Map<string, Bucket>();
  const main = profile.usedRegions[0] ?? 'us-east-1';
  return {
    site,
    record: recorder(account, main),
    buckets,
    accessPoints: [],
    publicAccessBlock: blocksAll,
    addBucket: (name, but = {}) => {
      const full = `${profile.team}-${profile.environment}-${name}-${account}`;
      const random = site.random('bucket', name);
      const bucket: Bucket = {
        name: full,
        region: main,
        created: random.between(30, Math.max(31, profile.joinedDaysAgo)),
        encryption: { algorithm: 'aws:kms', key: site.arn('kms', main, `key/${site.uuid('key', main, 'data')}`) },
        policy: { Version: '2012-10-17', Statement: [tlsOnly(full)] },
        policyIsPublic: false,
        grants: [],
        publicAccessBlock: blocksAll,
        ownership: 'BucketOwnerEnforced',
        versioning: 'Enabled',
        mfaDelete: false,
        loggedTo: logBucketOf(site),
        tags: { owner: profile.team, environment: profile.environment },
        ...(typeof but === 'function' ? but(full) : but),
      };
      buckets.set(bucket.name, bucket);
      return bucket;
    },
  };
}

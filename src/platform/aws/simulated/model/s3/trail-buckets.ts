// Buckets that trails write to.

import { organizationTrailBucket, trailBucketName } from '../cloudtrail/cloudtrail.ts';
import { ownTrails } from '../cloudtrail/specimens.ts';
import { type S3Draft, tlsOnly } from './draft.ts';
import { blocksNothing } from './state.ts';

function delivery(bucket: string): Readonly<Record<string, unknown>> {
  return {
    Sid: 'AWSCloudTrailWrite',
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: `arn:aws:s3:::${bucket}/AWSLogs/*`,
    Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
  };
}

const anybodyReads = (bucket: string) => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${bucket}/*`,
});

/** Adds the buckets of the account's own trails and, in the log archive, of the organisation's. */
export function addTrailBuckets(draft: S3Draft): void {
  const { site } = draft;
  for (const trail of ownTrails(site)) {
    draft.addBucket(trailBucketName(trail), (name) => ({
      policy: {
        Version: '2012-10-17',
        Statement: [tlsOnly(name), delivery(name), ...(trail.bucket === 'public' ? [anybodyReads(name)] : [])],
      },
      ...(trail.bucket === 'public' ? { publicAccessBlock: blocksNothing, policyIsPublic: true } : {}),
      ...(trail.bucket === 'unlogged' ? { loggedTo: undefined } : {}),
    }));
  }
  const { organization, profile } = site;
  if (profile !== organization.logArchive) return;
  if (organization.organizationTrail) {
    const name = organizationTrailBucket(organization);
    const policy = { Version: '2012-10-17', Statement: [tlsOnly(name), delivery(name)] };
    draft.addBucket('organization-trail', { name, region: 'eu-west-1', policy, mfaDelete: true });
  }
  for (const kind of ['organization-config', 'vpc-flow-logs']) {
    const name = `${kind}-${profile.id}`;
    draft.addBucket(kind, { name, region: 'eu-west-1', policy: { Version: '2012-10-17', Statement: [tlsOnly(name)] } });
  }
}

/** Whether one of the account's trails writes to a bucket that is public, for which the account's own block must be off. */
export function wantsPublicBucket(draft: S3Draft): boolean {
  return ownTrails(draft.site).some((trail) => trail.bucket === 'public');
}

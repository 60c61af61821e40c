// S3. A bucket answers in its own region; another region is told where it lies.

import type * as sdk from '@aws-sdk/client-s3';
import type { BucketLocationConstraint, Grant } from '@aws-sdk/client-s3';
import type { Answers, Call } from '../call.ts';
import type { Bucket } from '../model/s3/state.ts';
import { page } from '../pages.ts';
import { refuse } from '../refusal.ts';

function bucketOf(call: Call, name: string | undefined): Bucket {
  const bucket = call.account.s3.buckets.get(name ?? '');
  if (bucket === undefined) {
    return refuse('NoSuchBucket', 'The specified bucket does not exist', {
      status: 404,
      members: { BucketName: name },
    });
  }
  if (bucket.region === call.region) return bucket;
  return refuse(
    'PermanentRedirect',
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    {
      status: 301,
      headers: { 'x-amz-bucket-region': bucket.region },
      members: { Endpoint: `${bucket.name}.s3.${bucket.region}.amazonaws.com`, Bucket: bucket.name },
    },
  );
}

function absent(code: string, message: string): never {
  return refuse(code, message, { status: 404 });
}

function ownerOf(call: Call): string {
  return call.site.hex(64, 'canonical-user');
}

function grantsOf(call: Call, bucket: Bucket): Grant[] {
  const ID = ownerOf(call);
  const own: Grant = { Grantee: { Type: 'CanonicalUser', ID }, Permission: 'FULL_CONTROL' };
  // With ownership enforced, lists are disabled and show the owner alone.
  if (bucket.ownership === 'BucketOwnerEnforced') return [own];
  return [
    own,
    ...bucket.grants.map(({ group, permission }): Grant => ({
      Grantee: { Type: 'Group', URI: `http://acs.amazonaws.com/groups/${group}` },
      Permission: permission,
    })),
  ];
}

export const s3: Answers<typeof sdk> = {
  ListBuckets: (input, call) => {
    const { BucketRegion, Prefix, MaxBuckets, ContinuationToken } = input;
    const buckets = [...call.account.s3.buckets.values()]
      .filter(
        (bucket) =>
          (BucketRegion === undefined || bucket.region === BucketRegion) && bucket.name.startsWith(Prefix ?? ''),
      )
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const { items, next } = page(buckets, ContinuationToken, MaxBuckets, 10_000, 'InvalidArgument');
    // The region is told only to those who ask with a parameter: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Bucket.html
    const told = [BucketRegion, Prefix, MaxBuckets, ContinuationToken].some((value) => value !== undefined);
    return {
      Buckets: items.map(({ name, region, created }) => ({
        Name: name,
        CreationDate: call.world.calendar.ago(created),
        ...(told ? { BucketRegion: region, BucketArn: `arn:aws:s3:::${name}` } : {}),
      })),
      Owner: { ID: ownerOf(call) },
      ...(Prefix === undefined ? {} : { Prefix }),
      ContinuationToken: next,
    };
  },
  GetBucketLocation: (input, call) => {
    const { region } = call.account.s3.buckets.get(input.Bucket ?? '') ?? bucketOf(call, input.Bucket);
    return region === 'us-east-1' ? {} : { LocationConstraint: region as BucketLocationConstraint };
  },
  GetBucketEncryption: (input, call) => {
    const { encryption } = bucketOf(call, input.Bucket);
    if (encryption === undefined)
      absent(
        'ServerSideEncryptionConfigurationNotFoundError',
        'The server side encryption configuration was not found',
      );
    const { algorithm, key } = encryption;
    return {
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: {
              SSEAlgorithm: algorithm,
              ...(key === undefined ? {} : { KMSMasterKeyID: key }),
            },
            BucketKeyEnabled: algorithm === 'aws:kms',
          },
        ],
      },
    };
  },
  GetBucketPolicy: (input, call) => {
    const { policy } = bucketOf(call, input.Bucket);
    if (policy === undefined) absent('NoSuchBucketPolicy', 'The bucket policy does not exist');
    return { Policy: JSON.stringify(policy) };
  },
  GetBucketPolicyStatus: (input, call) => {
    const bucket = bucketOf(call, input.Bucket);
    if (bucket.policy === undefined) absent('NoSuchBucketPolicy', 'The bucket policy does not exist');
    return { PolicyStatus: { IsPublic: bucket.policyIsPublic } };
  },
  GetBucketAcl: (input, call) => {
    const bucket = bucketOf(call, input.Bucket);
    return { Owner: { ID: ownerOf(call) }, Grants: grantsOf(call, bucket) };
  },
  GetPublicAccessBlock: (input, call) => {
    const { publicAccessBlock } = bucketOf(call, input.Bucket);
    if (publicAccessBlock === undefined)
      absent('NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found');
    return { PublicAccessBlockConfiguration: publicAccessBlock };
  },
  GetBucketOwnershipControls: (input, call) => {
    const { ownership } = bucketOf(call, input.Bucket);
    if (ownership === undefined)
      absent('OwnershipControlsNotFoundError', 'The bucket ownership controls were not found');
    return { OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] } };
  },
  GetBucketVersioning: (input, call) => {
    const { versioning, mfaDelete } = bucketOf(call, input.Bucket);
    return versioning === undefined ? {} : { Status: versioning, MFADelete: mfaDelete ? 'Enabled' : 'Disabled' };
  },
  GetBucketLifecycleConfiguration: (input, call) => {
    const { expiresAfter } = bucketOf(call, input.Bucket);
    if (expiresAfter === undefined)
      absent('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist');
    return {
      Rules: [{ ID: 'expire', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: expiresAfter } }],
    };
  },
  GetBucketLogging: (input, call) => {
    const { loggedTo, name } = bucketOf(call, input.Bucket);
    return loggedTo === undefined ? {} : { LoggingEnabled: { TargetBucket: loggedTo, TargetPrefix: `${name}/` } };
  },
  GetBucketTagging: (input, call) => {
    const { tags } = bucketOf(call, input.Bucket);
    const keys = Object.keys(tags);
    if (keys.length === 0) absent('NoSuchTagSet', 'The TagSet does not exist');
    return { TagSet: keys.map((Key) => ({ Key, Value: tags[Key] })) };
  },
};

import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, awsError, collected, collectedUntilError, refreshed, refuse } from '../testing.ts';
import { collector } from './bucket.ts';

const CreationDate = new Date('2025-05-01T10:00:00Z');

const answers: Answers = {
  's3:ListBuckets': ({ input }) =>
    input['ContinuationToken'] === undefined
      ? {
          Buckets: [{ Name: 'logs', CreationDate, BucketRegion: 'eu-central-1' }],
          ContinuationToken: 'second',
        }
      : { Buckets: [{ Name: 'old', CreationDate }] },
  's3:GetBucketLocation': { LocationConstraint: 'EU' },
  's3:GetBucketEncryption': {
    ServerSideEncryptionConfiguration: {
      Rules: [
        {
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'key-1' },
          BucketKeyEnabled: true,
        },
      ],
    },
  },
  's3:GetBucketPolicy': { Policy: '{"Statement":[]}' },
  's3:GetBucketPolicyStatus': { PolicyStatus: { IsPublic: false } },
  's3:GetBucketAcl': {
    Owner: { ID: 'owner-id' },
    Grants: [
      { Grantee: { Type: 'CanonicalUser', ID: 'owner-id' }, Permission: 'FULL_CONTROL' },
      { Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' }, Permission: 'READ' },
      { Grantee: { Type: 'AmazonCustomerByEmail', EmailAddress: 'someone@example.com' }, Permission: 'READ' },
    ],
  },
  's3:GetPublicAccessBlock': {
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      IgnorePublicAcls: false,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: false,
    },
  },
  's3:GetBucketOwnershipControls': { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
  's3:GetBucketVersioning': { Status: 'Enabled', MFADelete: 'Disabled' },
  's3:GetBucketLifecycleConfiguration': { Rules: [{ ID: 'expire', Status: 'Enabled', Filter: { Prefix: '' } }] },
  's3:GetBucketLogging': { LoggingEnabled: { TargetBucket: 'logs', TargetPrefix: 'old/' } },
  's3:GetBucketTagging': { TagSet: [{ Key: 'owner', Value: 'payments' }] },
};

const oneBucket: Answers = {
  ...answers,
  's3:ListBuckets': { Buckets: [{ Name: 'logs', CreationDate, BucketRegion: 'eu-central-1' }] },
};

keepsItsPromises('s3/bucket', {
  collector,
  answers,
  parts: {
    's3:GetBucketEncryption': ['config.encryption'],
    's3:GetBucketPolicy': ['config.policy'],
    's3:GetBucketPolicyStatus': ['config.policyIsPublic'],
    's3:GetBucketAcl': ['config.acl'],
    's3:GetPublicAccessBlock': ['config.publicAccessBlock'],
    's3:GetBucketOwnershipControls': ['config.objectOwnership'],
    's3:GetBucketVersioning': ['config.versioning'],
    's3:GetBucketLifecycleConfiguration': ['config.lifecycleRules'],
    's3:GetBucketLogging': ['config.logging'],
    's3:GetBucketTagging': ['tags'],
  },
  emptyIsAnAnswer: ['s3:GetBucketLocation', 's3:GetBucketVersioning', 's3:GetBucketLogging'],
});

describe('s3/bucket', () => {
  test('reads each bucket in its own region', async () => {
    const { resources, context, pages } = await collected(collector, answers);
    expect(resources).toMatchObject([
      {
        arn: 'arn:aws:s3:::logs',
        name: 'logs',
        region: 'eu-central-1',
        tags: { owner: 'payments' },
        config: {
          createdAt: '2025-05-01T10:00:00.000Z',
          encryption: { algorithm: 'aws:kms', kmsKeyId: 'key-1', bucketKeyEnabled: true },
          policy: '{"Statement":[]}',
          policyIsPublic: false,
          acl: {
            owner: 'owner-id',
            grants: [
              { granteeType: 'CanonicalUser', grantee: 'owner-id', permission: 'FULL_CONTROL' },
              { granteeType: 'Group', grantee: 'http://acs.amazonaws.com/groups/global/AllUsers', permission: 'READ' },
              { granteeType: 'AmazonCustomerByEmail', grantee: '', permission: 'READ' },
            ],
          },
          publicAccessBlock: {
            blockPublicAcls: true,
            ignorePublicAcls: false,
            blockPublicPolicy: true,
            restrictPublicBuckets: false,
          },
          objectOwnership: 'BucketOwnerEnforced',
          versioning: { status: 'Enabled', mfaDelete: false },
          lifecycleRules: 1,
          logging: { targetBucket: 'logs', targetPrefix: 'old/' },
        },
      },
      { arn: 'arn:aws:s3:::old', region: 'eu-west-1' },
    ]);
    const regions = new Map(
      context.calls.map((call) => [`${call.operation} ${String(call.input['Bucket'])}`, call.region]),
    );
    expect(regions.get('s3:GetBucketPolicy logs')).toBe('eu-central-1');
    expect(regions.get('s3:GetBucketPolicy old')).toBe('eu-west-1');
    expect(regions.get('s3:GetBucketLocation old')).toBe('us-east-1');
    expect(context.calls[0]?.input['MaxBuckets']).toBe(1000);
    expect(pages.map((page) => page.cursor)).toEqual(['second', undefined]);
  });

  test('goes on from a cursor', async () => {
    const { resources } = await collected(collector, answers, { cursor: 'second' });
    expect(resources.map(({ name }) => name)).toEqual(['old']);
  });

  test('what AWS says is absent is null, and without a policy its status is not asked for', async () => {
    const { resources, context } = await collected(collector, {
      ...oneBucket,
      's3:GetBucketEncryption': refuse('ServerSideEncryptionConfigurationNotFoundError'),
      's3:GetBucketPolicy': refuse('NoSuchBucketPolicy'),
      's3:GetPublicAccessBlock': refuse('NoSuchPublicAccessBlockConfiguration'),
      's3:GetBucketOwnershipControls': refuse('OwnershipControlsNotFoundError'),
      's3:GetBucketVersioning': {},
      's3:GetBucketLogging': {},
      's3:GetBucketTagging': refuse('NoSuchTagSet'),
    });
    expect(resources).toMatchObject([
      {
        tags: {},
        config: {
          encryption: null,
          policy: null,
          policyIsPublic: null,
          publicAccessBlock: null,
          objectOwnership: null,
          versioning: { status: null, mfaDelete: false },
          logging: null,
        },
      },
    ]);
    expect(context.gaps).toEqual([]);
    expect(context.calls.map(({ operation }) => operation)).not.toContain('s3:GetBucketPolicyStatus');
  });

  test('a bucket without lifecycle rules has none', async () => {
    const { resources, context } = await collected(collector, {
      ...oneBucket,
      's3:GetBucketLifecycleConfiguration': refuse('NoSuchLifecycleConfiguration'),
    });
    expect(resources).toMatchObject([{ config: { lifecycleRules: null } }]);
    expect(context.gaps).toEqual([]);
  });

  test.each([
    ['never versioned', {}],
    ['versioning suspended', { Status: 'Suspended' }],
    ['MFA delete on', { Status: 'Enabled', MFADelete: 'Enabled' }],
    ['versioning unread', refuse('AccessDenied')],
  ])('lifecycle rules are not asked for: %s', async (_name, versioning) => {
    const { resources, context } = await collected(collector, { ...oneBucket, 's3:GetBucketVersioning': versioning });
    expect(resources[0]?.config).not.toHaveProperty('lifecycleRules');
    expect(context.calls.map(({ operation }) => operation)).not.toContain('s3:GetBucketLifecycleConfiguration');
  });

  test('a policy that may not be read may still have its status', async () => {
    const { resources } = await collected(collector, { ...oneBucket, 's3:GetBucketPolicy': refuse('AccessDenied') });
    expect(resources).toMatchObject([{ config: { policyIsPublic: false } }]);
  });

  test.each([
    ['no constraint', {}, 'us-east-1'],
    ['an old name', { LocationConstraint: 'EU' }, 'eu-west-1'],
    ['a region', { LocationConstraint: 'ap-south-1' }, 'ap-south-1'],
  ])('a bucket without a region in the list is located: %s', async (_name, location, region) => {
    const { resources } = await collected(collector, {
      ...answers,
      's3:ListBuckets': { Buckets: [{ Name: 'logs', CreationDate }] },
      's3:GetBucketLocation': location,
    });
    expect(resources).toMatchObject([{ region }]);
  });

  test.each(['s3:GetBucketPolicy', 's3:GetBucketAcl', 's3:GetBucketLogging', 's3:GetBucketTagging'])(
    'a bucket that is gone when %s asks for it is left out, and its absence is no setting',
    async (operation) => {
      const { resources, context } = await collected(collector, { ...oneBucket, [operation]: refuse('NoSuchBucket') });
      expect(resources).toEqual([]);
      expect(context.gaps).toEqual([]);
    },
  );

  test('a public access block that lacks a switch is unread, not open and not closed', async () => {
    const { resources } = await collected(collector, {
      ...oneBucket,
      's3:GetPublicAccessBlock': { PublicAccessBlockConfiguration: { BlockPublicAcls: true } },
    });
    expect(resources).toMatchObject([
      { config: { publicAccessBlock: { $unread: { operation: 's3:GetPublicAccessBlock', reason: 'failed' } } } },
    ]);
  });

  test('a bucket without a name or date does not hide the others', async () => {
    const { resources, error } = await collectedUntilError(collector, {
      ...answers,
      's3:ListBuckets': { Buckets: [{ Name: 'broken' }, { Name: 'logs', CreationDate, BucketRegion: 'eu-central-1' }] },
    });
    expect(resources.map(({ name }) => name)).toEqual(['logs']);
    expect(error).toMatchObject({ code: 'malformed-answer' });
  });

  test('refreshing asks for the one name and takes no other bucket for it', async () => {
    const listed: Answers = {
      ...answers,
      's3:ListBuckets': ({ input }) => {
        if (input['Prefix'] !== 'log') throw awsError('Unexpected');
        return { Buckets: [{ Name: 'logs', CreationDate, BucketRegion: 'eu-central-1' }] };
      },
    };
    expect(await refreshed(collector, listed, 'arn:aws:s3:::log')).toBeUndefined();
  });
});

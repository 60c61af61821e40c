// Examples of IAM, S3 and the account's settings.

import { type Examples, testAccount, testRegion } from './example.ts';

const allBlocked = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};
const noKey = { active: false, lastRotated: null, lastUsed: null };

export const accountResources = {
  'AWS::IAM::User': {
    region: 'global',
    arn: `iam::${testAccount}:user/*`,
    name: 'alice',
    config: {
      userId: 'AIDACKCEVSQ6C2EXAMPLE',
      path: '/',
      createdAt: '2025-01-10T08:00:00Z',
      groups: ['developers'],
      inlinePolicies: [],
      attachedPolicies: [],
      permissionsBoundaryArn: null,
    },
  },
  'AWS::IAM::Group': {
    region: 'global',
    arn: `iam::${testAccount}:group/*`,
    name: 'developers',
    config: {
      groupId: 'AGPACKCEVSQ6C2EXAMPLE',
      path: '/',
      createdAt: '2025-01-10T08:00:00Z',
      inlinePolicies: [],
      attachedPolicies: [],
    },
  },
  'AWS::IAM::Role': {
    region: 'global',
    arn: `iam::${testAccount}:role/*`,
    name: 'support',
    config: {
      roleId: 'AROADBQP57FF2AEXAMPLE',
      path: '/',
      createdAt: '2025-01-10T08:00:00Z',
      trustPolicy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${testAccount}:root` },
            Action: 'sts:AssumeRole',
          },
        ],
      }),
      inlinePolicies: [],
      attachedPolicies: [],
      permissionsBoundaryArn: null,
      instanceProfileArns: [],
      lastUsedAt: null,
      lastUsedRegion: null,
    },
  },
  'AWS::IAM::Policy': {
    region: 'global',
    arn: `iam::${testAccount}:policy/*`,
    name: 'read-reports',
    config: {
      policyId: 'ANPAJ2UCCR6DPCEXAMPLE',
      path: '/',
      awsManaged: false,
      attachmentCount: 1,
      boundaryUsageCount: 0,
      defaultVersionId: 'v1',
      document: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::amzn-s3-demo-bucket/*' }],
      }),
      updatedAt: '2025-01-10T08:00:00Z',
      attachedTo: { users: [], groups: ['developers'], roles: [] },
    },
  },
  'AWS::IAM::CredentialReport': {
    region: 'global',
    arn: `iam::${testAccount}:user/*`,
    name: 'alice',
    config: {
      isRoot: false,
      createdAt: '2025-01-10T08:00:00Z',
      passwordEnabled: true,
      passwordLastUsed: '2026-11-19T08:00:00Z',
      passwordLastChanged: '2026-10-01T08:00:00Z',
      mfaActive: true,
      accessKeys: [noKey, noKey],
      certificatesActive: [false, false],
      generatedAt: '2026-11-20T11:00:00Z',
    },
  },
  'AWS::IAM::AccountSummary': {
    region: 'global',
    arn: `iam::${testAccount}:account-summary`,
    name: testAccount,
    config: {
      rootAccessKeysPresent: false,
      rootMfaEnabled: true,
      rootPasswordPresent: true,
      users: 3,
      rootVirtualMfaDevices: [],
    },
  },
  'AWS::IAM::PasswordPolicy': {
    region: 'global',
    arn: `iam::${testAccount}:password-policy`,
    name: testAccount,
    config: {
      policy: {
        minimumLength: 14,
        requireSymbols: true,
        requireNumbers: true,
        requireUppercase: true,
        requireLowercase: true,
        allowUsersToChange: true,
        maxAgeDays: 90,
        reusePrevention: 24,
        hardExpiry: false,
      },
    },
  },
  'AWS::IAM::ServerCertificate': {
    region: 'global',
    arn: `iam::${testAccount}:server-certificate/*`,
    name: 'www-example-com',
    config: { path: '/', uploadedAt: '2026-01-10T08:00:00Z', expiresAt: '2027-01-10T08:00:00Z' },
  },
  'AWS::Account::AlternateContact': {
    region: 'global',
    arn: `account::${testAccount}:alternate-contact`,
    name: testAccount,
    config: { security: true },
  },
  'AWS::S3::Bucket': {
    region: testRegion,
    arn: 's3:::*',
    name: 'amzn-s3-demo-bucket',
    config: {
      createdAt: '2025-01-10T08:00:00Z',
      encryption: { algorithm: 'AES256', kmsKeyId: null, bucketKeyEnabled: false },
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: {
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: ['arn:aws:s3:::amzn-s3-demo-bucket', 'arn:aws:s3:::amzn-s3-demo-bucket/*'],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      }),
      policyIsPublic: false,
      acl: {
        owner: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be',
        grants: [
          {
            granteeType: 'CanonicalUser',
            grantee: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be',
            permission: 'FULL_CONTROL',
          },
        ],
      },
      publicAccessBlock: allBlocked,
      objectOwnership: 'BucketOwnerEnforced',
      versioning: { status: 'Enabled', mfaDelete: true },
      logging: { targetBucket: 'amzn-s3-demo-logs', targetPrefix: 'access/' },
    },
  },
  'AWS::S3::AccountPublicAccessBlock': {
    region: 'global',
    arn: `s3::${testAccount}:account-public-access-block`,
    name: testAccount,
    config: { publicAccessBlock: allBlocked },
  },
  'AWS::S3::AccessPoint': {
    region: testRegion,
    arn: `s3:${testRegion}:${testAccount}:accesspoint/*`,
    name: 'reports',
    config: {
      bucket: 'amzn-s3-demo-bucket',
      bucketAccountId: testAccount,
      networkOrigin: 'Internet',
      vpcId: null,
      publicAccessBlock: allBlocked,
      policy: null,
    },
  },
} as const satisfies Examples;

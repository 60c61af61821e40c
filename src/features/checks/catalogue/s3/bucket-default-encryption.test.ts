import type { BucketConfig } from '../../../../domain/resources/s3.ts';
import { denied, make, testCheck } from '../../testing.ts';
import { check } from './bucket-default-encryption.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-server-side-encryption-enabled.html';
const objects = 'arn:aws:s3:::amzn-s3-demo-bucket/*';
const bucket = (config: Partial<BucketConfig>) =>
  make('AWS::S3::Bucket', { encryption: null, policy: null, ...config });
const withPolicy = (statement: object) =>
  bucket({
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutObject',
        Resource: objects,
        Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
        ...statement,
      },
    }),
  });

testCheck(
  's3-bucket-default-encryption',
  check,
  [
    {
      name: 'keys of S3',
      subject: bucket({ encryption: { algorithm: 'AES256', kmsKeyId: null, bucketKeyEnabled: false } }),
      expect: 'pass',
    },
    {
      name: 'a KMS key, and the policy could not be read',
      subject: bucket({
        encryption: { algorithm: 'aws:kms', kmsKeyId: null, bucketKeyEnabled: true },
        policy: denied('s3:GetBucketPolicy'),
      }),
      expect: 'pass',
      reason: 'aws:kms',
    },
    { name: 'neither default nor policy', subject: bucket({}), expect: 'fail', reason: 'no default encryption' },
    { name: 'the policy denies uploads with another algorithm', subject: withPolicy({}), expect: 'pass', source: rule },
    {
      name: 'the policy denies uploads without the header',
      subject: withPolicy({ Condition: { Null: { 's3:x-amz-server-side-encryption': true } } }),
      expect: 'pass',
      source: rule,
    },
    {
      name: 'the policy denies uploads with the header',
      subject: withPolicy({ Condition: { Null: { 's3:x-amz-server-side-encryption': 'false' } } }),
      expect: 'fail',
    },
    {
      name: 'all of S3 denied on everything',
      subject: withPolicy({
        Action: 's3:*',
        Resource: '*',
        Condition: { StringNotEqualsIfExists: { 's3:x-amz-server-side-encryption': ['AES256', 'aws:kms'] } },
      }),
      expect: 'pass',
    },
    {
      name: 'only one prefix is demanded to be encrypted',
      subject: withPolicy({ Resource: 'arn:aws:s3:::amzn-s3-demo-bucket/secret/*' }),
      expect: 'fail',
    },
    {
      name: 'uploads among other actions, these objects among others',
      subject: withPolicy({ Action: ['s3:GetObject', 's3:PutObject'], Resource: ['arn:aws:s3:::other/*', objects] }),
      expect: 'pass',
    },
    {
      name: 'one of two algorithms does not exist, so that S3 itself refuses it',
      subject: withPolicy({
        Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': ['AES256', 'none'] } },
      }),
      expect: 'pass',
    },
    {
      name: 'only one role is denied',
      subject: withPolicy({ Principal: { AWS: 'arn:aws:iam::111122223333:role/app' } }),
      expect: 'fail',
    },
    { name: 'allowed rather than denied', subject: withPolicy({ Effect: 'Allow' }), expect: 'fail' },
    { name: 'reading is denied, not writing', subject: withPolicy({ Action: 's3:GetObject' }), expect: 'fail' },
    {
      name: 'an algorithm that does not exist',
      subject: withPolicy({ Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'none' } } }),
      expect: 'fail',
    },
    {
      name: 'the comparison is turned round',
      subject: withPolicy({ Condition: { StringEquals: { 's3:x-amz-server-side-encryption': 'AES256' } } }),
      expect: 'fail',
    },
    {
      name: 'uploads that name no algorithm at all meet no condition on any value',
      subject: withPolicy({
        Condition: { 'ForAnyValue:StringNotEquals': { 's3:x-amz-server-side-encryption': 'aws:kms' } },
      }),
      expect: 'fail',
      source:
        'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
    },
    {
      name: 'two statements deny uploads without the header and with another algorithm',
      subject: bucket({
        policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: ['Null', 'StringNotEquals'].map((operator) => ({
            Effect: 'Deny',
            Principal: { AWS: '*' },
            NotAction: 's3:Get*',
            NotResource: 'arn:aws:s3:::other/*',
            Condition: { [operator]: { 's3:x-amz-server-side-encryption': operator === 'Null' ? 'true' : 'AES256' } },
          })),
        }),
      }),
      expect: 'pass',
    },
    { name: 'every upload is denied', subject: withPolicy({ Condition: undefined }), expect: 'fail' },
    {
      name: 'another header',
      subject: withPolicy({ Condition: { StringNotEquals: { 's3:x-amz-acl': 'aws:kms' } } }),
      expect: 'fail',
    },
    {
      name: 'a second condition narrows the denial',
      subject: withPolicy({
        Condition: { Null: { 's3:x-amz-server-side-encryption': 'true' }, Bool: { 'aws:SecureTransport': 'false' } },
      }),
      expect: 'fail',
    },
    {
      name: 'the default could not be read',
      subject: bucket({ encryption: denied('s3:GetEncryptionConfiguration') }),
      expect: 'unknown',
      reason: 's3:GetEncryptionConfiguration',
    },
    {
      name: 'no default, and the policy could not be read',
      subject: bucket({ policy: denied('s3:GetBucketPolicy') }),
      expect: 'unknown',
      reason: 's3:GetBucketPolicy',
    },
    { name: 'no default, and the policy is no policy', subject: bucket({ policy: '[]' }), expect: 'unknown' },
  ],
  { notApplicable: 'every bucket stores objects' },
);

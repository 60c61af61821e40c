import { denied, make, testCheck } from '../../testing.ts';
import { check } from './bucket-ssl-requests-only.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-ssl-requests-only.html';
const elements =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html';
const arn = 'arn:aws:s3:::amzn-s3-demo-bucket';

const deny = {
  Effect: 'Deny',
  Principal: '*' as unknown,
  Action: 's3:*' as unknown,
  Resource: [arn, `${arn}/*`] as unknown,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } } as unknown,
};
const bucket = (...statements: readonly unknown[]) =>
  make('AWS::S3::Bucket', {
    policy: JSON.stringify({ Version: '2012-10-17', Statement: statements.length === 1 ? statements[0] : statements }),
  });

testCheck(
  's3-bucket-ssl-requests-only',
  check,
  [
    { name: 'all actions denied without TLS', subject: bucket(deny), expect: 'pass' },
    {
      name: 'no policy',
      subject: make('AWS::S3::Bucket', { policy: null }),
      expect: 'fail',
      reason: 'no bucket policy',
    },
    {
      name: 'everybody written as {"AWS": "*"}, one statement for the bucket and one for its objects',
      subject: bucket(
        { ...deny, Principal: { AWS: '*' }, Resource: arn },
        { ...deny, Principal: { AWS: ['*'] }, Resource: [`${arn}/*`] },
      ),
      expect: 'pass',
      source: rule,
    },
    {
      name: 'operator, key and value in other spellings',
      subject: bucket({ ...deny, Action: ['S3:*'], Condition: { boolIfExists: { 'AWS:securetransport': [false] } } }),
      expect: 'pass',
      source: elements,
    },
    {
      name: 'everything denied, with and without TLS',
      subject: bucket({ ...deny, Condition: { Bool: { 'aws:SecureTransport': ['true', 'false'] } } }),
      expect: 'pass',
    },
    {
      name: 'every action of every service denied',
      subject: bucket({ ...deny, Action: '*', Resource: '*' }),
      expect: 'pass',
    },
    { name: 'a wildcard covers bucket and objects', subject: bucket({ ...deny, Resource: `${arn}*` }), expect: 'pass' },
    {
      name: 'only the objects are covered',
      subject: bucket({ ...deny, Resource: `${arn}/*` }),
      expect: 'fail',
      reason: 'only for the objects',
      source: rule,
    },
    {
      name: 'only the bucket is covered',
      subject: bucket({ ...deny, Resource: arn }),
      expect: 'fail',
      reason: 'only for the bucket',
    },
    {
      name: 'keys of one character are not all objects',
      subject: bucket({ ...deny, Resource: [arn, `${arn}/?`] }),
      expect: 'fail',
    },
    {
      name: 'keys of two characters and more are not all objects',
      subject: bucket({ ...deny, Resource: [arn, `${arn}/??*`] }),
      expect: 'fail',
    },
    {
      name: 'another bucket is covered',
      subject: bucket({ ...deny, Resource: ['arn:aws:s3:::other', 'arn:aws:s3:::other/*'] }),
      expect: 'fail',
    },
    {
      name: 'one role is denied, not everybody',
      subject: bucket({ ...deny, Principal: { AWS: 'arn:aws:iam::111122223333:role/app' } }),
      expect: 'fail',
    },
    {
      name: 'a service called *, which AWS does not know, is not everybody',
      subject: bucket({ ...deny, Principal: { Service: '*' } }),
      expect: 'unknown',
    },
    {
      name: 'only reading is denied',
      subject: bucket({ ...deny, Action: ['s3:GetObject', 's3:ListBucket'] }),
      expect: 'fail',
    },
    {
      name: 'TLS is denied',
      subject: bucket({ ...deny, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
      expect: 'fail',
    },
    {
      name: 'a TLS version is demanded instead',
      subject: bucket({ ...deny, Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } }),
      expect: 'fail',
    },
    {
      name: 'a TLS version is demanded of those that have one',
      subject: bucket({ ...deny, Condition: { NumericLessThanIfExists: { 's3:TlsVersion': '1.2' } } }),
      expect: 'fail',
    },
    {
      name: 'the key is compared as text',
      subject: bucket({ ...deny, Condition: { StringEquals: { 'aws:SecureTransport': 'false' } } }),
      expect: 'pass',
      source: elements,
    },
    {
      name: 'whatever is not TLS is denied',
      subject: bucket({ ...deny, Condition: { StringNotEquals: { 'aws:SecureTransport': 'true' } } }),
      expect: 'pass',
    },
    {
      name: 'requests without the key are denied, and every request has it',
      subject: bucket({ ...deny, Condition: { Null: { 'aws:SecureTransport': 'true' } } }),
      expect: 'fail',
    },
    {
      name: 'all actions but those of another service are denied',
      subject: bucket({ ...deny, Action: undefined, NotAction: 'iam:*' }),
      expect: 'pass',
      source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html',
    },
    {
      name: 'all actions but reading are denied',
      subject: bucket({ ...deny, Action: undefined, NotAction: 's3:GetObject' }),
      expect: 'fail',
      reason: 's3:GetObject',
    },
    {
      name: 'two statements share the actions',
      subject: bucket(
        { ...deny, Action: ['s3:Get*', 's3:List*'] },
        { ...deny, Action: undefined, NotAction: ['s3:Get*', 's3:List*'] },
      ),
      expect: 'pass',
    },
    {
      name: 'one principal is spared',
      subject: bucket({
        ...deny,
        Principal: undefined,
        NotPrincipal: { AWS: ['arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:user/app'] },
      }),
      expect: 'fail',
      source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html',
    },
    {
      name: 'one principal is spared by a condition',
      subject: bucket({
        ...deny,
        Condition: {
          Bool: { 'aws:SecureTransport': 'false' },
          ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/app' },
        },
      }),
      expect: 'fail',
    },
    {
      name: 'everything but another bucket is denied',
      subject: bucket({ ...deny, Resource: undefined, NotResource: 'arn:aws:s3:::other*' }),
      expect: 'pass',
    },
    {
      name: 'everything but a folder is denied',
      subject: bucket({ ...deny, Resource: undefined, NotResource: `${arn}/public/*` }),
      expect: 'fail',
      reason: 'only for the bucket',
    },
    {
      name: 'a folder alone is covered',
      subject: bucket({ ...deny, Resource: [arn, `${arn}/logs/*`] }),
      expect: 'fail',
    },
    {
      name: 'a denial in part of the policy cannot be read',
      subject: bucket({ ...deny, Condition: { Bool: 'false' } }),
      expect: 'unknown',
    },
    {
      name: 'a statement beside the denial cannot be read',
      subject: bucket(deny, { ...deny, Effect: 'Allow', Condition: { NoOperator: { 'aws:SourceIp': '10.0.0.0/8' } } }),
      expect: 'pass',
    },
    {
      name: 'another boolean key',
      subject: bucket({ ...deny, Condition: { Bool: { 'aws:ViaAWSService': 'false' } } }),
      expect: 'fail',
    },
    {
      name: 'a further condition narrows the denial',
      subject: bucket({
        ...deny,
        Condition: {
          Bool: { 'aws:SecureTransport': 'false' },
          StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' },
        },
      }),
      expect: 'fail',
    },
    {
      name: 'everything is denied without a condition',
      subject: bucket({ ...deny, Condition: undefined }),
      expect: 'pass',
    },
    {
      name: 'allowing with TLS does not deny without it',
      subject: bucket({ ...deny, Effect: 'Allow' }),
      expect: 'fail',
      source: rule,
    },
    {
      name: 'the policy could not be read',
      subject: make('AWS::S3::Bucket', { policy: denied('s3:GetBucketPolicy') }),
      expect: 'unknown',
      reason: 's3:GetBucketPolicy (denied)',
    },
    { name: 'the policy is no JSON', subject: make('AWS::S3::Bucket', { policy: '{' }), expect: 'unknown' },
    { name: 'the list of buckets is incomplete', incomplete: ['AWS::S3::Bucket'], expect: 'unknown' },
  ],
  { notApplicable: 'every bucket answers requests' },
);

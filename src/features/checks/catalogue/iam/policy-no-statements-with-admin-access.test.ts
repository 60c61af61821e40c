import type { PolicyConfig } from '../../../../domain/resources/iam.ts';
import { make, testCheck } from '../../testing.ts';
import { check } from './policy-no-statements-with-admin-access.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-1';
const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/iam-policy-no-statements-with-admin-access.html';
const policy = (statement: unknown, config: Partial<PolicyConfig> = {}) =>
  make('AWS::IAM::Policy', { document: JSON.stringify({ Version: '2012-10-17', Statement: statement }), ...config });
const admin = { Effect: 'Allow', Action: '*', Resource: '*' };

testCheck('iam-policy-no-statements-with-admin-access', check, [
  { name: 'one action on one bucket', subject: make('AWS::IAM::Policy'), expect: 'pass' },
  { name: 'everything', subject: policy(admin), expect: 'fail', reason: 'attached to 1', source: control },
  {
    name: 'everything in the second of two statements, as lists',
    subject: policy([
      { Effect: 'Deny', Action: '*', Resource: '*' },
      { Effect: 'Allow', Action: ['s3:GetObject', '*'], Resource: ['*'] },
    ]),
    expect: 'fail',
    reason: 'Its statement 2 allows',
  },
  {
    name: 'everything, with a condition',
    subject: policy({ ...admin, Sid: 'Admins', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
    expect: 'fail',
    reason: 'Its statement "Admins" allows',
  },
  {
    name: 'everything but IAM',
    subject: policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
    expect: 'pass',
  },
  { name: 'everything written as *:*', subject: policy({ ...admin, Action: '*:*' }), expect: 'fail' },
  {
    name: 'everything, attached to nobody',
    subject: policy(admin, { attachmentCount: 0 }),
    expect: 'fail',
    reason: 'attached to 0',
    source: rule,
  },
  {
    name: 'every action of one service',
    subject: policy({ ...admin, Action: 'ec2:*' }),
    expect: 'pass',
    source: control,
  },
  {
    name: 'every action on one bucket',
    subject: policy({ ...admin, Resource: 'arn:aws:s3:::amzn-s3-demo-bucket' }),
    expect: 'pass',
    source: rule,
  },
  { name: 'every action denied', subject: policy({ ...admin, Effect: 'Deny' }), expect: 'pass' },
  {
    name: 'actions and resources in different statements',
    subject: policy([
      { ...admin, Resource: 'arn:aws:s3:::a' },
      { ...admin, Action: 's3:*' },
    ]),
    expect: 'pass',
  },
  { name: 'managed by AWS', subject: policy(admin, { awsManaged: true }), expect: 'not-applicable' },
  {
    name: 'a permissions boundary only',
    subject: policy(admin, { attachmentCount: 0, boundaryUsageCount: 1 }),
    expect: 'not-applicable',
    source: control,
  },
  {
    name: 'a boundary that is attached as well',
    subject: policy(admin, { attachmentCount: 1, boundaryUsageCount: 1 }),
    expect: 'fail',
  },
  { name: 'the document is no policy', subject: make('AWS::IAM::Policy', { document: '<html>' }), expect: 'unknown' },
  { name: 'the policies could not be read', incomplete: ['AWS::IAM::Policy'], expect: 'unknown' },
]);

import type { PolicyConfig } from '../../../../domain/resources/iam.ts';
import { make, testCheck } from '../../testing.ts';
import { check } from './policy-no-full-service-wildcard.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-21';
const policy = (statement: object, config: Partial<PolicyConfig> = {}) =>
  make('AWS::IAM::Policy', {
    document: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Resource: '*', ...statement }] }),
    ...config,
  });

testCheck('iam-policy-no-full-service-wildcard', check, [
  { name: 'one action', subject: policy({ Action: 's3:GetObject' }), expect: 'pass' },
  {
    name: 'all actions of a service',
    subject: policy({ Action: 'EC2:*' }),
    expect: 'fail',
    reason: 'ec2:*',
    source: control,
  },
  { name: 'a group of actions', subject: policy({ Action: 'ec2:Describe*' }), expect: 'pass', source: control },
  {
    name: 'everything but a service',
    subject: policy({ NotAction: 'iam:*' }),
    expect: 'fail',
    reason: 'everything but iam:*.',
    source: control,
  },
  {
    name: 'everything but two actions',
    subject: policy({ NotAction: ['iam:CreateUser', 'iam:DeleteUser'] }),
    expect: 'fail',
    reason: 'everything but iam:createuser and 1 more',
    source: 'https://docs.aws.amazon.com/config/latest/developerguide/iam-policy-no-statements-with-full-access.html',
  },
  { name: 'everything but everything, which is nothing', subject: policy({ NotAction: ['*'] }), expect: 'pass' },
  { name: 'everything but everything and more', subject: policy({ NotAction: ['iam:*', '*'] }), expect: 'pass' },
  { name: 'everything written with a colon', subject: policy({ Action: '*:*' }), expect: 'fail' },
  { name: 'all actions of all services', subject: policy({ Action: ['s3:GetObject', '*'] }), expect: 'fail' },
  {
    name: 'all actions of a service on one resource',
    subject: policy({ Action: 's3:*', Resource: 'arn:aws:s3:::amzn-s3-demo-bucket' }),
    expect: 'fail',
  },
  { name: 'all actions of a service denied', subject: policy({ Effect: 'Deny', Action: 'ec2:*' }), expect: 'pass' },
  { name: 'managed by AWS', subject: policy({ Action: 'ec2:*' }, { awsManaged: true }), expect: 'not-applicable' },
  {
    name: 'a permissions boundary only',
    subject: policy({ Action: 'ec2:*' }, { attachmentCount: 0, boundaryUsageCount: 1 }),
    expect: 'not-applicable',
  },
  {
    name: 'a boundary that is attached as well',
    subject: policy({ Action: 'ec2:*' }, { attachmentCount: 1, boundaryUsageCount: 1 }),
    expect: 'fail',
  },
  { name: 'used nowhere', subject: policy({ Action: 'ec2:*' }, { attachmentCount: 0 }), expect: 'fail' },
  { name: 'the document is no policy', subject: make('AWS::IAM::Policy', { document: '"text"' }), expect: 'unknown' },
]);

import { denied, make, testCheck } from '../../testing.ts';
import { check } from './topic-not-public.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/sns-topic-no-public-access.html';

const subject = (statement: Readonly<Record<string, unknown>> = {}) =>
  make('AWS::SNS::Topic', {
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Anybody',
          Effect: 'Allow',
          Principal: '*',
          Action: ['sns:Subscribe', 'sns:Publish'],
          Resource: 'arn:aws:sns:eu-west-1:111122223333:orders',
          ...statement,
        },
      ],
    }),
  });
const under = (Condition: Readonly<Record<string, unknown>>) => subject({ Condition });

testCheck('sns-topic-not-public', check, [
  { name: 'its own account alone', subject: subject({ Principal: { AWS: '111122223333' } }), expect: 'pass' },
  {
    name: 'everybody',
    subject: subject(),
    expect: 'fail',
    reason: 'everybody may sns:Subscribe',
    source: rule,
  },
  { name: 'everybody, written as AWS principals', subject: subject({ Principal: { AWS: ['*'] } }), expect: 'fail' },
  {
    name: 'everybody of the organisation',
    subject: under({ StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } }),
    expect: 'pass',
    reason: 'the organisation o-exampleorgid',
    source: rule,
  },
  {
    name: 'everybody of whichever organisation',
    subject: under({ StringLike: { 'aws:PrincipalOrgID': 'o-*' } }),
    expect: 'fail',
    source: rule,
  },
  {
    name: 'everybody, with a condition that everybody meets',
    subject: under({ Bool: { 'aws:SecureTransport': 'true' } }),
    expect: 'fail',
    reason: 'if aws:SecureTransport Bool "true"',
  },
  {
    name: 'another account by its id in a condition',
    subject: under({ StringEquals: { 'aws:PrincipalAccount': ['444455556666', '111122223333'] } }),
    expect: 'pass',
    reason: 'account 444455556666',
    source: rule,
  },
  {
    name: 'everybody is denied',
    subject: subject({ Effect: 'Deny' }),
    expect: 'pass',
  },
  {
    name: 'everybody, but for one source',
    subject: under({ ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::amzn-s3-demo-bucket' } }),
    expect: 'pass',
    reason: 'aws:SourceArn',
    source: rule,
  },
  {
    name: 'everybody, but for whatever source of one account',
    subject: under({ ArnLike: { 'aws:SourceArn': 'arn:aws:*:*:444455556666:*' } }),
    expect: 'pass',
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourcearn',
  },
  {
    name: 'everybody, for sources in whichever account',
    subject: under({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:uploads-*' } }),
    expect: 'fail',
    source: rule,
  },
  {
    name: 'the policy that SNS writes itself',
    subject: subject({
      Principal: { AWS: '*' },
      Action: ['SNS:GetTopicAttributes', 'SNS:Subscribe', 'SNS:Publish'],
      Condition: { StringEquals: { 'AWS:SourceOwner': '111122223333' } },
    }),
    expect: 'pass',
    source: 'https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html',
  },
  { name: 'no policy', subject: make('AWS::SNS::Topic', { policy: null }), expect: 'not-applicable' },
  {
    name: 'the policy could not be read',
    subject: make('AWS::SNS::Topic', { policy: denied('the policy') }),
    expect: 'unknown',
  },
  {
    name: 'the policy is not JSON',
    subject: make('AWS::SNS::Topic', { policy: '{' }),
    expect: 'unknown',
    reason: 'not JSON',
  },
]);

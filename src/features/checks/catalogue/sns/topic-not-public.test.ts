import { denied, make, testCheck } from '../../testing.ts';
import { type Part, documentOf, publicPolicyCases } from '../../testing/policies.ts';
import { check } from './topic-not-public.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/sns-topic-no-public-access.html';

const anybody = {
  Sid: 'Anybody',
  Effect: 'Allow',
  Principal: '*',
  Action: ['sns:Subscribe', 'sns:Publish'],
  Resource: 'arn:aws:sns:eu-west-1:111122223333:orders',
};
const subject = (changes: Part = {}) => make('AWS::SNS::Topic', { policy: documentOf({ ...anybody, ...changes }) });
const under = (Condition: Part) => subject({ Condition });

testCheck('sns-topic-not-public', check, [
  ...publicPolicyCases(subject, rule, 'sns:Subscribe'),
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

import { denied, make, testCheck } from '../../testing.ts';
import { type Part, documentOf, publicPolicyCases } from '../../testing/policies.ts';
import { check } from './queue-not-public.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/sqs-queue-no-public-access.html';

const anybody = {
  Sid: 'Anybody',
  Effect: 'Allow',
  Principal: '*',
  Action: ['sqs:ReceiveMessage', 'sqs:SendMessage'],
  Resource: 'arn:aws:sqs:eu-west-1:111122223333:orders',
};
const subject = (changes: Part = {}) => make('AWS::SQS::Queue', { policy: documentOf({ ...anybody, ...changes }) });
const under = (Condition: Part) => subject({ Condition });

testCheck('sqs-queue-not-public', check, [
  ...publicPolicyCases(subject, rule, 'sqs:ReceiveMessage'),
  {
    name: 'everybody, but for one source',
    subject: under({ ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:orders' } }),
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
    name: 'everybody may purge another queue',
    subject: subject({ Resource: 'arn:aws:sqs:eu-west-1:111122223333:other' }),
    expect: 'pass',
  },
  {
    name: 'everybody may delete it, which no policy can give to other accounts',
    subject: subject({ Action: 'sqs:DeleteQueue', Condition: { StringLike: { 'aws:PrincipalArn': '*' } } }),
    expect: 'pass',
    source:
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-customer-managed-policy-examples.html',
  },
  { name: 'no policy', subject: make('AWS::SQS::Queue', { policy: null }), expect: 'not-applicable' },
  {
    name: 'the policy could not be read',
    subject: make('AWS::SQS::Queue', { policy: denied('the policy') }),
    expect: 'unknown',
  },
  {
    name: 'the policy is not JSON',
    subject: make('AWS::SQS::Queue', { policy: '{' }),
    expect: 'unknown',
    reason: 'not JSON',
  },
]);

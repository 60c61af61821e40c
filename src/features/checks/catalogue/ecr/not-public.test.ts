import { denied, make, testCheck } from '../../testing.ts';
import { check } from './not-public.ts';

const rule = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html';

const subject = (statement: Readonly<Record<string, unknown>> = {}) =>
  make('AWS::ECR::Repository', {
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Anybody',
          Effect: 'Allow',
          Principal: '*',
          Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],

          ...statement,
        },
      ],
    }),
  });
const under = (Condition: Readonly<Record<string, unknown>>) => subject({ Condition });

testCheck('ecr-not-public', check, [
  { name: 'its own account alone', subject: subject({ Principal: { AWS: '111122223333' } }), expect: 'pass' },
  {
    name: 'everybody',
    subject: subject(),
    expect: 'fail',
    reason: 'everybody may ecr:BatchGetImage',
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
    name: 'everybody may push',
    subject: subject({ Action: 'ecr:Put*' }),
    expect: 'fail',
    reason: 'ecr:PutImage',
  },
  {
    name: 'Lambda, for functions of one account',
    subject: subject({
      Principal: { Service: 'lambda.amazonaws.com' },
      Condition: { StringLike: { 'aws:sourceArn': 'arn:aws:lambda:eu-west-1:444455556666:function:*' } },
    }),
    expect: 'pass',
    reason: 'lambda.amazonaws.com if',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/images-create.html',
  },
  { name: 'no policy', subject: make('AWS::ECR::Repository', { policy: null }), expect: 'not-applicable' },
  {
    name: 'the policy could not be read',
    subject: make('AWS::ECR::Repository', { policy: denied('the policy') }),
    expect: 'unknown',
  },
  {
    name: 'the policy is not JSON',
    subject: make('AWS::ECR::Repository', { policy: '{' }),
    expect: 'unknown',
    reason: 'not JSON',
  },
]);

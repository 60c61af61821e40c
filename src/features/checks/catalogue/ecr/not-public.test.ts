import { denied, make, testCheck } from '../../testing.ts';
import { type Part, documentOf, publicPolicyCases } from '../../testing/policies.ts';
import { check } from './not-public.ts';

const rule = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html';

const anybody = {
  Sid: 'Anybody',
  Effect: 'Allow',
  Principal: '*',
  Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
};
const subject = (changes: Part = {}) =>
  make('AWS::ECR::Repository', { policy: documentOf({ ...anybody, ...changes }) });

testCheck('ecr-not-public', check, [
  ...publicPolicyCases(subject, rule, 'ecr:BatchGetImage'),
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

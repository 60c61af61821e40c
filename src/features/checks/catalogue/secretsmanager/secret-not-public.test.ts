import { denied, make, testCheck } from '../../testing.ts';
import { type Part, documentOf, publicPolicyCases } from '../../testing/policies.ts';
import { check } from './secret-not-public.ts';

const rule = 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html';
const across = 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html';

const anybody = {
  Sid: 'Anybody',
  Effect: 'Allow',
  Principal: '*',
  Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
  Resource: '*',
};
const subject = (changes: Part = {}) =>
  make('AWS::SecretsManager::Secret', { policy: documentOf({ ...anybody, ...changes }) });

testCheck('secretsmanager-secret-not-public', check, [
  ...publicPolicyCases(subject, rule, 'secretsmanager:DescribeSecret'),
  {
    name: 'everybody may change who may read it',
    subject: subject({ Action: 'secretsmanager:PutResourcePolicy' }),
    expect: 'fail',
    reason: 'secretsmanager:PutResourcePolicy',
    source: across,
  },
  {
    name: 'everybody, through one VPC endpoint',
    subject: subject({ Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d4e5f60718' } } }),
    expect: 'pass',
    source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html',
  },
  {
    name: 'everybody may list secrets, which no policy can give to other accounts',
    subject: subject({
      Action: ['secretsmanager:ListSecrets', 'secretsmanager:CreateSecret'],
      Condition: { StringLike: { 'aws:PrincipalArn': '*' } },
    }),
    expect: 'pass',
    source: across,
  },
  {
    name: 'everybody may read another secret',
    subject: subject({ Resource: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:other-AbCdEf' }),
    expect: 'pass',
  },
  { name: 'no policy', subject: make('AWS::SecretsManager::Secret', { policy: null }), expect: 'not-applicable' },
  {
    name: 'it is scheduled for deletion, and AWS shows no policy then',
    subject: make('AWS::SecretsManager::Secret', {
      deletedAt: '2026-11-19T12:00:00Z',
      policy: denied('secretsmanager:GetResourcePolicy'),
    }),
    expect: 'not-applicable',
    source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html',
  },
  {
    name: 'the policy could not be read',
    subject: make('AWS::SecretsManager::Secret', { policy: denied('secretsmanager:GetResourcePolicy') }),
    expect: 'unknown',
  },
  {
    name: 'the policy is not JSON',
    subject: make('AWS::SecretsManager::Secret', { policy: '{' }),
    expect: 'unknown',
    reason: 'not JSON',
  },
]);

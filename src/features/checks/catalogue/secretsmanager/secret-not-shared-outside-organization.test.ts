import { denied, make, testCheck } from '../../testing.ts';
import { type Part, documentOf } from '../../testing/policies.ts';
import { check } from './secret-not-shared-outside-organization.ts';

const across = 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html';
const zone = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-concepts.html';
const organization = { accountIds: ['111122223333', '777788889999'] };
const outside = 'arn:aws:iam::444455556666:role/reader';

const to = (AWS: string, more: Part = {}) =>
  make('AWS::SecretsManager::Secret', {
    policy: documentOf({
      Sid: 'Shared',
      Effect: 'Allow',
      Principal: { AWS },
      Action: 'secretsmanager:GetSecretValue',
      Resource: '*',
      ...more,
    }),
  });

testCheck('secretsmanager-secret-not-shared-outside-organization', check, [
  { name: 'its own account', subject: to('111122223333'), organization, expect: 'pass' },
  {
    name: 'a role outside',
    subject: to(outside),
    organization,
    expect: 'fail',
    reason: 'account 444455556666 outside the organisation may secretsmanager:GetSecretValue (statement Shared',
    source: across,
  },
  {
    name: 'an account of the organisation',
    subject: to('arn:aws:iam::777788889999:root'),
    organization,
    expect: 'pass',
    reason: 'account 777788889999',
    source: zone,
  },
  {
    name: 'a role outside that has to be of the organisation',
    subject: to(outside, { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } } }),
    organization,
    expect: 'pass',
  },
  { name: 'everybody', subject: to('*'), organization, expect: 'fail' },
  {
    name: 'a role outside that is denied',
    subject: to(outside, { Effect: 'Deny' }),
    organization,
    expect: 'pass',
  },
  {
    name: 'which accounts are members is not known',
    subject: to(outside),
    organization: null,
    expect: 'unknown',
    reason: 'belongs to the organisation is not known',
  },
  { name: 'no policy', subject: make('AWS::SecretsManager::Secret', { policy: null }), expect: 'not-applicable' },
  {
    name: 'it is scheduled for deletion',
    subject: make('AWS::SecretsManager::Secret', {
      deletedAt: '2026-11-19T12:00:00Z',
      policy: denied('secretsmanager:GetResourcePolicy'),
    }),
    expect: 'not-applicable',
  },
  {
    name: 'the policy could not be read',
    subject: make('AWS::SecretsManager::Secret', { policy: denied('secretsmanager:GetResourcePolicy') }),
    expect: 'unknown',
  },
]);

import type { PasswordPolicyConfig } from '../../../../domain/resources/iam.ts';
import { make, testCheck } from '../../testing.ts';
import { check } from './password-policy.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/iam-password-policy.html';
const basis = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html';
type Policy = NonNullable<PasswordPolicyConfig['policy']>;
const strong = make('AWS::IAM::PasswordPolicy').config.policy;
const policy = (changes: Partial<Policy>) =>
  make('AWS::IAM::PasswordPolicy', { policy: strong && { ...strong, ...changes } });
const none = make('AWS::IAM::PasswordPolicy', { policy: null });
const users = [make('AWS::IAM::AccountSummary')];

testCheck('iam-password-policy', check, [
  { name: 'as strong as demanded', subject: policy({}), evidence: users, expect: 'pass' },
  { name: 'no policy', subject: none, evidence: users, expect: 'fail', reason: 'no password policy', source: basis },
  { name: 'no policy and no summary', subject: none, expect: 'fail' },
  {
    name: '13 characters',
    subject: policy({ minimumLength: 13 }),
    evidence: users,
    expect: 'fail',
    reason: 'allows 13',
    source: rule,
  },
  { name: '15 characters', subject: policy({ minimumLength: 15 }), evidence: users, expect: 'pass' },
  {
    name: 'no uppercase letters',
    subject: policy({ requireUppercase: false }),
    evidence: users,
    expect: 'fail',
    reason: 'no uppercase',
  },
  {
    name: 'no lowercase letters',
    subject: policy({ requireLowercase: false }),
    evidence: users,
    expect: 'fail',
    reason: 'no lowercase',
  },
  {
    name: 'no numbers',
    subject: policy({ requireNumbers: false }),
    evidence: users,
    expect: 'fail',
    reason: 'no numbers',
  },
  {
    name: 'no symbols',
    subject: policy({ requireSymbols: false }),
    evidence: users,
    expect: 'fail',
    reason: 'no symbols',
  },
  {
    name: '23 passwords remembered',
    subject: policy({ reusePrevention: 23 }),
    evidence: users,
    expect: 'fail',
    reason: 'remembers 23',
    source: rule,
  },
  {
    name: 'none remembered',
    subject: policy({ reusePrevention: null }),
    evidence: users,
    expect: 'fail',
    reason: 'remembers 0',
  },
  {
    name: '91 days',
    subject: policy({ maxAgeDays: 91 }),
    evidence: users,
    expect: 'fail',
    reason: 'live 91 days',
    source: rule,
  },
  {
    name: 'passwords that never expire',
    subject: policy({ maxAgeDays: null }),
    evidence: users,
    expect: 'fail',
    reason: 'never expire',
  },
  {
    name: 'requirements relaxed',
    subject: policy({
      minimumLength: 8,
      maxAgeDays: null,
      reusePrevention: null,
      requireSymbols: false,
      requireNumbers: false,
    }),
    evidence: users,
    parameters: { minimumLength: 8, maxAgeDays: 0, reusePrevention: 0, characters: 'uppercase,lowercase' },
    expect: 'pass',
  },
  {
    name: 'no policy, and nobody who has a password',
    subject: none,
    evidence: [make('AWS::IAM::AccountSummary', { users: 0 })],
    expect: 'not-applicable',
    source: basis,
  },
  {
    name: 'a weak policy and one user',
    subject: policy({ minimumLength: 8 }),
    evidence: [make('AWS::IAM::AccountSummary', { users: 1 })],
    expect: 'fail',
  },
  { name: 'the policy could not be read', incomplete: ['AWS::IAM::PasswordPolicy'], expect: 'unknown' },
  {
    name: 'a weak policy, and it could not be read whether there are users',
    subject: none,
    incomplete: ['AWS::IAM::AccountSummary'],
    expect: 'unknown',
  },
]);

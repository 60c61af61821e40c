import { make, testCheck } from '../../testing.ts';
import { type Part, allow, documentOf, escalationCases } from '../../testing/policies.ts';
import { check } from './privilege-escalation-paths.ts';

const subject = (...statements: readonly Part[]) => make('AWS::IAM::Policy', { document: documentOf(...statements) });

testCheck('iam-privilege-escalation-paths', check, [
  ...escalationCases(subject),
  {
    name: 'new versions of itself',
    subject: subject(allow('iam:CreatePolicyVersion', 'arn:aws:iam::111122223333:policy/read-reports')),
    expect: 'fail',
    reason: 'iam:CreatePolicyVersion',
  },
  { name: 'AWS manages it', subject: make('AWS::IAM::Policy', { awsManaged: true }), expect: 'not-applicable' },
  {
    name: 'attached to nobody',
    subject: make('AWS::IAM::Policy', { attachmentCount: 0, document: documentOf(allow('iam:*')) }),
    expect: 'not-applicable',
  },
  {
    name: 'it cannot be read',
    subject: make('AWS::IAM::Policy', {
      document: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":3,"Resource":"*"}]}',
    }),
    expect: 'unknown',
    reason: 'cannot be read',
  },
]);

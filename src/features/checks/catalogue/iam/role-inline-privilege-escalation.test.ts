import { make, testCheck } from '../../testing.ts';
import { type Part, allow, documentOf, escalationCases } from '../../testing/policies.ts';
import { check } from './role-inline-privilege-escalation.ts';

const subject = (...statements: readonly Part[]) =>
  make('AWS::IAM::Role', { inlinePolicies: [{ name: 'work', document: documentOf(...statements) }] });

testCheck('iam-role-inline-privilege-escalation', check, [
  ...escalationCases(subject),
  {
    name: 'the second of two policies',
    subject: make('AWS::IAM::Role', {
      inlinePolicies: [
        { name: 'read', document: documentOf(allow('s3:GetObject')) },
        { name: 'write', document: documentOf(allow('iam:UpdateAssumeRolePolicy')) },
      ],
    }),
    expect: 'fail',
    reason: 'The inline policy "write" allows ways to more permissions: iam:UpdateAssumeRolePolicy.',
  },
  { name: 'no inline policy', subject: make('AWS::IAM::Role', { inlinePolicies: [] }), expect: 'not-applicable' },
  {
    name: 'one of two cannot be read',
    subject: make('AWS::IAM::Role', {
      inlinePolicies: [
        { name: 'read', document: documentOf(allow('s3:GetObject')) },
        { name: 'broken', document: '{' },
      ],
    }),
    expect: 'unknown',
    reason: 'The inline policy "broken"',
  },
]);

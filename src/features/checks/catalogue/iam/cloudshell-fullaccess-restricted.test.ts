import { make, testCheck } from '../../testing.ts';
import { check } from './cloudshell-fullaccess-restricted.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-27';
const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/iam-policy-blacklisted-check.html';
const policy = (
  attachedTo: { users?: string[]; groups?: string[]; roles?: string[] },
  arn = 'arn:aws:iam::aws:policy/AWSCloudShellFullAccess',
) =>
  make(
    'AWS::IAM::Policy',
    { awsManaged: true, attachedTo: { users: [], groups: [], roles: [], ...attachedTo } },
    { arn },
  );

testCheck(
  'iam-cloudshell-fullaccess-restricted',
  check,
  [
    { name: 'attached to nobody', evidence: [make('AWS::IAM::Policy')], expect: 'pass' },
    { name: 'in use as a boundary only', evidence: [policy({})], expect: 'pass' },
    {
      name: 'attached to a role',
      evidence: [policy({ roles: ['developer'] })],
      expect: 'fail',
      reason: 'role developer',
      source: control,
    },
    {
      name: 'attached to a user',
      evidence: [policy({ users: ['alice'] })],
      expect: 'fail',
      reason: 'user alice',
      source: rule,
    },
    {
      name: 'attached to a group',
      evidence: [policy({ groups: ['developers'] })],
      expect: 'fail',
      reason: 'group developers',
    },
    {
      name: 'attached to many',
      evidence: [policy({ users: Array.from({ length: 12 }, (_, i) => `u${i}`) })],
      expect: 'fail',
      reason: 'u9 and 2 more',
    },
    {
      name: 'attached to ten',
      evidence: [policy({ users: Array.from({ length: 10 }, (_, i) => `u${i}`) })],
      expect: 'fail',
      reason: 'u9.',
    },
    {
      name: 'of another partition',
      partition: 'aws-cn',
      evidence: [policy({ roles: ['developer'] }, 'arn:aws-cn:iam::aws:policy/AWSCloudShellFullAccess')],
      expect: 'fail',
    },
    {
      name: 'a policy of that name that the account made',
      evidence: [policy({ roles: ['developer'] }, 'arn:aws:iam::111122223333:policy/AWSCloudShellFullAccess')],
      expect: 'pass',
      source: rule,
    },
    {
      name: 'another policy is unwanted',
      evidence: [policy({ roles: ['developer'] }, 'arn:aws:iam::111122223333:policy/legacy')],
      parameters: { policyArns: ['AWSCloudShellFullAccess', 'arn:aws:iam::111122223333:policy/legacy'] },
      expect: 'fail',
    },
    {
      name: 'attached, although some policies could not be read',
      evidence: [policy({ roles: ['developer'] })],
      incomplete: ['AWS::IAM::Policy'],
      expect: 'fail',
    },
    { name: 'not seen, and some policies could not be read', incomplete: ['AWS::IAM::Policy'], expect: 'unknown' },
  ],
  { notApplicable: 'every account can attach the policy' },
);

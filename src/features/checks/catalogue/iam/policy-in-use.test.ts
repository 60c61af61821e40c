import { make, testCheck } from '../../testing.ts';
import { check } from './policy-in-use.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/iam-policy-in-use.html';
const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-18';
const support = (
  attachedTo: { users?: string[]; groups?: string[]; roles?: string[] },
  arn = 'arn:aws:iam::aws:policy/AWSSupportAccess',
) =>
  make(
    'AWS::IAM::Policy',
    { awsManaged: true, attachedTo: { users: [], groups: [], roles: [], ...attachedTo } },
    { arn },
  );
const role = make('AWS::IAM::Role');
const closedRole = make('AWS::IAM::Role', { trustPolicy: '{"Version":"2012-10-17","Statement":[]}' });
const deniedRole = make('AWS::IAM::Role', {
  trustPolicy: '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole"}}',
});

testCheck(
  'iam-policy-in-use',
  check,
  [
    {
      name: 'attached to a role that can be assumed',
      evidence: [support({ roles: ['support'] }), role],
      expect: 'pass',
      reason: 'role support',
      source: rule,
    },
    {
      name: 'attached to one of several roles',
      evidence: [
        make('AWS::IAM::Role', { trustPolicy: '{}' }, { name: 'other' }),
        support({ roles: ['support'] }),
        role,
      ],
      expect: 'pass',
    },
    {
      name: 'attached to a closed role while another one is open',
      evidence: [support({ roles: ['support'] }), closedRole, make('AWS::IAM::Role', {}, { name: 'other' })],
      expect: 'fail',
    },
    {
      name: 'attached to a group with one of several users',
      evidence: [
        support({ groups: ['developers'] }),
        make('AWS::IAM::User', { groups: [] }, { name: 'bob' }),
        make('AWS::IAM::User'),
      ],
      expect: 'pass',
    },
    {
      name: 'attached to a role that one of two statements lets be assumed',
      evidence: [
        support({ roles: ['support'] }),
        make('AWS::IAM::Role', {
          trustPolicy:
            '{"Statement":[{"Effect":"Allow","Action":"sts:TagSession"},{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}',
        }),
      ],
      expect: 'pass',
    },
    { name: 'attached to nothing', evidence: [make('AWS::IAM::Policy'), role], expect: 'fail', source: control },
    { name: 'in the list, but attached to nothing', evidence: [support({})], expect: 'fail' },
    {
      name: 'attached to a role that nobody may assume',
      evidence: [support({ roles: ['support'] }), closedRole],
      expect: 'fail',
      source: rule,
    },
    {
      name: 'attached to a role whose trust only denies',
      evidence: [support({ roles: ['support'] }), deniedRole],
      expect: 'fail',
    },
    { name: 'attached to a user', evidence: [support({ users: ['alice'] })], expect: 'pass', reason: 'user alice' },
    {
      name: 'attached to a group with a user',
      evidence: [support({ groups: ['developers'] }), make('AWS::IAM::User')],
      expect: 'pass',
      reason: 'group developers',
    },
    {
      name: 'attached to a group without users',
      evidence: [support({ groups: ['empty'] }), make('AWS::IAM::User')],
      expect: 'fail',
      source: rule,
    },
    {
      name: 'a user where a role is demanded',
      evidence: [support({ users: ['alice'] })],
      parameters: { policyUsageType: 'IAM_ROLE' },
      expect: 'fail',
      reason: 'a role that',
    },
    {
      name: 'a role where a user is demanded',
      evidence: [support({ roles: ['support'] }), role],
      parameters: { policyUsageType: 'IAM_USER' },
      expect: 'fail',
      reason: 'not attached to a user.',
    },
    {
      name: 'a group where a role is demanded',
      evidence: [support({ groups: ['developers'] }), make('AWS::IAM::User')],
      parameters: { policyUsageType: 'IAM_ROLE' },
      expect: 'fail',
    },
    {
      name: 'a role where a group is demanded',
      evidence: [support({ roles: ['support'] }), role],
      parameters: { policyUsageType: 'IAM_GROUP' },
      expect: 'fail',
      reason: 'a group with users',
    },
    {
      name: 'the policy of the partition',
      partition: 'aws-us-gov',
      evidence: [support({ roles: ['support'] }, 'arn:aws-us-gov:iam::aws:policy/AWSSupportAccess'), role],
      expect: 'pass',
    },
    {
      name: 'another policy is demanded',
      evidence: [support({ roles: ['support'] }), role],
      parameters: { policyArn: 'arn:aws:iam::111122223333:policy/on-call' },
      expect: 'fail',
      reason: 'policy/on-call',
    },
    {
      name: 'the policy by its name',
      evidence: [
        make('AWS::IAM::Policy', { attachedTo: { users: ['alice'], groups: [], roles: [] } }, { name: 'on-call' }),
      ],
      parameters: { policyARN: 'on-call' },
      expect: 'pass',
      reason: 'on-call is attached to the user alice',
    },
    {
      name: 'attached, although some policies could not be read',
      evidence: [support({ users: ['alice'] })],
      incomplete: ['AWS::IAM::Policy'],
      expect: 'pass',
    },
    {
      name: 'attached, although some roles could not be read',
      evidence: [support({ roles: ['support'] }), role],
      incomplete: ['AWS::IAM::Role'],
      expect: 'pass',
    },
    {
      name: 'attached, although some users could not be read',
      evidence: [support({ groups: ['developers'] }), make('AWS::IAM::User')],
      incomplete: ['AWS::IAM::User'],
      expect: 'pass',
    },
    { name: 'not seen, and some policies could not be read', incomplete: ['AWS::IAM::Policy'], expect: 'unknown' },
    {
      name: 'its role is among those that could not be read',
      evidence: [support({ roles: ['support'] })],
      incomplete: ['AWS::IAM::Role'],
      expect: 'unknown',
    },
    {
      name: 'the members of its group could not be read',
      evidence: [support({ groups: ['developers'] })],
      incomplete: ['AWS::IAM::User'],
      expect: 'unknown',
    },
  ],
  { notApplicable: 'every account can have the policy in use' },
);

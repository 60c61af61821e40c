import { make, testCheck } from '../../testing.ts';
import { check } from './user-no-policies.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/iam-user-no-policies-check.html';
const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-2';
const inline = (name: string) => ({ name, document: '{"Version":"2012-10-17","Statement":[]}' });
const attached = { name: 'ReadOnlyAccess', arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' };

testCheck('iam-user-no-policies', check, [
  { name: 'permissions from a group', subject: make('AWS::IAM::User'), expect: 'pass', source: control },
  {
    name: 'an inline policy',
    subject: make('AWS::IAM::User', { inlinePolicies: [inline('s3')] }),
    expect: 'fail',
    reason: 's3',
    source: rule,
  },
  {
    name: 'an attached policy',
    subject: make('AWS::IAM::User', { attachedPolicies: [attached] }),
    expect: 'fail',
    reason: 'ReadOnlyAccess',
    source: rule,
  },
  {
    name: 'made by SES for SMTP',
    subject: make('AWS::IAM::User', { inlinePolicies: [inline('AmazonSesSendingAccess')] }),
    expect: 'not-applicable',
    source: control,
  },
  {
    name: 'made by SES, and given more',
    subject: make('AWS::IAM::User', {
      inlinePolicies: [inline('AmazonSesSendingAccess')],
      attachedPolicies: [attached],
    }),
    expect: 'fail',
  },
  { name: 'the users could not be read', incomplete: ['AWS::IAM::User'], expect: 'unknown' },
]);

import { denied, make, testCheck } from '../../testing.ts';
import { check } from './key-not-public.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/kms-key-policy-no-public-access.html';

const subject = (statement: Readonly<Record<string, unknown>> = {}) =>
  make('AWS::KMS::Key', {
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Anybody',
          Effect: 'Allow',
          Principal: '*',
          Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
          Resource: '*',
          ...statement,
        },
      ],
    }),
  });
const under = (Condition: Readonly<Record<string, unknown>>) => subject({ Condition });

testCheck('kms-key-not-public', check, [
  { name: 'its own account alone', subject: subject({ Principal: { AWS: '111122223333' } }), expect: 'pass' },
  {
    name: 'everybody',
    subject: subject(),
    expect: 'fail',
    reason: 'everybody may kms:Decrypt',
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
    name: 'everybody of its own account, through S3',
    subject: under({
      StringEquals: { 'kms:CallerAccount': '111122223333', 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
    }),
    expect: 'pass',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-caller-account',
  },
  {
    name: 'everybody, through S3',
    subject: under({ StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }),
    expect: 'fail',
    reason: 'kms:ViaService',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service',
  },
  {
    name: 'everybody, with an encryption context that is no secret',
    subject: under({ StringEquals: { 'kms:EncryptionContext:app': 'orders' } }),
    expect: 'fail',
  },
  {
    name: 'AWS manages the key',
    subject: make('AWS::KMS::Key', { manager: 'AWS', policy: denied('kms:GetKeyPolicy') }),
    expect: 'not-applicable',
  },
  { name: 'no policy', subject: make('AWS::KMS::Key', { policy: null }), expect: 'not-applicable' },
  {
    name: 'the policy could not be read',
    subject: make('AWS::KMS::Key', { policy: denied('the policy') }),
    expect: 'unknown',
  },
  {
    name: 'the policy is not JSON',
    subject: make('AWS::KMS::Key', { policy: '{' }),
    expect: 'unknown',
    reason: 'not JSON',
  },
]);

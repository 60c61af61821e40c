import { denied, make, testCheck } from '../../testing.ts';
import { type Part, documentOf, publicPolicyCases } from '../../testing/policies.ts';
import { check } from './key-not-public.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/kms-key-policy-no-public-access.html';

const anybody = {
  Sid: 'Anybody',
  Effect: 'Allow',
  Principal: '*',
  Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
  Resource: '*',
};
const subject = (changes: Part = {}) => make('AWS::KMS::Key', { policy: documentOf({ ...anybody, ...changes }) });
const under = (Condition: Part) => subject({ Condition });

testCheck('kms-key-not-public', check, [
  ...publicPolicyCases(subject, rule, 'kms:Decrypt'),
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

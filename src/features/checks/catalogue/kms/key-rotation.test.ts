import { denied, make, testCheck } from '../../testing.ts';
import { check } from './key-rotation.ts';

const rotation = 'https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html';
const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/cmk-backing-key-rotation-enabled.html';
const key = (changes: Parameters<typeof make<'AWS::KMS::Key'>>[1]) =>
  make('AWS::KMS::Key', { rotationEnabled: false, ...changes });

testCheck('kms-key-rotation', check, [
  { name: 'on', subject: make('AWS::KMS::Key'), expect: 'pass' },
  { name: 'off', subject: key({}), expect: 'fail', source: rule },
  {
    name: 'off on the primary of a multi-region key',
    subject: key({ multiRegion: 'PRIMARY' }),
    expect: 'fail',
    source: rotation,
  },
  {
    name: 'a replica',
    subject: key({ multiRegion: 'REPLICA' }),
    expect: 'not-applicable',
    reason: 'primary',
    source: rotation,
  },
  { name: 'managed by AWS', subject: key({ manager: 'AWS' }), expect: 'not-applicable', reason: 'AWS manages' },
  {
    name: 'an asymmetric key',
    subject: key({ spec: 'RSA_2048' }),
    expect: 'not-applicable',
    reason: 'RSA_2048',
    source: rotation,
  },
  { name: 'an HMAC key', subject: key({ spec: 'HMAC_256' }), expect: 'not-applicable' },
  {
    name: 'imported material',
    subject: key({ origin: 'EXTERNAL' }),
    expect: 'not-applicable',
    reason: 'EXTERNAL',
    source: rotation,
  },
  { name: 'a custom key store', subject: key({ origin: 'AWS_CLOUDHSM' }), expect: 'not-applicable' },
  {
    name: 'disabled',
    subject: key({ state: 'Disabled' }),
    expect: 'not-applicable',
    reason: 'Disabled',
    source: rotation,
  },
  { name: 'pending deletion', subject: key({ state: 'PendingDeletion' }), expect: 'not-applicable', source: rotation },
  { name: 'AWS says that it does not apply', subject: key({ rotationEnabled: null }), expect: 'not-applicable' },
  {
    name: 'the status could not be read',
    subject: key({ rotationEnabled: denied('kms:GetKeyRotationStatus') }),
    expect: 'unknown',
  },
  {
    name: 'pending deletion, and the status could not be read',
    subject: key({ state: 'PendingDeletion', rotationEnabled: denied('kms:GetKeyRotationStatus') }),
    expect: 'not-applicable',
  },
]);

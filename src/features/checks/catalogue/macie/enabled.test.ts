import { make, testCheck } from '../../testing.ts';
import { check } from './enabled.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/macie-status-check.html';
const api = 'https://docs.aws.amazon.com/macie/latest/APIReference/macie.html';

testCheck(
  'macie-enabled',
  check,
  [
    { name: 'enabled', evidence: [make('AWS::Macie::Session')], expect: 'pass', source: rule },
    {
      name: 'paused',
      evidence: [make('AWS::Macie::Session', { status: 'PAUSED' })],
      expect: 'fail',
      reason: 'paused',
      source: api,
    },
    {
      name: 'disabled',
      evidence: [make('AWS::Macie::Session', { status: 'DISABLED' })],
      expect: 'fail',
      reason: 'not enabled',
    },
    { name: 'never enabled', expect: 'fail', reason: 'not enabled' },
    {
      name: 'AWS refuses to say: that is not the same as disabled',
      incomplete: ['AWS::Macie::Session'],
      expect: 'unknown',
    },
  ],
  { notApplicable: 'every region that is read has Macie' },
);

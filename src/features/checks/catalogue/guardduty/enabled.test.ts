import { make, testCheck } from '../../testing.ts';
import { check } from './enabled.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/guardduty-enabled-centralized.html';
const suspended = 'https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_suspend-disable.html';

testCheck(
  'guardduty-enabled',
  check,
  [
    { name: 'enabled', evidence: [make('AWS::GuardDuty::Detector')], expect: 'pass' },
    {
      name: 'enabled by an administrator',
      evidence: [make('AWS::GuardDuty::Detector', { administratorAccount: '999988887777' })],
      expect: 'pass',
      source: rule,
    },
    {
      name: 'suspended',
      evidence: [make('AWS::GuardDuty::Detector', { status: 'DISABLED' })],
      expect: 'fail',
      reason: 'suspended',
      source: suspended,
    },
    { name: 'no detector', expect: 'fail', reason: 'not enabled' },
    {
      name: 'a detector in another region',
      evidence: [make('AWS::GuardDuty::Detector', {}, { region: 'us-east-1' })],
      expect: 'fail',
    },
    {
      name: 'AWS refuses to say: that is not the same as disabled',
      incomplete: ['AWS::GuardDuty::Detector'],
      expect: 'unknown',
    },
  ],
  { notApplicable: 'every region that is read has GuardDuty' },
);

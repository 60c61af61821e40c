import { denied, make, testCheck } from '../../testing.ts';
import { check } from './enabled.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/securityhub-enabled.html';
const api = 'https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DescribeHub.html';

testCheck(
  'securityhub-enabled',
  check,
  [
    { name: 'a hub', evidence: [make('AWS::SecurityHub::Hub')], expect: 'pass', source: rule },
    {
      name: 'a hub whose standards could not be read',
      evidence: [make('AWS::SecurityHub::Hub', { enabledStandards: denied('securityhub:GetEnabledStandards') })],
      expect: 'pass',
    },
    { name: 'no hub', expect: 'fail', source: api },
    {
      name: 'a hub in another region',
      evidence: [make('AWS::SecurityHub::Hub', {}, { region: 'us-east-1' })],
      expect: 'fail',
    },
    {
      name: 'AWS refuses to say: that is not the same as disabled',
      incomplete: ['AWS::SecurityHub::Hub'],
      expect: 'unknown',
    },
  ],
  { notApplicable: 'every region that is read has Security Hub' },
);

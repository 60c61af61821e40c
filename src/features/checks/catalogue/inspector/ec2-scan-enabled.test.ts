import { make, testCheck } from '../../testing.ts';
import { check } from './ec2-scan-enabled.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/inspector-ec2-scan-enabled.html';
const api = 'https://docs.aws.amazon.com/inspector/v2/APIReference/API_State.html';
const status = (resourceStatus: Record<string, string>, overall = 'ENABLED') =>
  make('AWS::InspectorV2::AccountStatus', { status: overall, resourceStatus });

testCheck(
  'inspector-ec2-scan-enabled',
  check,
  [
    { name: 'instances are scanned', evidence: [status({ ec2: 'ENABLED', ecr: 'DISABLED' })], expect: 'pass' },
    {
      name: 'only images are scanned',
      evidence: [status({ ec2: 'DISABLED', ecr: 'ENABLED' })],
      expect: 'fail',
      reason: 'DISABLED',
      source: rule,
    },
    {
      name: 'still being enabled',
      evidence: [status({ ec2: 'ENABLING' })],
      expect: 'fail',
      reason: 'ENABLING',
      source: api,
    },
    { name: 'suspended', evidence: [status({ ec2: 'SUSPENDED' })], expect: 'fail', source: api },
    { name: 'never enabled', expect: 'fail', reason: 'not enabled' },
    { name: 'AWS does not name instances', evidence: [status({ ecr: 'ENABLED' })], expect: 'unknown' },
    {
      name: 'AWS refuses to say: that is not the same as disabled',
      incomplete: ['AWS::InspectorV2::AccountStatus'],
      expect: 'unknown',
    },
  ],
  { notApplicable: 'every region that is read has Inspector' },
);

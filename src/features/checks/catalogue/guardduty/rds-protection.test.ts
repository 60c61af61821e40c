import type { DetectorConfig } from '../../../../domain/resources/security-services.ts';
import { make, testCheck } from '../../testing.ts';
import { check } from './rds-protection.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/guardduty-rds-protection-enabled.html';
const api = 'https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DetectorFeatureConfigurationResult.html';
const detector = (features: DetectorConfig['features'], status: DetectorConfig['status'] = 'ENABLED') =>
  make('AWS::GuardDuty::Detector', { status, features });

testCheck('guardduty-rds-protection', check, [
  { name: 'on', subject: detector({ RDS_LOGIN_EVENTS: 'ENABLED' }), expect: 'pass' },
  { name: 'off', subject: detector({ RDS_LOGIN_EVENTS: 'DISABLED' }), expect: 'fail', source: rule },
  {
    name: 'another plan is on',
    subject: detector({ RDS_LOGIN_EVENTS: 'DISABLED', FLOW_LOGS: 'ENABLED', 'RDS_LOGIN_EVENTS.PART': 'ENABLED' }),
    expect: 'fail',
  },
  { name: 'AWS does not name the plan', subject: detector({ FLOW_LOGS: 'ENABLED' }), expect: 'unknown', source: api },
  {
    name: 'GuardDuty is suspended',
    subject: detector({ RDS_LOGIN_EVENTS: 'DISABLED' }, 'DISABLED'),
    expect: 'not-applicable',
  },
  { name: 'the detectors could not be listed', incomplete: ['AWS::GuardDuty::Detector'], expect: 'unknown' },
]);

import type { DetectorConfig } from '../../../../domain/resources/security-services.ts';
import { make, testCheck } from '../../testing.ts';
import { check } from './runtime-monitoring.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/guardduty-runtime-monitoring-enabled.html';
const api = 'https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DetectorFeatureConfigurationResult.html';
const detector = (features: DetectorConfig['features'], status: DetectorConfig['status'] = 'ENABLED') =>
  make('AWS::GuardDuty::Detector', { status, features });

testCheck('guardduty-runtime-monitoring', check, [
  { name: 'on', subject: detector({ RUNTIME_MONITORING: 'ENABLED' }), expect: 'pass' },
  { name: 'off', subject: detector({ RUNTIME_MONITORING: 'DISABLED' }), expect: 'fail', source: rule },
  {
    name: 'another plan is on',
    subject: detector({ RUNTIME_MONITORING: 'DISABLED', FLOW_LOGS: 'ENABLED', 'RUNTIME_MONITORING.PART': 'ENABLED' }),
    expect: 'fail',
  },
  { name: 'AWS does not name the plan', subject: detector({ FLOW_LOGS: 'ENABLED' }), expect: 'unknown', source: api },
  {
    name: 'GuardDuty is suspended',
    subject: detector({ RUNTIME_MONITORING: 'DISABLED' }, 'DISABLED'),
    expect: 'not-applicable',
  },
  { name: 'the detectors could not be listed', incomplete: ['AWS::GuardDuty::Detector'], expect: 'unknown' },
]);

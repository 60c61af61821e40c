import type { ConfigurationRecorderConfig } from '../../../../domain/resources/security-services.ts';
import { denied, make, testCheck } from '../../testing.ts';
import { check } from './recorder-all-regions.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/config-controls.html#config-1';
const selection = 'https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html';
const linked = 'https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html';
const recorder = (config: Partial<ConfigurationRecorderConfig> = {}) =>
  make('AWS::Config::ConfigurationRecorder', config);
const excluding = (...excludedResourceTypes: string[]) =>
  recorder({ allSupported: false, recordingStrategy: 'EXCLUSION_BY_RESOURCE_TYPES', excludedResourceTypes });
const serviceLinked = make(
  'AWS::Config::ConfigurationRecorder',
  { servicePrincipal: 'securityhub.amazonaws.com', allSupported: false },
  { name: 'AWSConfigurationRecorderForSecurityHub' },
);
const otherRole = 'arn:aws:iam::111122223333:role/aws-controltower-ConfigRecorderRole';

testCheck(
  'config-recorder-all-regions',
  check,
  [
    { name: 'records everything', evidence: [recorder()], expect: 'pass' },
    { name: 'no recorder', expect: 'fail', reason: 'no recorder in this region' },
    {
      name: 'a service-linked recorder only',
      evidence: [serviceLinked],
      expect: 'fail',
      reason: 'service-linked ones',
      source: linked,
    },
    {
      name: 'a service-linked recorder beside its own',
      evidence: [serviceLinked, recorder()],
      expect: 'pass',
      source: linked,
    },
    { name: 'stopped', evidence: [recorder({ recording: false })], expect: 'fail', reason: 'stopped' },
    {
      name: 'selected types',
      evidence: [recorder({ allSupported: false, recordingStrategy: 'INCLUSION_BY_RESOURCE_TYPES' })],
      expect: 'fail',
      reason: 'selected',
      source: control,
    },
    {
      name: 'all types, in an answer without a strategy',
      evidence: [recorder({ recordingStrategy: null })],
      expect: 'pass',
    },
    {
      name: 'all but IAM, outside the home region',
      evidence: [excluding('AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::Role', 'AWS::IAM::Policy')],
      expect: 'pass',
      source: selection,
    },
    {
      name: 'all but IAM and instances',
      evidence: [excluding('AWS::IAM::User', 'AWS::EC2::Instance')],
      expect: 'fail',
      reason: 'leaves out AWS::EC2::Instance',
    },
    { name: 'another role', evidence: [recorder({ roleArn: otherRole })], expect: 'pass' },
    {
      name: 'another role where the service-linked one is demanded',
      evidence: [recorder({ roleArn: otherRole })],
      parameters: { role: 'service-linked' },
      expect: 'fail',
      reason: 'service-linked role',
      source: control,
    },
    {
      name: 'no role where the service-linked one is demanded',
      evidence: [recorder({ roleArn: null })],
      parameters: { role: 'service-linked' },
      expect: 'fail',
    },
    {
      name: 'the service-linked role where it is demanded',
      evidence: [recorder()],
      parameters: { role: 'service-linked' },
      expect: 'pass',
    },
    {
      name: 'no delivery channel',
      evidence: [recorder({ deliveryBucket: null })],
      expect: 'fail',
      reason: 'delivery channel',
    },
    { name: 'the last run failed', evidence: [recorder({ lastStatus: 'Failure' })], expect: 'fail', reason: 'failed' },
    { name: 'no run yet', evidence: [recorder({ lastStatus: null })], expect: 'pass' },
    {
      name: 'a recorder in another region',
      evidence: [make('AWS::Config::ConfigurationRecorder', {}, { region: 'us-east-1' })],
      expect: 'fail',
    },
    {
      name: 'whether it records could not be read',
      evidence: [recorder({ recording: denied('config:DescribeConfigurationRecorderStatus') })],
      expect: 'unknown',
    },
    {
      name: 'the delivery channel could not be read',
      evidence: [recorder({ deliveryBucket: denied('config:DescribeDeliveryChannels') })],
      expect: 'unknown',
    },
    {
      name: 'the recorders could not be listed',
      incomplete: ['AWS::Config::ConfigurationRecorder'],
      expect: 'unknown',
    },
  ],
  { notApplicable: 'every region that is read has AWS Config' },
);

import { describe, expect, test } from 'vitest';
import { unread } from '../../domain/evidence.ts';
import type { AnyResource, Resource, ResourceType } from '../../domain/resource.ts';
import { type SecurityServiceName, securityServices, type ServiceEvidence } from './security-services.ts';

const denied = unread('guardduty:GetAdministratorAccount', 'denied');
const administrator = '444455556666';

function resource<T extends ResourceType>(type: T, config: Partial<Resource<T>['config']>): AnyResource {
  const [account, region] = ['111122223333', 'eu-west-1'];
  return { type, account, region, arn: type, name: type, tags: {}, config, collectedAt: '' } as unknown as AnyResource;
}

/** Evidence of `eu-west-1`: what lies there, and types of which something could not be read. */
function evidenceOf(resources: readonly AnyResource[], incomplete: readonly ResourceType[] = []): ServiceEvidence {
  const read = <T extends ResourceType>(type: T): { resources: Resource<T>[]; complete: boolean } => ({
    resources: resources.filter((one) => one.type === type) as unknown as Resource<T>[],
    complete: !incomplete.includes(type),
  });
  return { readable: read, readableEverywhere: read, region: 'eu-west-1' };
}

const detector = (config: Partial<Resource<'AWS::GuardDuty::Detector'>['config']>): AnyResource =>
  resource('AWS::GuardDuty::Detector', { status: 'ENABLED', features: {}, administratorAccount: null, ...config });
const hub = (config: Partial<Resource<'AWS::SecurityHub::Hub'>['config']>): AnyResource =>
  resource('AWS::SecurityHub::Hub', { administratorAccount: null, ...config });
const inspector = (config: Partial<Resource<'AWS::InspectorV2::AccountStatus'>['config']>): AnyResource =>
  resource('AWS::InspectorV2::AccountStatus', { resourceStatus: {}, administratorAccount: null, ...config });
const session = (config: Partial<Resource<'AWS::Macie::Session'>['config']>): AnyResource =>
  resource('AWS::Macie::Session', { status: 'ENABLED', administratorAccount: null, ...config });
const recorder = (recording: Resource<'AWS::Config::ConfigurationRecorder'>['config']['recording']): AnyResource =>
  resource('AWS::Config::ConfigurationRecorder', { recording });
const analyzer = (status: string): AnyResource => resource('AWS::AccessAnalyzer::Analyzer', { status });
const trail = (config: Partial<Resource<'AWS::CloudTrail::Trail'>['config']>): AnyResource =>
  resource('AWS::CloudTrail::Trail', {
    homeRegion: 'us-east-1',
    multiRegion: true,
    ownerAccount: '111122223333',
    logging: true,
    ...config,
  });

const types: Readonly<Record<SecurityServiceName, ResourceType>> = {
  guardduty: 'AWS::GuardDuty::Detector',
  securityhub: 'AWS::SecurityHub::Hub',
  inspector: 'AWS::InspectorV2::AccountStatus',
  macie: 'AWS::Macie::Session',
  config: 'AWS::Config::ConfigurationRecorder',
  'access-analyzer': 'AWS::AccessAnalyzer::Analyzer',
  cloudtrail: 'AWS::CloudTrail::Trail',
};

function judged(service: SecurityServiceName, evidence: ServiceEvidence): unknown {
  return securityServices(evidence).find((one) => one.service === service);
}

const cases: readonly [
  service: SecurityServiceName,
  what: string,
  resources: AnyResource[],
  status: string,
  by?: string,
][] = [
  ['guardduty', 'a detector', [detector({})], 'enabled'],
  ['guardduty', 'a suspended detector', [detector({ status: 'DISABLED' })], 'disabled'],
  ['guardduty', 'a member', [detector({ administratorAccount: administrator })], 'delegated', administrator],
  ['guardduty', 'an administrator who could not be read', [detector({ administratorAccount: denied })], 'enabled'],
  ['securityhub', 'a hub', [hub({})], 'enabled'],
  ['securityhub', 'a member', [hub({ administratorAccount: administrator })], 'delegated', administrator],
  ['inspector', 'enabled', [inspector({ status: 'ENABLED' })], 'enabled'],
  ['inspector', 'disabled', [inspector({ status: 'DISABLED' })], 'disabled'],
  ['inspector', 'being enabled', [inspector({ status: 'ENABLING' })], 'unknown'],
  [
    'inspector',
    'a member',
    [inspector({ status: 'ENABLED', administratorAccount: administrator })],
    'delegated',
    administrator,
  ],
  [
    'inspector',
    'disabled in a member',
    [inspector({ status: 'DISABLED', administratorAccount: administrator })],
    'disabled',
  ],
  ['macie', 'a session', [session({})], 'enabled'],
  ['macie', 'a paused session', [session({ status: 'PAUSED' })], 'disabled'],
  ['macie', 'a member', [session({ administratorAccount: administrator })], 'delegated', administrator],
  ['config', 'a recorder that records', [recorder(true)], 'enabled'],
  ['config', 'a recorder that does not', [recorder(false)], 'disabled'],
  ['config', 'a recorder whose status could not be read', [recorder(denied)], 'unknown'],
  ['config', 'one of each', [recorder(denied), recorder(false), recorder(true)], 'enabled'],
  ['config', 'one unread and one that does not', [recorder(false), recorder(denied)], 'unknown'],
  ['access-analyzer', 'an active analyzer', [analyzer('ACTIVE')], 'enabled'],
  ['access-analyzer', 'a disabled analyzer', [analyzer('DISABLED')], 'disabled'],
  ['access-analyzer', 'one that is being made', [analyzer('CREATING')], 'unknown'],
  ['cloudtrail', 'a trail of all regions at home elsewhere', [trail({})], 'enabled'],
  ['cloudtrail', 'a trail of this region', [trail({ multiRegion: false, homeRegion: 'eu-west-1' })], 'enabled'],
  ['cloudtrail', 'a trail of another region', [trail({ multiRegion: false })], 'disabled'],
  ['cloudtrail', 'a trail that is stopped', [trail({ logging: false })], 'disabled'],
  ['cloudtrail', 'a trail whose status could not be read', [trail({ logging: denied })], 'unknown'],
  ['cloudtrail', 'the organisation’s trail', [trail({ ownerAccount: administrator })], 'delegated', administrator],
];

describe('securityServices', () => {
  test.each(cases)('%s with %s', (service, _what, resources, status, by = undefined) => {
    expect(judged(service, evidenceOf(resources))).toMatchObject({ service, status, administrator: by ?? null });
  });

  test.each(Object.entries(types).filter(([service]) => service !== 'inspector'))(
    '%s: nothing there is off only when everything was read',
    (service, type) => {
      const name = service as SecurityServiceName;
      expect(judged(name, evidenceOf([]))).toMatchObject({ status: 'disabled' });
      expect(judged(name, evidenceOf([], [type]))).toMatchObject({ status: 'unknown' });
    },
  );

  test('inspector: nothing said is never off', () => {
    expect(judged('inspector', evidenceOf([]))).toMatchObject({ status: 'unknown' });
    expect(judged('inspector', evidenceOf([], [types.inspector]))).toMatchObject({ status: 'unknown' });
  });

  test.each(cases.filter(([, , , status]) => status === 'enabled' || status === 'delegated'))(
    '%s with %s is on whatever else could not be read',
    (service, _what, resources, status) => {
      expect(judged(service, evidenceOf(resources, [types[service]]))).toMatchObject({ status });
    },
  );

  test.each(cases.filter(([, , , status]) => status === 'disabled' || status === 'unknown'))(
    '%s with %s is not said to be off where something could not be read',
    (service, _what, resources) => {
      expect(judged(service, evidenceOf(resources, [types[service]]))).toMatchObject({ status: 'unknown' });
    },
  );

  test('plans are told one by one, their parts are not', () => {
    const features = {
      S3_DATA_EVENTS: 'ENABLED',
      RUNTIME_MONITORING: 'DISABLED',
      'RUNTIME_MONITORING.EKS_ADDON_MANAGEMENT': 'DISABLED',
    };
    const evidence = evidenceOf([
      detector({ features }),
      inspector({ status: 'ENABLED', resourceStatus: { ec2: 'ENABLED', ecr: 'DISABLED', lambda: 'SUSPENDED' } }),
    ]);
    expect(judged('guardduty', evidence)).toMatchObject({
      plans: { S3_DATA_EVENTS: 'enabled', RUNTIME_MONITORING: 'disabled' },
    });
    expect(judged('inspector', evidence)).toMatchObject({
      plans: { ec2: 'enabled', ecr: 'disabled', lambda: 'unknown' },
    });
  });

  test('Inspector tells its plans when it is off as well', () => {
    const evidence = evidenceOf([inspector({ status: 'DISABLED', resourceStatus: { ec2: 'DISABLED' } })]);
    expect(judged('inspector', evidence)).toMatchObject({ status: 'disabled', plans: { ec2: 'disabled' } });
  });

  test('every service is told, in one order', () => {
    expect(securityServices(evidenceOf([])).map(({ service }) => service)).toEqual(Object.keys(types));
  });
});

import type { EventSelectors, TrailConfig } from '../../../../domain/resources/cloudtrail.ts';
import { denied, make, testCheck } from '../../testing.ts';
import { check } from './multi-region-enabled.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/multi-region-cloudtrail-enabled.html';
const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-1';
const events =
  'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html';
const status = 'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html';
const organization = 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html';

const trail = (config: Partial<TrailConfig> = {}, name = 'trail') => make('AWS::CloudTrail::Trail', config, { name });
const basic = (changes: Partial<EventSelectors['basic'][number]>) =>
  trail({
    eventSelectors: {
      basic: [
        {
          readWriteType: 'All',
          includeManagementEvents: true,
          excludeManagementEventSources: [],
          dataResources: [],
          ...changes,
        },
      ],
      advanced: [],
    },
  });
const bothKinds = (excluded: readonly string[]) =>
  trail({
    eventSelectors: {
      basic: (['ReadOnly', 'WriteOnly'] as const).map((readWriteType) => ({
        readWriteType,
        includeManagementEvents: true,
        excludeManagementEventSources: readWriteType === 'WriteOnly' ? excluded : [],
        dataResources: [],
      })),
      advanced: [],
    },
  });
const field = (name: string, values: Partial<Record<'equals' | 'notEquals' | 'startsWith', string[]>>) => ({
  field: name,
  equals: [],
  notEquals: [],
  startsWith: [],
  notStartsWith: [],
  endsWith: [],
  notEndsWith: [],
  ...values,
});
const management = field('eventCategory', { equals: ['Management'] });
const advanced = (...selectors: ReturnType<typeof field>[][]) =>
  trail({ eventSelectors: { basic: [], advanced: selectors.map((fieldSelectors) => ({ name: '', fieldSelectors })) } });

testCheck(
  'cloudtrail-multi-region-enabled',
  check,
  [
    { name: 'all management events of all regions', evidence: [trail()], expect: 'pass' },
    {
      name: "an organisation's trail in a member",
      evidence: [trail({ organizationTrail: true, ownerAccount: '999988887777' })],
      expect: 'pass',
      source: organization,
    },
    {
      name: "an organisation's trail is stopped, at home and as a shadow",
      evidence: ['eu-west-1', 'us-east-1'].map((region) =>
        make('AWS::CloudTrail::Trail', { logging: false, ownerAccount: '999988887777' }, { name: 'twice', region }),
      ),
      expect: 'fail',
      reason: 'every management event: twice is stopped.',
    },
    { name: 'no trail', expect: 'fail', reason: 'no trail' },
    {
      name: 'a trail of one region',
      evidence: [trail({ multiRegion: false })],
      expect: 'fail',
      reason: 'No trail covers all regions',
      source: control,
    },
    {
      name: 'on, but its bucket keeps CloudTrail out',
      evidence: [trail({ latestDeliveryError: 'AccessDenied', latestDeliveryAt: '2026-11-01T00:00:00Z' })],
      expect: 'fail',
      reason: ': trail delivers nothing to amzn-s3-demo-bucket (AccessDenied).',
      source: status,
    },
    { name: 'stopped', evidence: [trail({ logging: false })], expect: 'fail', reason: ': trail is stopped.' },
    { name: 'writes only', evidence: [basic({ readWriteType: 'WriteOnly' })], expect: 'fail', source: control },
    {
      name: 'one stopped, one without reads',
      evidence: [basic({ readWriteType: 'WriteOnly' }), trail({ logging: false }, 'second')],
      expect: 'fail',
      reason: 'trail leaves management events out; second is stopped.',
    },
    { name: 'data events only', evidence: [basic({ includeManagementEvents: false })], expect: 'fail' },
    {
      name: 'KMS left out',
      evidence: [basic({ excludeManagementEventSources: ['kms.amazonaws.com'] })],
      expect: 'fail',
      source: rule,
    },
    {
      name: 'reads and writes in one selector each',
      evidence: [bothKinds([])],
      expect: 'pass',
      source: 'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html',
    },
    {
      name: 'reads and writes in one selector each, KMS left out of the writes',
      evidence: [bothKinds(['kms.amazonaws.com'])],
      expect: 'fail',
    },
    { name: 'advanced, everything', evidence: [advanced([management])], expect: 'pass', source: events },
    {
      name: 'advanced, reads only',
      evidence: [advanced([management, field('readOnly', { equals: ['true'] })])],
      expect: 'fail',
    },
    {
      name: 'advanced, reads and writes in one selector each',
      evidence: [
        advanced(
          [management, field('readOnly', { equals: ['true'] })],
          [management, field('readOnly', { equals: ['false'] })],
        ),
      ],
      expect: 'pass',
    },
    {
      name: 'advanced, writes twice',
      evidence: [
        advanced(
          [management, field('readOnly', { equals: ['false'] })],
          [management, field('readOnly', { equals: ['false'] })],
        ),
      ],
      expect: 'fail',
    },
    {
      name: 'advanced, KMS left out',
      evidence: [advanced([management, field('eventSource', { notEquals: ['kms.amazonaws.com'] })])],
      expect: 'fail',
      source: events,
    },
    {
      name: 'advanced, data events',
      evidence: [advanced([field('eventCategory', { equals: ['Data'] })])],
      expect: 'fail',
    },
    {
      name: 'one of two trails is whole',
      evidence: [basic({ readWriteType: 'ReadOnly' }), trail({}, 'second')],
      expect: 'pass',
      reason: 'second',
    },
    {
      name: 'selectors could not be read',
      evidence: [trail({ eventSelectors: denied('cloudtrail:GetEventSelectors') })],
      expect: 'unknown',
      reason: 'cloudtrail:GetEventSelectors',
    },
    {
      name: 'stopped, and selectors could not be read',
      evidence: [trail({ logging: false, eventSelectors: denied('cloudtrail:GetEventSelectors') })],
      expect: 'fail',
    },
    {
      name: 'whether it records could not be read',
      evidence: [trail({ logging: denied('cloudtrail:GetTrailStatus') })],
      expect: 'unknown',
    },
    {
      name: 'one unread, one whole',
      evidence: [trail({ logging: denied('cloudtrail:GetTrailStatus') }), trail({}, 'second')],
      expect: 'pass',
    },
    {
      name: 'whole, although some trails could not be read',
      evidence: [trail()],
      incomplete: ['AWS::CloudTrail::Trail'],
      expect: 'pass',
    },
    { name: 'none seen, and some could not be read', incomplete: ['AWS::CloudTrail::Trail'], expect: 'unknown' },
    { name: 'none seen, and not all regions were in the scan', everyRegion: false, expect: 'unknown' },
  ],
  { notApplicable: 'every account can have a trail' },
);

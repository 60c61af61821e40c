import type { EventSelectors, TrailConfig } from '../../../../domain/resources/cloudtrail.ts';
import { denied, make, testCheck } from '../../testing.ts';
import { check } from './s3-read-data-events.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/cloudtrail-all-read-s3-data-event-check.html';
const basicApi = 'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DataResource.html';
const advancedApi = 'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html';
const trail = (eventSelectors: TrailConfig['eventSelectors'], config: Partial<TrailConfig> = {}) =>
  make('AWS::CloudTrail::Trail', { eventSelectors, ...config });
const basic = (
  values: string[],
  readWriteType: 'All' | 'ReadOnly' | 'WriteOnly' = 'All',
  type = 'AWS::S3::Object',
): EventSelectors => ({
  basic: [
    {
      readWriteType,
      includeManagementEvents: false,
      excludeManagementEventSources: [],
      dataResources: [{ type, values }],
    },
  ],
  advanced: [],
});
type Values = Partial<
  Record<'equals' | 'notEquals' | 'startsWith' | 'notStartsWith' | 'endsWith' | 'notEndsWith', string[]>
>;
const field = (name: string, values: Values) => ({
  field: name,
  equals: [],
  notEquals: [],
  startsWith: [],
  notStartsWith: [],
  endsWith: [],
  notEndsWith: [],
  ...values,
});
const advanced = (...fieldSelectors: ReturnType<typeof field>[]): EventSelectors => ({
  basic: [],
  advanced: [{ name: '', fieldSelectors }],
});
const data = field('eventCategory', { equals: ['Data'] });
const objects = field('resources.type', { equals: ['AWS::S3::Object'] });

testCheck(
  'cloudtrail-s3-read-data-events',
  check,
  [
    { name: 'all events of all buckets', evidence: [trail(basic(['arn:aws:s3']))], expect: 'pass' },
    {
      name: 'read events of all buckets',
      evidence: [trail(basic(['arn:aws:s3:::'], 'ReadOnly'))],
      expect: 'pass',
      source: basicApi,
    },
    { name: 'all buckets of another partition', evidence: [trail(basic(['arn:aws-us-gov:s3']))], expect: 'pass' },
    {
      name: 'write events of all buckets',
      evidence: [trail(basic(['arn:aws:s3'], 'WriteOnly'))],
      expect: 'fail',
      source: rule,
    },
    {
      name: 'one bucket',
      evidence: [trail(basic(['arn:aws:s3:::amzn-s3-demo-bucket/']))],
      expect: 'fail',
      source: rule,
    },
    {
      name: 'all functions',
      evidence: [trail(basic(['arn:aws:lambda'], 'All', 'AWS::Lambda::Function'))],
      expect: 'fail',
    },
    {
      name: 'management events only',
      evidence: [
        trail({
          basic: [
            {
              readWriteType: 'All',
              includeManagementEvents: true,
              excludeManagementEventSources: [],
              dataResources: [],
            },
          ],
          advanced: [],
        }),
      ],
      expect: 'fail',
    },
    {
      name: 'a trail of one region',
      evidence: [trail(basic(['arn:aws:s3']), { multiRegion: false })],
      expect: 'fail',
      source: rule,
    },
    { name: 'stopped', evidence: [trail(basic(['arn:aws:s3']), { logging: false })], expect: 'fail' },
    { name: 'no trail', expect: 'fail' },
    { name: 'advanced, all objects', evidence: [trail(advanced(data, objects))], expect: 'pass', source: advancedApi },
    {
      name: 'advanced, read events of all objects',
      evidence: [trail(advanced(data, objects, field('readOnly', { equals: ['true'] })))],
      expect: 'pass',
    },
    {
      name: 'advanced, write events of all objects',
      evidence: [trail(advanced(data, objects, field('readOnly', { equals: ['false'] })))],
      expect: 'fail',
    },
    {
      name: 'advanced, all buckets by prefix',
      evidence: [trail(advanced(data, objects, field('resources.ARN', { startsWith: ['arn:aws:s3:::'] })))],
      expect: 'pass',
    },
    {
      name: 'advanced, all objects beside management events',
      evidence: [
        trail({
          basic: [],
          advanced: [
            { name: '', fieldSelectors: [field('eventCategory', { equals: ['Management'] })] },
            { name: '', fieldSelectors: [data, objects] },
          ],
        }),
      ],
      expect: 'pass',
    },
    {
      name: 'advanced, all buckets and one of them again',
      evidence: [
        trail(advanced(data, objects, field('resources.ARN', { startsWith: ['arn:aws:s3:::', 'arn:aws:s3:::busy/'] }))),
      ],
      expect: 'pass',
    },
    {
      name: 'advanced, one bucket',
      evidence: [
        trail(advanced(data, objects, field('resources.ARN', { startsWith: ['arn:aws:s3:::amzn-s3-demo-bucket/'] }))),
      ],
      expect: 'fail',
    },
    {
      name: 'advanced, all but one bucket',
      evidence: [
        trail(
          advanced(
            data,
            objects,
            field('resources.ARN', { startsWith: ['arn:aws:s3:::'], notStartsWith: ['arn:aws:s3:::busy/'] }),
          ),
        ),
      ],
      expect: 'fail',
    },
    {
      name: 'advanced, one operation',
      evidence: [trail(advanced(data, objects, field('eventName', { equals: ['PutObject'] })))],
      expect: 'fail',
    },
    {
      name: 'advanced, another type',
      evidence: [trail(advanced(data, field('resources.type', { equals: ['AWS::Lambda::Function'] })))],
      expect: 'fail',
    },
    {
      name: 'advanced, network activity of the type',
      evidence: [trail(advanced(field('eventCategory', { equals: ['NetworkActivity'] }), objects))],
      expect: 'fail',
    },
    {
      name: 'selectors could not be read',
      evidence: [trail(denied('cloudtrail:GetEventSelectors'))],
      expect: 'unknown',
    },
    {
      name: 'a trail of one region whose selectors could not be read',
      evidence: [trail(denied('cloudtrail:GetEventSelectors'), { multiRegion: false })],
      expect: 'fail',
    },
    { name: 'none seen, and some could not be read', incomplete: ['AWS::CloudTrail::Trail'], expect: 'unknown' },
    {
      name: 'seen, although some could not be read',
      evidence: [trail(basic(['arn:aws:s3']))],
      incomplete: ['AWS::CloudTrail::Trail'],
      expect: 'pass',
    },
  ],
  { notApplicable: 'every account can record data events' },
);

// Cases of the checks for data events on S3 objects, which differ in what they want to see recorded.

import type { EventSelectors, TrailConfig } from '../../../domain/resources/cloudtrail.ts';
import { type CheckCase, denied, make } from '../testing.ts';

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

/**
 * @param events which events the check wants; the others alone are not enough
 * @param rule the page of the AWS Config rule
 */
export function dataEventCases(events: 'read' | 'write', rule: string): CheckCase[] {
  const other = events === 'read' ? 'write' : 'read';
  const [wanted, unwanted] =
    events === 'read' ? (['ReadOnly', 'WriteOnly'] as const) : (['WriteOnly', 'ReadOnly'] as const);
  return [
    { name: 'all events of all buckets', evidence: [trail(basic(['arn:aws:s3']))], expect: 'pass' },
    {
      name: `${events} events of all buckets`,
      evidence: [trail(basic(['arn:aws:s3:::'], wanted))],
      expect: 'pass',
      source: basicApi,
    },
    { name: 'all buckets of another partition', evidence: [trail(basic(['arn:aws-us-gov:s3']))], expect: 'pass' },
    {
      name: `${other} events of all buckets`,
      evidence: [trail(basic(['arn:aws:s3'], unwanted))],
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
    {
      name: 'on, but its bucket is gone',
      evidence: [trail(basic(['arn:aws:s3']), { latestDeliveryError: 'NoSuchBucket', latestDeliveryAt: null })],
      expect: 'fail',
    },
    { name: 'stopped', evidence: [trail(basic(['arn:aws:s3']), { logging: false })], expect: 'fail' },
    { name: 'no trail', expect: 'fail' },
    { name: 'advanced, all objects', evidence: [trail(advanced(data, objects))], expect: 'pass', source: advancedApi },
    {
      name: `advanced, ${events} events of all objects`,
      evidence: [trail(advanced(data, objects, field('readOnly', { equals: [`${events === 'read'}`] })))],
      expect: 'pass',
    },
    {
      name: `advanced, ${other} events of all objects`,
      evidence: [trail(advanced(data, objects, field('readOnly', { equals: [`${other === 'read'}`] })))],
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
  ];
}

import { denied, make, testCheck } from '../../testing.ts';
import { check } from './enabled.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/cloudtrail-enabled.html';
const organization = 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html';
const shadow = 'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html';
const status = 'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html';
const stopped = make('AWS::CloudTrail::Trail', { logging: false }, { name: 'stopped' });
const unread = make('AWS::CloudTrail::Trail', { logging: denied('cloudtrail:GetTrailStatus') }, { name: 'unread' });

testCheck(
  'cloudtrail-enabled',
  check,
  [
    { name: 'one trail records', evidence: [make('AWS::CloudTrail::Trail')], expect: 'pass' },
    {
      name: 'a trail of one other region records',
      evidence: [make('AWS::CloudTrail::Trail', { multiRegion: false }, { region: 'us-east-1' })],
      expect: 'pass',
      source: rule,
    },
    {
      name: "an organisation's trail records in a member",
      evidence: [make('AWS::CloudTrail::Trail', { organizationTrail: true, ownerAccount: '999988887777' })],
      expect: 'pass',
      source: organization,
    },
    {
      name: "the shadow of an organisation's trail records, and its home could not be read",
      evidence: [
        make(
          'AWS::CloudTrail::Trail',
          { organizationTrail: true, ownerAccount: '999988887777', homeRegion: 'eu-south-2' },
          { region: 'us-east-1' },
        ),
      ],
      incomplete: ['AWS::CloudTrail::Trail'],
      expect: 'pass',
      source: shadow,
    },
    {
      name: "an organisation's trail is stopped, at home and as a shadow",
      evidence: [stopped, { ...stopped, region: 'us-east-1' }],
      expect: 'fail',
      reason: '1 are stopped',
    },
    {
      name: 'the only trail is on, but its bucket is gone',
      evidence: [
        make('AWS::CloudTrail::Trail', {
          latestDeliveryError: 'NoSuchBucket',
          latestDeliveryAt: '2026-11-01T00:00:00Z',
        }),
      ],
      expect: 'fail',
      reason: 'delivers nothing to amzn-s3-demo-bucket: NoSuchBucket',
      source: status,
    },
    {
      name: 'one whose bucket is gone, one records',
      evidence: [
        make('AWS::CloudTrail::Trail', { latestDeliveryError: 'NoSuchBucket', latestDeliveryAt: null }),
        make('AWS::CloudTrail::Trail', {}, { name: 'other' }),
      ],
      expect: 'pass',
    },
    { name: 'no trail', expect: 'fail', reason: 'no trail' },
    { name: 'the only trail is stopped', evidence: [stopped], expect: 'fail', reason: '1 are stopped', source: rule },
    { name: 'one stopped, one records', evidence: [stopped, make('AWS::CloudTrail::Trail')], expect: 'pass' },
    { name: 'one unread, one records', evidence: [unread, make('AWS::CloudTrail::Trail')], expect: 'pass' },
    {
      name: 'the status of the only trail could not be read',
      evidence: [unread],
      expect: 'unknown',
      reason: 'cloudtrail:GetTrailStatus',
    },
    {
      name: 'records, although some trails could not be read',
      evidence: [make('AWS::CloudTrail::Trail')],
      incomplete: ['AWS::CloudTrail::Trail'],
      expect: 'pass',
    },
    { name: 'none seen, and some could not be read', incomplete: ['AWS::CloudTrail::Trail'], expect: 'unknown' },
    {
      name: 'none seen, and not all regions were in the scan',
      everyRegion: false,
      expect: 'unknown',
      reason: 'Not all regions',
    },
  ],
  { notApplicable: 'every account can have a trail' },
);

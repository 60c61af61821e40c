import { denied, make, testCheck } from '../../testing.ts';
import { check } from './bucket-access-logging.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-7';
const organization = 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html';
const trail = make('AWS::CloudTrail::Trail');

testCheck('cloudtrail-bucket-access-logging', check, [
  { name: 'logged', subject: trail, evidence: [make('AWS::S3::Bucket')], expect: 'pass', reason: 'amzn-s3-demo-logs' },
  {
    name: 'not logged',
    subject: trail,
    evidence: [make('AWS::S3::Bucket', { logging: null })],
    expect: 'fail',
    source: control,
  },
  {
    name: 'another bucket is not logged',
    subject: trail,
    evidence: [make('AWS::S3::Bucket'), make('AWS::S3::Bucket', { logging: null }, { name: 'other' })],
    expect: 'pass',
  },
  {
    name: 'the bucket belongs to another account',
    subject: trail,
    evidence: [make('AWS::S3::Bucket', { logging: null }, { name: 'other' })],
    expect: 'not-applicable',
    reason: 'another account',
    source: control,
  },
  {
    name: "the organisation's trail in a member",
    subject: make('AWS::CloudTrail::Trail', { ownerAccount: '999988887777' }),
    evidence: [make('AWS::S3::Bucket', { logging: null })],
    expect: 'not-applicable',
    reason: 'owns it',
    source: organization,
  },
  {
    name: 'the setting could not be read',
    subject: trail,
    evidence: [make('AWS::S3::Bucket', { logging: denied('s3:GetBucketLogging') })],
    expect: 'unknown',
  },
  { name: 'the buckets could not be listed', subject: trail, incomplete: ['AWS::S3::Bucket'], expect: 'unknown' },
]);

import { make, testCheck } from '../../testing.ts';
import { check } from './cloudwatch-logs.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-5';
const organization = 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html';

testCheck('cloudtrail-cloudwatch-logs', check, [
  { name: 'a log group', subject: make('AWS::CloudTrail::Trail'), expect: 'pass', reason: 'log-group' },
  {
    name: 'no log group',
    subject: make('AWS::CloudTrail::Trail', { cloudWatchLogsGroupArn: null }),
    expect: 'fail',
    source: control,
  },
  {
    name: 'an empty log group',
    subject: make('AWS::CloudTrail::Trail', { cloudWatchLogsGroupArn: '' }),
    expect: 'fail',
    source: control,
  },
  {
    name: "no log group for the organisation's trail, in a member",
    subject: make('AWS::CloudTrail::Trail', { ownerAccount: '999988887777', cloudWatchLogsGroupArn: null }),
    expect: 'not-applicable',
    source: organization,
  },
  { name: 'the trails could not be listed', incomplete: ['AWS::CloudTrail::Trail'], expect: 'unknown' },
]);

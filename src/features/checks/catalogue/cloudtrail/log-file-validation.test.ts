import { make, testCheck } from '../../testing.ts';
import { check } from './log-file-validation.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/cloud-trail-log-file-validation-enabled.html';
const organization = 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html';

testCheck('cloudtrail-log-file-validation', check, [
  { name: 'on', subject: make('AWS::CloudTrail::Trail'), expect: 'pass' },
  { name: 'off', subject: make('AWS::CloudTrail::Trail', { logFileValidation: false }), expect: 'fail', source: rule },
  {
    name: "off for the organisation's trail, in the account that owns it",
    subject: make('AWS::CloudTrail::Trail', { organizationTrail: true, logFileValidation: false }),
    expect: 'fail',
  },
  {
    name: "off for the organisation's trail, in a member",
    subject: make('AWS::CloudTrail::Trail', {
      organizationTrail: true,
      ownerAccount: '999988887777',
      logFileValidation: false,
    }),
    expect: 'not-applicable',
    source: organization,
  },
  { name: 'the trails could not be listed', incomplete: ['AWS::CloudTrail::Trail'], expect: 'unknown' },
]);

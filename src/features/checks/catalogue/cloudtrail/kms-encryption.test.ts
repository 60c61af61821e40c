import { make, testCheck } from '../../testing.ts';
import { check } from './kms-encryption.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-2';
const organization = 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html';

testCheck('cloudtrail-kms-encryption', check, [
  { name: 'a key', subject: make('AWS::CloudTrail::Trail'), expect: 'pass', reason: 'key/1234abcd' },
  { name: 'no key', subject: make('AWS::CloudTrail::Trail', { kmsKeyId: null }), expect: 'fail', source: control },
  { name: 'an empty key', subject: make('AWS::CloudTrail::Trail', { kmsKeyId: '' }), expect: 'fail' },
  {
    name: "no key for the organisation's trail, in a member",
    subject: make('AWS::CloudTrail::Trail', { ownerAccount: '999988887777', kmsKeyId: null }),
    expect: 'not-applicable',
    source: organization,
  },
  { name: 'the trails could not be listed', incomplete: ['AWS::CloudTrail::Trail'], expect: 'unknown' },
]);

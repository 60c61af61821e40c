import { make, testCheck } from '../../testing.ts';
import { check } from './imdsv2-required.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/ec2-imdsv2-check.html';
const options = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceMetadataOptionsResponse.html';
const lifecycle = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html';

testCheck('ec2-imdsv2-required', check, [
  { name: 'required', subject: make('AWS::EC2::Instance'), expect: 'pass' },
  { name: 'optional', subject: make('AWS::EC2::Instance', { httpTokens: 'optional' }), expect: 'fail', source: rule },
  {
    name: 'optional on a stopped instance',
    subject: make('AWS::EC2::Instance', { httpTokens: 'optional', state: 'stopped' }),
    expect: 'fail',
  },
  {
    name: 'the metadata service is off',
    subject: make('AWS::EC2::Instance', { httpTokens: 'optional', httpEndpoint: 'disabled' }),
    expect: 'not-applicable',
    source: options,
  },
  {
    name: 'required, and the metadata service is off',
    subject: make('AWS::EC2::Instance', { httpEndpoint: 'disabled' }),
    expect: 'pass',
  },
  {
    name: 'terminated',
    subject: make('AWS::EC2::Instance', { httpTokens: 'optional', state: 'terminated' }),
    expect: 'not-applicable',
    source: lifecycle,
  },
  {
    name: 'being terminated',
    subject: make('AWS::EC2::Instance', { httpTokens: 'optional', state: 'shutting-down' }),
    expect: 'not-applicable',
  },
  { name: 'the instances could not be read', incomplete: ['AWS::EC2::Instance'], expect: 'unknown' },
]);

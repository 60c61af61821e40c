import { make, testCheck } from '../../testing.ts';
import { check } from './no-public-ip.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-9';
const addressing = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html';

testCheck('ec2-no-public-ip', check, [
  { name: 'private only', subject: make('AWS::EC2::Instance'), expect: 'pass' },
  {
    name: 'a public address',
    subject: make('AWS::EC2::Instance', { publicIp: '203.0.113.12' }),
    expect: 'fail',
    reason: '203.0.113.12',
    source: control,
  },
  {
    name: 'stopped, so that its address was given back',
    subject: make('AWS::EC2::Instance', { state: 'stopped' }),
    expect: 'pass',
    source: addressing,
  },
  {
    name: 'stopped with an Elastic IP address',
    subject: make('AWS::EC2::Instance', { state: 'stopped', publicIp: '203.0.113.12' }),
    expect: 'fail',
    source: addressing,
  },
  {
    name: 'terminated',
    subject: make('AWS::EC2::Instance', { state: 'terminated', publicIp: '203.0.113.12' }),
    expect: 'not-applicable',
  },
  {
    name: 'being terminated',
    subject: make('AWS::EC2::Instance', { state: 'shutting-down', publicIp: '203.0.113.12' }),
    expect: 'not-applicable',
  },
  { name: 'the instances could not be read', incomplete: ['AWS::EC2::Instance'], expect: 'unknown' },
]);

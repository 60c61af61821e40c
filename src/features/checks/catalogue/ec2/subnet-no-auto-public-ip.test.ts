import { make, testCheck } from '../../testing.ts';
import { check } from './subnet-no-auto-public-ip.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-15';
const sharing = 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html';

testCheck('ec2-subnet-no-auto-public-ip', check, [
  { name: 'off', subject: make('AWS::EC2::Subnet'), expect: 'pass' },
  { name: 'on', subject: make('AWS::EC2::Subnet', { mapPublicIpOnLaunch: true }), expect: 'fail', source: control },
  { name: 'IPv6 addresses only', subject: make('AWS::EC2::Subnet', { assignIpv6OnCreation: true }), expect: 'pass' },
  {
    name: 'on for a subnet of another account',
    subject: make(
      'AWS::EC2::Subnet',
      { mapPublicIpOnLaunch: true },
      { arn: 'arn:aws:ec2:eu-west-1:444455556666:subnet/subnet-0a1b2c3d' },
    ),
    expect: 'not-applicable',
    reason: '444455556666',
    source: sharing,
  },
  {
    name: 'an ARN without an account',
    subject: make(
      'AWS::EC2::Subnet',
      { mapPublicIpOnLaunch: true },
      { arn: 'arn:aws:ec2:eu-west-1::subnet/subnet-0a1b2c3d' },
    ),
    expect: 'fail',
  },
  { name: 'the subnets could not be read', incomplete: ['AWS::EC2::Subnet'], expect: 'unknown' },
]);

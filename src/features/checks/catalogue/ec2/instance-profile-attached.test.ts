import { make, testCheck } from '../../testing.ts';
import { check } from './instance-profile-attached.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/ec2-instance-profile-attached.html';
const lifecycle = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html';

testCheck('ec2-instance-profile-attached', check, [
  { name: 'a profile', subject: make('AWS::EC2::Instance'), expect: 'pass', reason: 'instance-profile/web' },
  { name: 'none', subject: make('AWS::EC2::Instance', { instanceProfileArn: null }), expect: 'fail', source: rule },
  {
    name: 'none on a stopped instance',
    subject: make('AWS::EC2::Instance', { instanceProfileArn: null, state: 'stopped' }),
    expect: 'fail',
  },
  {
    name: 'terminated',
    subject: make('AWS::EC2::Instance', { instanceProfileArn: null, state: 'terminated' }),
    expect: 'not-applicable',
    source: lifecycle,
  },
  {
    name: 'being terminated',
    subject: make('AWS::EC2::Instance', { instanceProfileArn: null, state: 'shutting-down' }),
    expect: 'not-applicable',
  },
  { name: 'the instances could not be read', incomplete: ['AWS::EC2::Instance'], expect: 'unknown' },
]);

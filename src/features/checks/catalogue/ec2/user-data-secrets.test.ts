import type { InstanceConfig } from '../../../../domain/resources/ec2.ts';
import { denied, make, testCheck } from '../../testing.ts';
import { check } from './user-data-secrets.ts';

const api = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceAttribute.html';
const userData = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html';
const secret = (location: string) => ({ detector: 'aws-secret-access-key', location, fingerprint: '0123456789abcdef' });
const instance = (userDataSecrets: InstanceConfig['userDataSecrets'], state = 'running') =>
  make('AWS::EC2::Instance', { userDataSecrets, state });

testCheck('ec2-user-data-secrets', check, [
  { name: 'user data without secrets', subject: instance([]), expect: 'pass', source: userData },
  {
    name: 'a secret',
    subject: instance([secret('line 12')]),
    expect: 'fail',
    reason: 'aws-secret-access-key in line 12.',
    source: userData,
  },
  {
    name: 'five secrets',
    subject: instance([1, 2, 3, 4, 5].map((n) => secret(`line ${n}`))),
    expect: 'fail',
    reason: 'line 5.',
  },
  {
    name: 'six secrets',
    subject: instance([1, 2, 3, 4, 5, 6].map((n) => secret(`line ${n}`))),
    expect: 'fail',
    reason: 'line 5 and 1 more.',
  },
  { name: 'no user data', subject: instance(null), expect: 'not-applicable', source: api },
  { name: 'terminated', subject: instance([secret('line 1')], 'terminated'), expect: 'not-applicable' },
  { name: 'being terminated', subject: instance([secret('line 1')], 'shutting-down'), expect: 'not-applicable' },
  {
    name: 'the user data could not be read',
    subject: instance(denied('ec2:DescribeInstanceAttribute')),
    expect: 'unknown',
  },
]);

import { make, testCheck } from '../../testing.ts';
import { check } from './volumes-encrypted.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-3';
const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/encrypted-volumes.html';

testCheck('ebs-volumes-encrypted', check, [
  { name: 'encrypted', subject: make('AWS::EC2::Volume'), expect: 'pass' },
  {
    name: 'not encrypted',
    subject: make('AWS::EC2::Volume', { encrypted: false }),
    expect: 'fail',
    reason: 'i-1234567890abcdef0',
    source: rule,
  },
  {
    name: 'not encrypted and not attached',
    subject: make('AWS::EC2::Volume', { encrypted: false, state: 'available', attachedInstanceIds: [] }),
    expect: 'not-applicable',
    source: control,
  },
  { name: 'the volumes could not be read', incomplete: ['AWS::EC2::Volume'], expect: 'unknown' },
]);

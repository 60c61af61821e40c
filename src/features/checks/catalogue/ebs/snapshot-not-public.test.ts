import { denied, make, testCheck } from '../../testing.ts';
import { check } from './snapshot-not-public.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/ebs-snapshot-public-restorable-check.html';
const sharing = 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html';

testCheck(
  'ebs-snapshot-not-public',
  check,
  [
    { name: 'private', subject: make('AWS::EC2::Snapshot'), expect: 'pass', source: sharing },
    { name: 'public', subject: make('AWS::EC2::Snapshot', { public: true }), expect: 'fail', source: rule },
    {
      name: 'public and, as it must be then, unencrypted',
      subject: make('AWS::EC2::Snapshot', { public: true, encrypted: false }),
      expect: 'fail',
      source: sharing,
    },
    {
      name: 'whether it is public could not be read',
      subject: make('AWS::EC2::Snapshot', { public: denied('ec2:DescribeSnapshots') }),
      expect: 'unknown',
    },
  ],
  { notApplicable: 'every snapshot can be shared' },
);

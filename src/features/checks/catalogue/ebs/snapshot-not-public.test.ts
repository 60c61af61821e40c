import { denied, make, testCheck } from '../../testing.ts';
import { check } from './snapshot-not-public.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/ebs-snapshot-public-restorable-check.html';
const block = 'https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html';
const sharing = 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html';

const region = (state: 'block-all-sharing' | 'block-new-sharing' | 'unblocked') => [
  make('AWS::EC2::EBSDefaults', { snapshotBlockPublicAccess: state }),
];

testCheck(
  'ebs-snapshot-not-public',
  check,
  [
    { name: 'private', subject: make('AWS::EC2::Snapshot'), expect: 'pass', source: sharing },
    {
      name: 'public',
      subject: make('AWS::EC2::Snapshot', { public: true }),
      evidence: region('unblocked'),
      expect: 'fail',
      source: rule,
    },
    {
      name: 'public before the region began to block new sharing',
      subject: make('AWS::EC2::Snapshot', { public: true }),
      evidence: region('block-new-sharing'),
      expect: 'fail',
      source: block,
    },
    {
      name: 'public before the region began to block all sharing, which takes it back',
      subject: make('AWS::EC2::Snapshot', { public: true }),
      evidence: region('block-all-sharing'),
      expect: 'pass',
      reason: 'block-all-sharing',
      source: block,
    },
    {
      name: 'public, and whether the region blocks it could not be read',
      subject: make('AWS::EC2::Snapshot', { public: true }),
      evidence: [
        make('AWS::EC2::EBSDefaults', {
          snapshotBlockPublicAccess: denied('ec2:GetSnapshotBlockPublicAccessState'),
        }),
      ],
      expect: 'unknown',
      reason: 'ec2:GetSnapshotBlockPublicAccessState',
    },
    {
      name: 'public, and the settings of the region could not be read',
      subject: make('AWS::EC2::Snapshot', { public: true }),
      incomplete: ['AWS::EC2::EBSDefaults'],
      expect: 'unknown',
    },
    {
      name: 'private, and whether the region blocks sharing could not be read',
      subject: make('AWS::EC2::Snapshot'),
      incomplete: ['AWS::EC2::EBSDefaults'],
      expect: 'pass',
    },
    {
      name: 'public and, as it must be then, unencrypted',
      subject: make('AWS::EC2::Snapshot', { public: true, encrypted: false }),
      evidence: region('unblocked'),
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

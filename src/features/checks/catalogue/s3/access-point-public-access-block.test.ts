import { denied, make, testCheck } from '../../testing.ts';
import { check } from './access-point-public-access-block.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-19';
const settings = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html';
const all = { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true };

testCheck(
  's3-access-point-public-access-block',
  check,
  [
    { name: 'all four settings on', subject: make('AWS::S3::AccessPoint'), expect: 'pass' },
    {
      name: 'one setting off',
      subject: make('AWS::S3::AccessPoint', { publicAccessBlock: { ...all, blockPublicPolicy: false } }),
      expect: 'fail',
      reason: 'BlockPublicPolicy off',
      source: control,
    },
    {
      name: 'one setting off although only a VPC reaches it',
      subject: make('AWS::S3::AccessPoint', {
        networkOrigin: 'VPC',
        vpcId: 'vpc-0a1b2c3d',
        publicAccessBlock: { ...all, ignorePublicAcls: false },
      }),
      expect: 'fail',
      source: settings,
    },
    { name: 'no settings at all', subject: make('AWS::S3::AccessPoint', { publicAccessBlock: null }), expect: 'fail' },
    {
      name: 'the settings could not be read',
      subject: make('AWS::S3::AccessPoint', { publicAccessBlock: denied('s3:GetAccessPoint') }),
      expect: 'unknown',
    },
  ],
  { notApplicable: 'every access point has these settings' },
);

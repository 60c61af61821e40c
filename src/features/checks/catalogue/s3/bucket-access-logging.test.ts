import { denied, make, testCheck } from '../../testing.ts';
import { check } from './bucket-access-logging.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-9';
const logs = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html';

testCheck(
  's3-bucket-access-logging',
  check,
  [
    {
      name: 'logged to another bucket',
      subject: make('AWS::S3::Bucket'),
      expect: 'pass',
      reason: 'amzn-s3-demo-logs',
      source: control,
    },
    {
      name: 'logged without a prefix',
      subject: make('AWS::S3::Bucket', { logging: { targetBucket: 'amzn-s3-demo-logs', targetPrefix: '' } }),
      expect: 'pass',
      source: logs,
    },
    { name: 'not logged', subject: make('AWS::S3::Bucket', { logging: null }), expect: 'fail', reason: 'off' },
    {
      name: 'the setting could not be read',
      subject: make('AWS::S3::Bucket', { logging: denied('s3:GetBucketLogging') }),
      expect: 'unknown',
    },
  ],
  { notApplicable: 'every bucket can be logged' },
);

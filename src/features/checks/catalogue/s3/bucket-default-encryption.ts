import { isUnread, known } from '../../../../domain/evidence.ts';
import { fail, pass, unknown } from '../../../../domain/verdict.ts';
import { notRefused } from '../../../identity/index.ts';
import { resourceCheck } from '../../contract.ts';

/**
 * Passes when the bucket encrypts by default, or its policy denies uploads without server-side encryption, however that
 * is written: decided by the policy engine.
 * https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-server-side-encryption-enabled.html
 */
export const check = resourceCheck({
  subject: 'AWS::S3::Bucket',
  version: 2,
  title: 'S3 buckets should encrypt objects at rest by default',
  severity: 'medium',
  severityReason:
    'S3 has encrypted new objects by itself since January 2023; a bucket without a default is an old or odd one.',
  why: 'Default encryption decides which key protects every object that is uploaded without saying so. Without one, objects may lie unencrypted or under a key that nobody chose.',
  fix: {
    text: 'Set default encryption, with a KMS key of your own where access to the key shall be controlled apart.',
    cli: `aws s3api put-bucket-encryption --bucket <bucket> --server-side-encryption-configuration '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"AES256"}}]}'`,
    cloudformation: `Type: AWS::S3::Bucket
Properties:
  BucketEncryption:
    ServerSideEncryptionConfiguration:
      - ServerSideEncryptionByDefault: { SSEAlgorithm: AES256 }`,
    terraform: `resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = "<bucket>"
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-server-side-encryption-enabled.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html',
  ],
  controls: {
    securityHub: ['S3.4'],
    configRules: ['s3-bucket-server-side-encryption-enabled'],
    attack: ['T1530'],
    prowler: ['s3_bucket_default_encryption'],
  },
  evaluate({ arn, config }, { account }) {
    const { encryption, policy } = config;
    if (!isUnread(encryption) && encryption !== null)
      return pass(`Objects are encrypted by default (${encryption.algorithm}).`);
    const text = known(policy);
    const asked = { kind: 'bucket', arn, account: account.id } as const;
    const uploads = (named: readonly string[]) => {
      const left = notRefused({ ...asked, policy: text ?? '{"Statement":[]}' }, { [header]: named });
      return { allowed: left.actions.some(({ action }) => action === 's3:PutObject'), unreadable: left.unreadable };
    };
    const bare = uploads([]);
    // A policy that refuses every upload demands nothing.
    if (!bare.allowed && algorithms.some((one) => uploads([one]).allowed)) {
      return pass('The bucket policy denies uploads without server-side encryption.');
    }
    if (text !== null && bare.unreadable !== undefined) return unknown(bare.unreadable.slice(0, 500));
    known(encryption);
    return fail('The bucket has no default encryption, and its policy does not demand encryption of uploads.');
  },
});

const header = 's3:x-amz-server-side-encryption';
const algorithms = ['AES256', 'aws:kms', 'aws:kms:dsse'];

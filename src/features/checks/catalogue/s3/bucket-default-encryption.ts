import { isUnread, known } from '../../../../domain/evidence.ts';
import { fail, pass, unknown } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { type PolicyStatement, policyStatements } from '../../facts/policy-statements.ts';
import { covers } from '../../facts/wildcard.ts';

/**
 * Passes when the bucket encrypts by default, or its policy denies uploads without server-side encryption.
 * https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-server-side-encryption-enabled.html
 */
export const check = resourceCheck({
  subject: 'AWS::S3::Bucket',
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
  evaluate(bucket, { partition }) {
    const { encryption, policy } = bucket.config;
    if (!isUnread(encryption) && encryption !== null)
      return pass(`Objects are encrypted by default (${encryption.algorithm}).`);
    const document = known(policy);
    const statements = document === null ? [] : policyStatements(document);
    if (statements === undefined) return unknown('The bucket policy is not a policy document that can be read.');
    const objects = `arn:${partition}:s3:::${bucket.name}/*`;
    if (statements.some((statement) => deniesUnencrypted(statement, objects))) {
      return pass('The bucket policy denies uploads without server-side encryption.');
    }
    known(encryption);
    return fail('The bucket has no default encryption, and its policy does not demand encryption of uploads.');
  },
});

const header = 's3:x-amz-server-side-encryption';
const algorithms = new Set(['AES256', 'aws:kms', 'aws:kms:dsse']);

/** A denial of uploads by everybody when the encryption header is missing or names another algorithm. */
function deniesUnencrypted(statement: PolicyStatement, objects: string): boolean {
  const [condition] = statement.conditions;
  if (statement.effect !== 'Deny' || !statement.everyPrincipal) return false;
  if (!statement.actions.some((action) => covers(action, 's3:putobject'))) return false;
  if (!statement.resources.some((resource) => covers(resource, objects))) return false;
  if (statement.conditions.length !== 1 || condition?.key !== header) return false;
  if (condition.operator === 'null') return condition.values.includes('true');
  return condition.operator === 'stringnotequals' && condition.values.every((value) => algorithms.has(value));
}

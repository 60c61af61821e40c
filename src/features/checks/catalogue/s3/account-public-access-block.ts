import { fail, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { settingsOff } from '../../facts/public-access.ts';

/** Passes when all four settings are on: https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-1 */
export const check = resourceCheck({
  subject: 'AWS::S3::AccountPublicAccessBlock',
  title: 'The account should block public access to S3',
  severity: 'high',
  severityReason: 'One wrong policy or ACL on any bucket is then enough to publish its data.',
  why: "The account's setting overrules every bucket. Without it, each bucket is only as private as its own policy, ACL and settings, today and after every change.",
  fix: {
    text: 'Turn on all four settings for the account, after moving intentionally public content behind CloudFront or into an account of its own.',
    cli: 'aws s3control put-public-access-block --account-id <account> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
    terraform: `resource "aws_s3_account_public_access_block" "this" {
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}`,
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-1',
    'https://docs.aws.amazon.com/config/latest/developerguide/s3-account-level-public-access-blocks-periodic.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
  ],
  controls: {
    securityHub: ['S3.1'],
    configRules: ['s3-account-level-public-access-blocks-periodic', 's3-account-level-public-access-blocks'],
    cis30: ['2.1.4'],
    cis50: ['2.1.4'],
    attack: ['T1530'],
    prowler: ['s3_account_level_public_access_blocks'],
  },
  evaluate({ config }) {
    if (config.publicAccessBlock === null) return fail('The account has no public access block.');
    const off = settingsOff(config.publicAccessBlock);
    if (off.length > 0) return fail(`The account's public access block leaves ${off.join(', ')} off.`);
    return pass("The account's public access block has all four settings on.");
  },
});

import { known } from '../../../../domain/evidence.ts';
import { fail, pass, unknown } from '../../../../domain/verdict.ts';
import { notRefused } from '../../../identity/index.ts';
import { resourceCheck } from '../../contract.ts';

/**
 * Passes when the policy's denies, taken together, refuse every S3 action on the bucket and its objects to everybody
 * without TLS, however they are written. Decided by the policy engine.
 * https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-ssl-requests-only.html
 * https://repost.aws/knowledge-center/s3-bucket-policy-for-config-rule
 */
export const check = resourceCheck({
  subject: 'AWS::S3::Bucket',
  version: 2,
  title: 'S3 buckets should refuse requests without TLS',
  severity: 'medium',
  severityReason: 'Clients use TLS by default; only a misconfigured or attacked one would send data in the clear.',
  why: 'Without a denying statement S3 also answers plain HTTP. Whoever is on the path can then read or change objects and reuse presigned links.',
  fix: {
    text: 'Add a statement that denies s3:* on the bucket and its objects to everybody when aws:SecureTransport is false. The command replaces the whole policy: where there is one, put the statement into it.',
    cli: `aws s3api put-bucket-policy --bucket <bucket> --policy '{"Version":"2012-10-17","Statement":[{"Sid":"DenyWithoutTls","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::<bucket>","arn:aws:s3:::<bucket>/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}'`,
    cloudformation: `Type: AWS::S3::BucketPolicy
Properties:
  Bucket: <bucket>
  PolicyDocument:
    Version: '2012-10-17'
    Statement:
      - Effect: Deny
        Principal: '*'
        Action: s3:*
        Resource: [arn:aws:s3:::<bucket>, arn:aws:s3:::<bucket>/*]
        Condition: { Bool: { aws:SecureTransport: 'false' } }`,
    terraform: `data "aws_iam_policy_document" "tls" {
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = ["<bucket arn>", "<bucket arn>/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-ssl-requests-only.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-5',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html',
  ],
  controls: {
    securityHub: ['S3.5'],
    configRules: ['s3-bucket-ssl-requests-only'],
    cis30: ['2.1.1'],
    cis50: ['2.1.1'],
    attack: ['T1040', 'T1557'],
    prowler: ['s3_bucket_secure_transport_policy'],
  },
  evaluate({ arn, config }, { account }) {
    const policy = known(config.policy);
    if (policy === null) return fail('There is no bucket policy, so requests without TLS are answered.');
    const asked = { kind: 'bucket', arn, account: account.id, policy } as const;
    const { actions, unreadable } = notRefused(asked, { 'aws:SecureTransport': ['false'] });
    if (actions.length === 0) return pass('The bucket policy denies every request without TLS.');
    if (unreadable !== undefined) return unknown(unreadable.slice(0, 500));
    const left = namesOf(actions.map(({ action }) => action));
    const targets = new Set(actions.map(({ target }) => target));
    if (targets.size > 1) return fail(`No statement of the bucket policy denies ${left} to everybody without TLS.`);
    const covered = targets.has('itself') ? 'objects' : 'bucket';
    return fail(`The bucket policy denies requests without TLS only for the ${covered}; ${left} are answered.`);
  },
});

function namesOf(actions: readonly string[]): string {
  const named = actions.slice(0, 3).join(', ');
  return actions.length > 3 ? `${named} and ${actions.length - 3} more actions` : named;
}

import { known } from '../../../../domain/evidence.ts';
import { fail, pass, unknown } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { type PolicyStatement, policyStatements } from '../../facts/policy-statements.ts';
import { covers } from '../../facts/wildcard.ts';

/**
 * Passes when a statement denies every S3 action to everybody, on the bucket and on its objects, without TLS.
 * https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-ssl-requests-only.html
 * https://repost.aws/knowledge-center/s3-bucket-policy-for-config-rule
 */
export const check = resourceCheck({
  subject: 'AWS::S3::Bucket',
  title: 'S3 buckets should refuse requests without TLS',
  severity: 'medium',
  severityReason: 'Clients use TLS by default; only a misconfigured or attacked one would send data in the clear.',
  why: 'Without a denying statement S3 also answers plain HTTP. Whoever is on the path can then read or change objects and reuse presigned links.',
  fix: {
    text: 'Add a statement that denies s3:* on the bucket and its objects to everybody when aws:SecureTransport is false.',
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
  evaluate(bucket, { partition }) {
    const policy = known(bucket.config.policy);
    if (policy === null) return fail('There is no bucket policy, so requests without TLS are answered.');
    const statements = policyStatements(policy);
    if (statements === undefined) return unknown('The bucket policy is not a policy document that can be read.');
    const denying = statements.filter(deniesWithoutTls);
    const arn = `arn:${partition}:s3:::${bucket.name}`;
    const denied = (what: string): boolean => denying.some((one) => one.resources.some((it) => covers(it, what)));
    const [ofBucket, ofObjects] = [denied(arn), denied(`${arn}/*`)];
    if (ofBucket && ofObjects) return pass('The bucket policy denies every request without TLS.');
    if (ofBucket || ofObjects) {
      return fail(`The bucket policy denies requests without TLS only for the ${ofBucket ? 'bucket' : 'objects'}.`);
    }
    return fail('No statement of the bucket policy denies all requests without TLS.');
  },
});

/** A denial of all S3 actions to everybody, on no other condition than missing TLS. */
function deniesWithoutTls(statement: PolicyStatement): boolean {
  const { effect, everyPrincipal, actions, conditions } = statement;
  const [condition] = conditions;
  return (
    effect === 'Deny' &&
    everyPrincipal &&
    (actions.includes('s3:*') || actions.includes('*')) &&
    conditions.length === 1 &&
    condition?.operator === 'bool' &&
    condition.key === 'aws:securetransport' &&
    condition.values.some((value) => value.toLowerCase() === 'false')
  );
}

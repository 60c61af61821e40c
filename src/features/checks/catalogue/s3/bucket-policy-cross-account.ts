import { known } from '../../../../domain/evidence.ts';
import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { accountBlock, exposedBucket } from '../../facts/bucket-exposure.ts';
import { type Found, describeOpen, openAccesses } from '../../facts/exposure.ts';
import { isBlocked } from '../../facts/public-access.ts';
import { covers } from '../../facts/wildcard.ts';

/**
 * Fails when the policy lets another account do one of the listed actions. Unlike the Config rule, which looks at
 * principals alone, it takes denies, conditions, the public access block and resource control policies into account:
 * what no other account can use is no finding; what one can use under conditions is, and the conditions are said.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-6
 */
export const check = resourceCheck({
  subject: 'AWS::S3::Bucket',
  needs: ['AWS::S3::AccountPublicAccessBlock'],
  title: 'Bucket policies should restrict access to other AWS accounts',
  severity: 'high',
  severityReason: 'Another account could open the bucket to itself or others, or weaken its encryption.',
  why: 'Sharing data with another account needs no right to change policy, ACLs or encryption. Whoever has one of these rights decides who else gets in, and a break-in there becomes one here.',
  fix: {
    text: 'Remove the listed actions from the statements that name other accounts, or name them one by one instead of with wildcards.',
    cli: 'aws s3api get-bucket-policy --bucket <bucket> --query Policy --output text',
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-6',
    'https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-blacklisted-actions-prohibited.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-walkthroughs-managing-access-example2.html',
  ],
  controls: {
    securityHub: ['S3.6'],
    configRules: ['s3-bucket-blacklisted-actions-prohibited'],
    attack: ['T1098', 'T1222'],
    prowler: ['s3_bucket_cross_account_access'],
  },
  parameters: {
    actions: {
      type: 'strings',
      default: [
        's3:DeleteBucketPolicy',
        's3:PutBucketAcl',
        's3:PutBucketPolicy',
        's3:PutEncryptionConfiguration',
        's3:PutObjectAcl',
      ],
      description: 'Actions that no other account may be allowed; `*` stands for any characters.',
    },
  },
  evaluate(bucket, context) {
    const text = known(bucket.config.policy);
    if (text === null) return notApplicable('The bucket has no policy.');
    const given = context.parameter('actions');
    const patterns = (Array.isArray(given) ? (given as readonly string[]) : []).map((one) => one.toLowerCase());
    const listed = (actions: readonly string[]): readonly string[] =>
      actions.filter((action) => patterns.some((pattern) => covers(pattern, action.toLowerCase())));
    const find = (restrictPublicBuckets: boolean): Found => {
      const block = { blockPublicAcls: false, ignorePublicAcls: false, restrictPublicBuckets };
      const exposed = exposedBucket(bucket, text, [], block);
      return openAccesses(
        exposed,
        context,
        ({ audience, actions }) => audience.kind !== 'service' && listed(actions).length > 0,
      );
    };
    const unblocked = find(false);
    if (unblocked.stopped) {
      return pass('The policy would open the bucket to other accounts, but a resource control policy keeps them out.');
    }
    const blocked = unblocked.open.length === 0 ? unblocked : find(true);
    const matters = blocked.open.length < unblocked.open.length;
    const found =
      matters && isBlocked(bucket.config, 'restrictPublicBuckets', () => accountBlock(context)) ? blocked : unblocked;
    if (found.open.length > 0) {
      const open = found.open.map((access) => ({ ...access, actions: listed(access.actions) }));
      return fail(describeOpen('Its policy opens the bucket to other accounts', { ...found, open }));
    }
    if (matters)
      return pass('The policy would open the bucket to other accounts, but the public access block stops it.');
    return pass('The policy lets no other account do any of the listed actions.');
  },
});

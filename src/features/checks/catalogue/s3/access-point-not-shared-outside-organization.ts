import { resourceCheck } from '../../contract.ts';
import { judgeAccessPoint } from '../../facts/access-point-exposure.ts';
import { isOutside } from '../../facts/exposure.ts';

/**
 * Fails when an account outside the organisation, or everybody, comes through the access point.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-resources.html#access-analyzer-s3
 */
export const check = resourceCheck({
  subject: 'AWS::S3::AccessPoint',
  needs: ['AWS::S3::Bucket', 'AWS::S3::AccountPublicAccessBlock'],
  title: 'S3 access points should be shared within the organisation only',
  severity: 'medium',
  severityReason: 'An account that nobody here watches can reach what the bucket holds.',
  why: 'Whoever reads the bucket policy sees nothing of whom its access points admit. What is shared there is easily forgotten when the work with a partner ends.',
  fix: {
    text: 'Remove accounts outside the organisation from the policy of the access point. Mute access points that are shared with a partner on purpose.',
    cli: 'aws s3control get-access-point-policy --account-id <account> --name <access point>',
  },
  references: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-resources.html',
  ],
  controls: { attack: ['T1530', 'T1537'] },
  evaluate: (point, context) =>
    judgeAccessPoint(point, context, {
      picks: isOutside,
      open: 'The access point is shared outside the organisation',
      shut: 'The access point is shared with nobody outside the organisation.',
    }),
});

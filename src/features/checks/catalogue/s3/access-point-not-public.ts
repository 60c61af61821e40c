import { resourceCheck } from '../../contract.ts';
import { judgeAccessPoint } from '../../facts/access-point-exposure.ts';
import { isPublic } from '../../facts/exposure.ts';

/**
 * Fails when everybody comes through the access point: its policy and the bucket's admit them, and no public access
 * block stops it. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html
 */
export const check = resourceCheck({
  subject: 'AWS::S3::AccessPoint',
  needs: ['AWS::S3::Bucket', 'AWS::S3::AccountPublicAccessBlock'],
  title: 'S3 access points should not be open to the public',
  severity: 'critical',
  severityReason: 'Everybody on the internet can read or change what the bucket behind it holds.',
  why: 'A bucket that leaves it to its access points looks closed by itself. One statement for everybody in the policy of one access point opens it all the same.',
  fix: {
    text: 'Remove the statement for everybody from the policy of the access point, or name accounts or the organisation in it. Access points whose public access block is off have to be made anew.',
    cli: 'aws s3control delete-access-point-policy --account-id <account> --name <access point>',
  },
  references: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
  ],
  controls: { attack: ['T1530', 'T1190'] },
  evaluate: (point, context) =>
    judgeAccessPoint(point, context, {
      picks: isPublic,
      open: 'The access point is public',
      shut: 'The access point is not public.',
    }),
});

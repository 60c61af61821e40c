import { known } from '../../../../domain/evidence.ts';
import { fail, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { settingsOff } from '../../facts/public-access.ts';

/** Passes when all four settings are on: https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-19 */
export const check = resourceCheck({
  subject: 'AWS::S3::AccessPoint',
  title: 'S3 access points should block public access',
  severity: 'critical',
  severityReason: 'The settings are on unless somebody turned them off, and they cannot be turned on again afterwards.',
  why: 'An access point has a policy of its own. Without the block, one statement opens the bucket behind it to everybody.',
  fix: {
    text: 'The settings of an access point cannot be changed: create another with all four on, move its users over and delete this one.',
    cli: 'aws s3control create-access-point --account-id <account> --name <new name> --bucket <bucket> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
    cloudformation: `Type: AWS::S3::AccessPoint
Properties:
  Bucket: <bucket>
  PublicAccessBlockConfiguration:
    BlockPublicAcls: true
    IgnorePublicAcls: true
    BlockPublicPolicy: true
    RestrictPublicBuckets: true`,
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-19',
    'https://docs.aws.amazon.com/config/latest/developerguide/s3-access-point-public-access-blocks.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html',
  ],
  controls: {
    securityHub: ['S3.19'],
    configRules: ['s3-access-point-public-access-blocks'],
    attack: ['T1530'],
    prowler: ['s3_access_point_public_access_block'],
  },
  evaluate({ config }) {
    const off = settingsOff(known(config.publicAccessBlock));
    if (off.length > 0) return fail(`The access point leaves ${off.join(', ')} off.`);
    return pass('The access point has all four settings on.');
  },
});

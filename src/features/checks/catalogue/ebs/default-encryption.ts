import { known } from '../../../../domain/evidence.ts';
import { fail, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/** Passes when the region encrypts new volumes by itself: https://docs.aws.amazon.com/config/latest/developerguide/ec2-ebs-encryption-by-default.html */
export const check = resourceCheck({
  subject: 'AWS::EC2::EBSDefaults',
  title: 'EBS should encrypt new volumes by default',
  severity: 'medium',
  severityReason: 'Every volume that somebody creates without thinking of it lies unencrypted, with all its snapshots.',
  why: 'With the default on, no volume and no copy of a snapshot can be made unencrypted in the region. It costs nothing and is not noticed.',
  fix: {
    text: 'Turn it on in every region, those not yet used too.',
    cli: 'aws ec2 enable-ebs-encryption-by-default --region <region>',
    terraform: `resource "aws_ebs_encryption_by_default" "this" {
  enabled = true
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/ec2-ebs-encryption-by-default.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-7',
    'https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html',
  ],
  controls: {
    securityHub: ['EC2.7'],
    configRules: ['ec2-ebs-encryption-by-default'],
    cis30: ['2.2.1'],
    cis50: ['5.1.1'],
    attack: ['T1530'],
    prowler: ['ec2_ebs_default_encryption'],
  },
  evaluate({ config }) {
    return known(config.encryptionByDefault)
      ? pass('New volumes are encrypted by default.')
      : fail('New volumes are not encrypted by default in this region.');
  },
});

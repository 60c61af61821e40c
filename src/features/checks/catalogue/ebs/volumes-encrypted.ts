import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/** Passes for an attached volume that is encrypted: https://docs.aws.amazon.com/config/latest/developerguide/encrypted-volumes.html */
export const check = resourceCheck({
  subject: 'AWS::EC2::Volume',
  title: 'Attached EBS volumes should be encrypted',
  severity: 'medium',
  severityReason: 'Unencrypted snapshots of it can be shared with anybody, and no key stands in the way.',
  why: 'Encryption puts a key between the data and whoever gets hold of a snapshot. A volume cannot be encrypted afterwards, only replaced.',
  fix: {
    text: 'Snapshot the volume, copy the snapshot encrypted, make a volume of it and swap the two.',
    cli: `aws ec2 create-snapshot --volume-id <volume>
aws ec2 copy-snapshot --source-region <region> --source-snapshot-id <snapshot> --encrypted
aws ec2 create-volume --snapshot-id <encrypted snapshot> --availability-zone <zone>`,
    cloudformation: `Type: AWS::EC2::Volume
Properties:
  Encrypted: true`,
    terraform: `resource "aws_ebs_volume" "this" {
  encrypted = true
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/encrypted-volumes.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-3',
    'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html',
  ],
  controls: {
    securityHub: ['EC2.3'],
    configRules: ['encrypted-volumes'],
    attack: ['T1530'],
    prowler: ['ec2_ebs_volume_encryption'],
  },
  evaluate({ config }) {
    if (config.attachedInstanceIds.length === 0) return notApplicable('The volume is attached to no instance.');
    return config.encrypted
      ? pass('The volume is encrypted.')
      : fail(`The volume, attached to ${config.attachedInstanceIds[0]}, is not encrypted.`);
  },
});

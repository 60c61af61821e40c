import { known } from '../../../../domain/evidence.ts';
import { fail, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/**
 * Fails when everybody may restore the snapshot. Where the region blocks all public sharing, a snapshot that was shared
 * before still says that it is public, but nobody outside gets at it.
 * https://docs.aws.amazon.com/config/latest/developerguide/ebs-snapshot-public-restorable-check.html
 * https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html
 */
export const check = resourceCheck({
  subject: 'AWS::EC2::Snapshot',
  version: 2,
  needs: ['AWS::EC2::EBSDefaults'],
  title: 'EBS snapshots should not be public',
  severity: 'critical',
  severityReason: 'Any AWS account can copy the whole disk within minutes, and nobody sees it.',
  why: 'Public snapshots are listed for everybody and are harvested automatically for keys, databases and source code. A copy that was taken stays taken.',
  fix: {
    text: 'Make the snapshot private, block public sharing for the region, and treat what was on the disk as leaked.',
    cli: `aws ec2 modify-snapshot-attribute --snapshot-id <snapshot> --attribute createVolumePermission --operation-type remove --group-names all
aws ec2 enable-snapshot-block-public-access --state block-all-sharing --region <region>`,
    terraform: `resource "aws_ebs_snapshot_block_public_access" "this" {
  state = "block-all-sharing"
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/ebs-snapshot-public-restorable-check.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-1',
    'https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html',
  ],
  controls: {
    securityHub: ['EC2.1'],
    configRules: ['ebs-snapshot-public-restorable-check'],
    attack: ['T1537', 'T1530'],
    prowler: ['ec2_ebs_public_snapshot'],
  },
  evaluate({ config }, context) {
    if (!known(config.public)) return pass('The snapshot is not public.');
    const [defaults] = context.resources('AWS::EC2::EBSDefaults');
    if (defaults !== undefined && known(defaults.config.snapshotBlockPublicAccess) === 'block-all-sharing') {
      return pass(
        'The snapshot is shared with everybody, but the region’s block public access for snapshots (block-all-sharing) keeps them out. Remove the permission: it counts again once the block is off.',
      );
    }
    return fail('Everybody may restore the snapshot.');
  },
});

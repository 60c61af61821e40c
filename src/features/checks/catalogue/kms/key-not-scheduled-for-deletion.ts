import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/** Fails for a customer's key that waits for deletion: https://docs.aws.amazon.com/config/latest/developerguide/kms-cmk-not-scheduled-for-deletion.html */
export const check = resourceCheck({
  subject: 'AWS::KMS::Key',
  title: 'KMS keys should not be scheduled for deletion by mistake',
  severity: 'critical',
  severityReason: 'When the waiting time is over, everything that was encrypted with the key is lost for good.',
  why: 'Deleting a key deletes the data under it. Attackers do it for ransom or sabotage, and people by mistake; until the date it can be undone.',
  fix: {
    text: 'Find out from CloudTrail who scheduled it and what the key protects. Cancel the deletion unless it is meant.',
    cli: `aws kms cancel-key-deletion --key-id <key>
aws kms enable-key --key-id <key>`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/kms-cmk-not-scheduled-for-deletion.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-3',
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html',
  ],
  controls: {
    securityHub: ['KMS.3'],
    configRules: ['kms-cmk-not-scheduled-for-deletion'],
    attack: ['T1485', 'T1486'],
    prowler: ['kms_cmk_not_deleted_unintentionally'],
  },
  evaluate({ config }) {
    if (config.manager === 'AWS') return notApplicable('AWS manages this key; nobody can delete it.');
    if (config.state === 'PendingDeletion' || config.state === 'PendingReplicaDeletion') {
      return fail(
        config.deletionAt === null ? 'The key waits for deletion.' : `The key will be deleted at ${config.deletionAt}.`,
      );
    }
    return pass(`The key is not scheduled for deletion; its state is ${config.state}.`);
  },
});

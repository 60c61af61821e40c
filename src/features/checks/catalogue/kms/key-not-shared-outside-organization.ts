import { isUnread, known } from '../../../../domain/evidence.ts';
import { notApplicable } from '../../../../domain/verdict.ts';
import { engineGrants } from '../../../identity/index.ts';
import { resourceCheck } from '../../contract.ts';
import { judgeSharing } from '../../facts/exposure.ts';

/**
 * Fails when the key policy or a grant lets an account outside the organisation use the key. Grants to services are
 * made by the services themselves on behalf of who uses them and count as nobody's.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-resources.html#access-analyzer-kms-key
 */
export const check = resourceCheck({
  subject: 'AWS::KMS::Key',
  title: 'KMS keys should be shared within the organisation only',
  severity: 'medium',
  severityReason: 'An account that nobody here watches can decrypt what the key protects once it reaches the data.',
  why: 'Snapshots, objects and secrets that leave the organisation stay unreadable as long as the key stays. Grants are easily overlooked: they stand in no policy, and last until somebody retires them.',
  fix: {
    text: 'Revoke grants to other accounts that are no longer needed, and name in the key policy none but accounts of the organisation. Mute keys that are shared with a partner on purpose.',
    cli: `aws kms list-grants --key-id <key-id>
aws kms revoke-grant --key-id <key-id> --grant-id <grant-id>`,
  },
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/grants.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-resources.html',
  ],
  controls: { attack: ['T1530', 'T1098'] },
  evaluate({ arn, config }, context) {
    if (config.manager === 'AWS') return notApplicable('AWS manages the key: no other account can use it.');
    const policy = known(config.policy);
    const { grants } = config;
    const kmsGrants = isUnread(grants) ? [] : engineGrants(grants ?? []);
    const judgement = judgeSharing('key', { kind: 'key', arn, policy, kmsGrants }, context);
    // Nothing was found, but a grant that was not read may be what is looked for.
    if (judgement.verdict !== 'fail') known(grants);
    return judgement;
  },
});

import { known } from '../../../../domain/evidence.ts';
import { notApplicable } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { judgeSharing } from '../../facts/exposure.ts';
import { deletedSecret } from '../../facts/secret-rotation.ts';

/**
 * Fails when the secret's policy lets an account outside the organisation use it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-resources.html#access-analyzer-secrets-manager
 */
export const check = resourceCheck({
  subject: 'AWS::SecretsManager::Secret',
  title: 'Secrets should be shared within the organisation only',
  severity: 'high',
  severityReason: 'Whoever takes over the other account reads the credential, and nobody here sees how.',
  why: 'A policy that names another account trusts all who can change roles there. Partners leave, accounts are sold, and the statement stays.',
  fix: {
    text: 'Take accounts that do not belong to the organisation out of the secret’s policy and rotate the secret. Give a partner a credential of its own, or mute secrets that are shared on purpose.',
    cli: `aws secretsmanager get-resource-policy --secret-id <secret-arn>
aws secretsmanager put-resource-policy --secret-id <secret-arn> --resource-policy file://policy.json --block-public-policy`,
  },
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-resources.html#access-analyzer-secrets-manager',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html',
  ],
  controls: { attack: ['T1555.006', 'T1199'] },
  evaluate({ arn, config }, context) {
    if (config.deletedAt !== null) return notApplicable(deletedSecret);
    const policy = known(config.policy);
    if (policy === null) return notApplicable('The secret has no policy.');
    return judgeSharing('secret', { kind: 'secret', arn, policy }, context);
  },
});

import { fail, notApplicable, pass, unknown } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { daysSince } from '../../facts/days.ts';
import { managedBy, whyNotRotatedHere } from '../../facts/secret-rotation.ts';

/**
 * Fails when the date of the next rotation has passed; secrets without rotation are left out.
 * https://docs.aws.amazon.com/config/latest/developerguide/secretsmanager-scheduled-rotation-success-check.html
 */
export const check = resourceCheck({
  subject: 'AWS::SecretsManager::Secret',
  title: 'Secrets should be rotated when it is due',
  severity: 'medium',
  severityReason: 'Everybody believes that the credential changes, and it does not.',
  why: 'Rotation fails silently: the function lost a permission or its way to the database. The old credential goes on working, and so does every copy of it.',
  fix: {
    text: 'Look into the log of the rotation function for what failed, mend it, and rotate at once.',
    cli: `aws secretsmanager describe-secret --secret-id <secret-arn>
aws secretsmanager rotate-secret --secret-id <secret-arn>`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/secretsmanager-scheduled-rotation-success-check.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html#secretsmanager-2',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot_rotation.html',
  ],
  controls: {
    securityHub: ['SecretsManager.2'],
    configRules: ['secretsmanager-scheduled-rotation-success-check'],
    attack: ['T1078.004', 'T1552'],
  },
  evaluate(secret, context) {
    const elsewhere = whyNotRotatedHere(secret);
    if (elsewhere !== undefined) return notApplicable(elsewhere);
    const { rotationEnabled, nextRotationAt, lastRotatedAt, owningService } = secret.config;
    if (!rotationEnabled) return notApplicable('The secret is not rotated automatically.');
    const late = nextRotationAt === null ? undefined : daysSince(nextRotationAt, context.now);
    if (late === undefined) return unknown('When the secret is to be rotated next is not known.');
    if (late <= 0) return pass(`The next rotation is due by ${nextRotationAt}.`);
    const last = lastRotatedAt === null ? 'it was never rotated' : `it was last rotated at ${lastRotatedAt}`;
    return fail(`A rotation was due by ${nextRotationAt}, and ${last}.${managedBy(owningService)}`);
  },
});

import { fail, notApplicable, pass, unknown } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { daysSince } from '../../facts/days.ts';
import { deletedSecret, managedBy } from '../../facts/secret-rotation.ts';

/**
 * Fails when nobody has read the secret for so many days; one that was never read counts from when it was made. AWS
 * keeps the date of the last read by region: a replica that nobody reads there is unused.
 * https://docs.aws.amazon.com/config/latest/developerguide/secretsmanager-secret-unused.html
 */
export const check = resourceCheck({
  subject: 'AWS::SecretsManager::Secret',
  title: 'Secrets that nobody uses should be deleted',
  severity: 'medium',
  severityReason: 'What it opens stays open to whoever may read it, and nobody would miss it.',
  why: 'Former users keep their copies, and the credential behind an unused secret usually works on. It costs money every month as well.',
  fix: {
    text: 'Find out what the secret opens, take that credential out of service, and delete the secret with a recovery window.',
    cli: 'aws secretsmanager delete-secret --secret-id <secret-arn> --recovery-window-in-days 30',
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/secretsmanager-secret-unused.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html#secretsmanager-3',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html',
  ],
  controls: {
    securityHub: ['SecretsManager.3'],
    configRules: ['secretsmanager-secret-unused'],
    attack: ['T1078.004', 'T1552'],
    prowler: ['secretsmanager_secret_unused'],
  },
  parameters: {
    unusedForDays: {
      type: 'number',
      default: 90,
      minimum: 1,
      description: 'Days that a secret may go unused.',
    },
  },
  evaluate({ config }, context) {
    const { deletedAt, lastAccessedAt, createdAt, owningService } = config;
    if (deletedAt !== null) return notApplicable(deletedSecret);
    const most = Number(context.parameter('unusedForDays'));
    const days = daysSince(lastAccessedAt ?? createdAt, context.now);
    if (days === undefined) return unknown('When the secret was used or made is not known.');
    const said =
      lastAccessedAt === null
        ? `The secret was made at ${createdAt} and never used`
        : `The secret was last used on ${lastAccessedAt.slice(0, 10)}`;
    // AWS gives the day alone: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_SecretListEntry.html
    if (Math.floor(days) <= most) return pass(`${said}.`);
    return fail(`${said}, ${Math.floor(days)} days ago; ${most} are allowed.${managedBy(owningService)}`);
  },
});

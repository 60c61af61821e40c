import { fail, notApplicable, pass, unknown } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { daysSince } from '../../facts/days.ts';
import { managedBy, whyNotRotatedHere } from '../../facts/secret-rotation.ts';

/**
 * Fails when the last rotation is longer ago than allowed. A secret that was never rotated counts from when it was made.
 * The date of its last change counts for nothing: a new tag moves it as well.
 * https://docs.aws.amazon.com/config/latest/developerguide/secretsmanager-secret-periodic-rotation.html
 */
export const check = resourceCheck({
  subject: 'AWS::SecretsManager::Secret',
  title: 'Secrets should have been rotated lately',
  severity: 'medium',
  severityReason: 'The older a credential, the more copies of it lie about; one still has to be found by somebody.',
  why: 'More and more people, logs and caches come to hold a secret that stays. Whatever leaked stops working with the next rotation.',
  fix: {
    text: 'Rotate the secret now, and turn on rotation with a schedule within the days that are allowed.',
    cli: `aws secretsmanager rotate-secret --secret-id <secret-arn> --rotation-lambda-arn <function-arn> --rotation-rules AutomaticallyAfterDays=30`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/secretsmanager-secret-periodic-rotation.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html#secretsmanager-4',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html',
  ],
  controls: {
    securityHub: ['SecretsManager.4'],
    configRules: ['secretsmanager-secret-periodic-rotation'],
    attack: ['T1078.004', 'T1552'],
    prowler: ['secretsmanager_secret_rotated_periodically'],
  },
  parameters: {
    maxDaysSinceRotation: {
      type: 'number',
      default: 90,
      minimum: 1,
      description: 'Days that a secret may stay as it is.',
    },
  },
  evaluate(secret, context) {
    const elsewhere = whyNotRotatedHere(secret);
    if (elsewhere !== undefined) return notApplicable(elsewhere);
    const { lastRotatedAt, createdAt, owningService } = secret.config;
    const most = Number(context.parameter('maxDaysSinceRotation'));
    const days = daysSince(lastRotatedAt ?? createdAt, context.now);
    if (days === undefined) return unknown('When the secret was rotated or made is not known.');
    const said =
      lastRotatedAt === null
        ? `The secret was made at ${createdAt} and never rotated`
        : `The secret was rotated at ${lastRotatedAt}`;
    if (days <= most) return pass(`${said}.`);
    return fail(`${said}, ${Math.floor(days)} days ago; ${most} are allowed.${managedBy(owningService)}`);
  },
});

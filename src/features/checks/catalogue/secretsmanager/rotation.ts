import { fail, notApplicable, pass, unknown } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { managedBy, whyNotRotatedHere } from '../../facts/secret-rotation.ts';

/** The longest schedule in days: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotationRulesType.html */
const longest = 1000;

/** Passes when the secret is rotated on a schedule: https://docs.aws.amazon.com/config/latest/developerguide/secretsmanager-rotation-enabled-check.html */
export const check = resourceCheck({
  subject: 'AWS::SecretsManager::Secret',
  title: 'Secrets should be rotated automatically',
  severity: 'medium',
  severityReason: 'It decides how long a leaked credential works; it has to leak first.',
  why: 'A credential that nobody changes works for whoever ever saw it: former staff, an old laptop, a log. Rotation by Secrets Manager changes the secret and what it opens together, without anybody reading it.',
  fix: {
    text: 'Turn on rotation: managed rotation where the service offers it, else a rotation function.',
    cli: `aws secretsmanager rotate-secret --secret-id <secret-arn> --rotation-lambda-arn <function-arn> --rotation-rules AutomaticallyAfterDays=30`,
    cloudformation: `Type: AWS::SecretsManager::RotationSchedule
Properties:
  SecretId: !Ref Secret
  RotationLambdaARN: !GetAtt Rotation.Arn
  RotationRules:
    AutomaticallyAfterDays: 30`,
    terraform: `resource "aws_secretsmanager_secret_rotation" "this" {
  secret_id           = aws_secretsmanager_secret.this.id
  rotation_lambda_arn = aws_lambda_function.rotation.arn
  rotation_rules {
    automatically_after_days = 30
  }
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/secretsmanager-rotation-enabled-check.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html#secretsmanager-1',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html',
  ],
  controls: {
    securityHub: ['SecretsManager.1'],
    configRules: ['secretsmanager-rotation-enabled-check'],
    attack: ['T1078.004', 'T1552'],
    prowler: ['secretsmanager_automatic_rotation_enabled'],
  },
  parameters: {
    maximumDays: {
      type: 'number',
      default: longest,
      minimum: 1,
      maximum: longest,
      description: 'Days that may lie between two rotations; AWS allows 1000.',
    },
  },
  evaluate(secret, context) {
    const elsewhere = whyNotRotatedHere(secret);
    if (elsewhere !== undefined) return notApplicable(elsewhere);
    const { rotationEnabled, rotationRules, owningService } = secret.config;
    if (!rotationEnabled) return fail(`The secret is not rotated automatically.${managedBy(owningService)}`);
    const most = Number(context.parameter('maximumDays'));
    const days = rotationRules?.automaticallyAfterDays ?? daysOf(rotationRules?.scheduleExpression);
    if (days === undefined) {
      const schedule = rotationRules?.scheduleExpression ?? 'a schedule that AWS does not say';
      if (most < longest) return unknown(`How many days lie between two rotations by ${schedule} is not known yet.`);
      return pass(`The secret is rotated by ${schedule}.`);
    }
    const often = `The secret is rotated every ${Math.round(days * 100) / 100} days`;
    return days > most ? fail(`${often}; ${most} are allowed.${managedBy(owningService)}`) : pass(`${often}.`);
  },
});

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html */
function daysOf(expression: string | null | undefined): number | undefined {
  const [, count, unit] = /^rate\((\d+) (hour|day)s?\)$/.exec(expression ?? '') ?? [];
  if (count === undefined) return undefined;
  return unit === 'hour' ? Number(count) / 24 : Number(count);
}

import type { PasswordPolicyConfig } from '../../../../domain/resources/iam.ts';
import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { type CheckContext, resourceCheck } from '../../contract.ts';

/** Passes when the policy is as strong as the parameters, with AWS Config's defaults: https://docs.aws.amazon.com/config/latest/developerguide/iam-password-policy.html */
export const check = resourceCheck({
  subject: 'AWS::IAM::PasswordPolicy',
  needs: ['AWS::IAM::AccountSummary'],
  title: 'The account should have a strong password policy',
  severity: 'medium',
  severityReason: 'Weak passwords fall to guessing and reuse; MFA softens it where it is in place.',
  why: 'The policy decides how short and how often used before the passwords of IAM users may be. Without one, only AWS’s default of eight characters holds.',
  fix: {
    text: 'Set a password policy, or have people sign in by federation and delete the IAM users.',
    cli: 'aws iam update-account-password-policy --minimum-password-length 14 --require-symbols --require-numbers --require-uppercase-characters --require-lowercase-characters --password-reuse-prevention 24 --max-password-age 90 --allow-users-to-change-password',
    terraform: `resource "aws_iam_account_password_policy" "this" {
  minimum_password_length        = 14
  require_symbols                = true
  require_numbers                = true
  require_uppercase_characters   = true
  require_lowercase_characters   = true
  password_reuse_prevention      = 24
  max_password_age               = 90
  allow_users_to_change_password = true
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/iam-password-policy.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-7',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html',
  ],
  controls: {
    securityHub: ['IAM.7', 'IAM.15', 'IAM.16'],
    configRules: ['iam-password-policy'],
    cis30: ['1.8', '1.9'],
    cis50: ['1.7', '1.8'],
    attack: ['T1110'],
    prowler: ['iam_password_policy_minimum_length_14'],
  },
  parameters: {
    minimumLength: {
      type: 'number',
      default: 14,
      minimum: 6,
      maximum: 128,
      description: 'Fewest characters that a password must have.',
    },
    reusePrevention: {
      type: 'number',
      default: 24,
      minimum: 0,
      maximum: 24,
      description: 'Earlier passwords that may not be used again; 0 to leave it open.',
    },
    maxAgeDays: {
      type: 'number',
      default: 90,
      minimum: 0,
      maximum: 1095,
      description: 'Days after which a password expires at the latest; 0 to leave it open.',
    },
    characters: {
      type: 'strings',
      default: ['uppercase', 'lowercase', 'numbers', 'symbols'],
      oneOf: ['uppercase', 'lowercase', 'numbers', 'symbols'],
      description: 'Kinds of characters that must be required: uppercase, lowercase, numbers, symbols.',
    },
  },
  evaluate({ config }, context) {
    const weaknesses = weaknessesOf(config.policy, context);
    if (weaknesses.length === 0) return pass('The password policy meets all requirements.');
    const [summary] = context.resources('AWS::IAM::AccountSummary');
    if (summary?.config.users === 0)
      return notApplicable('The account has no IAM users, so no password falls under the policy.');
    if (config.policy === null)
      return fail('The account has no password policy, so AWS’s default of eight characters holds.');
    return fail(`The password policy ${weaknesses.join(', ')}.`);
  },
});

function weaknessesOf(policy: PasswordPolicyConfig['policy'], context: CheckContext): readonly string[] {
  if (policy === null) return ['is missing'];
  const number = (name: string): number => Number(context.parameter(name));
  const characters = [context.parameter('characters')].flat();
  const required = {
    uppercase: policy.requireUppercase,
    lowercase: policy.requireLowercase,
    numbers: policy.requireNumbers,
    symbols: policy.requireSymbols,
  };
  const weaknesses = Object.entries(required)
    .filter(([kind, on]) => characters.includes(kind) && !on)
    .map(([kind]) => `requires no ${kind}`);
  if (policy.minimumLength < number('minimumLength')) weaknesses.push(`allows ${policy.minimumLength} characters`);
  if ((policy.reusePrevention ?? 0) < number('reusePrevention')) {
    weaknesses.push(`remembers ${policy.reusePrevention ?? 0} earlier passwords`);
  }
  const maxAge = number('maxAgeDays');
  if (maxAge > 0 && (policy.maxAgeDays ?? Infinity) > maxAge) {
    weaknesses.push(
      policy.maxAgeDays === null ? 'lets passwords never expire' : `lets passwords live ${policy.maxAgeDays} days`,
    );
  }
  return weaknesses;
}

import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/**
 * Passes when the user has an MFA device. AWS Config judges every user; by default users who cannot sign in to the
 * console are left out here, because nothing asks their access keys for MFA.
 * https://docs.aws.amazon.com/config/latest/developerguide/iam-user-mfa-enabled.html
 */
export const check = resourceCheck({
  subject: 'AWS::IAM::CredentialReport',
  title: 'IAM users should have MFA',
  severity: 'medium',
  severityReason: 'A second factor makes a stolen password useless; without one, each leaked password is an open door.',
  why: 'Passwords are phished, reused and leaked. MFA keeps the holder of a stolen password out of the account.',
  fix: {
    text: 'Let the user register an MFA device, preferably a passkey or security key. Better still, replace IAM users by federated sign-in.',
    cli: 'aws iam enable-mfa-device --user-name <user> --serial-number <device arn> --authentication-code1 <code> --authentication-code2 <next code>',
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/iam-user-mfa-enabled.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-19',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html',
  ],
  controls: { securityHub: ['IAM.19'], configRules: ['iam-user-mfa-enabled'], attack: ['T1078.004', 'T1110'] },
  parameters: {
    keyOnlyUsers: {
      type: 'string',
      default: 'exempt',
      oneOf: ['exempt', 'judge'],
      description: 'Users without a console password: "exempt", or "judge" as AWS Config does.',
    },
  },
  evaluate({ config }, context) {
    if (config.isRoot) return notApplicable('The root user is judged by iam-root-mfa-enabled.');
    if (config.mfaActive) return pass('The user has an MFA device.');
    if (config.passwordEnabled === true) return fail('The user can sign in to the console with a password alone.');
    if (context.parameter('keyOnlyUsers') === 'judge') return fail('The user has no MFA device.');
    const keys = config.accessKeys.filter((key) => key.active).length;
    return notApplicable(
      keys === 0
        ? 'The user has no password and no active key.'
        : 'The user has access keys only and no console password.',
    );
  },
});

import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/** Passes when a user with a console password has MFA: https://docs.aws.amazon.com/config/latest/developerguide/mfa-enabled-for-iam-console-access.html */
export const check = resourceCheck({
  subject: 'AWS::IAM::CredentialReport',
  title: 'IAM users with a console password should have MFA',
  severity: 'high',
  severityReason: 'A phished or reused password is all that an attacker needs to act as the user.',
  why: 'The console is open to the whole internet. Without a second factor the password is the only thing between an attacker and the user’s permissions.',
  fix: {
    text: 'Let the user register an MFA device, or delete the console password when it is not needed.',
    cli: 'aws iam enable-mfa-device --user-name <user> --serial-number <device arn> --authentication-code1 <code> --authentication-code2 <next code>\naws iam delete-login-profile --user-name <user>',
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/mfa-enabled-for-iam-console-access.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-5',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html',
  ],
  controls: {
    securityHub: ['IAM.5'],
    configRules: ['mfa-enabled-for-iam-console-access'],
    cis30: ['1.10'],
    cis50: ['1.9'],
    attack: ['T1078.004', 'T1110'],
    prowler: ['iam_user_mfa_enabled_console_access'],
  },
  evaluate({ config }) {
    if (config.isRoot) return notApplicable('The root user is judged by iam-root-mfa-enabled.');
    if (config.passwordEnabled !== true) return notApplicable('The user has no console password.');
    if (config.mfaActive) return pass('The user signs in with a password and MFA.');
    return fail('The user can sign in to the console with a password alone.');
  },
});

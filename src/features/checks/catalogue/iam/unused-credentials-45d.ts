import { fail, notApplicable, pass, unknown } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { daysSince } from '../../facts/days.ts';

/**
 * Fails when a password or active key was not used for the allowed days. One that was never used counts from the day
 * on which it was made. https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-22
 */
export const check = resourceCheck({
  subject: 'AWS::IAM::CredentialReport',
  title: 'Unused credentials of IAM users should be removed',
  severity: 'medium',
  severityReason: 'Nobody would notice if somebody else used them.',
  why: 'Credentials that nobody needs are still accepted. They belong to people who left or programs that are gone, so their misuse is not noticed.',
  fix: {
    text: 'Deactivate the credential, wait whether anything breaks, then delete it.',
    cli: `aws iam delete-login-profile --user-name <user>
aws iam update-access-key --user-name <user> --access-key-id <key> --status Inactive`,
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-22',
    'https://docs.aws.amazon.com/config/latest/developerguide/iam-user-unused-credentials-check.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html',
  ],
  controls: {
    securityHub: ['IAM.22', 'IAM.8'],
    configRules: ['iam-user-unused-credentials-check'],
    cis30: ['1.12'],
    cis50: ['1.11'],
    attack: ['T1078.004'],
    prowler: ['iam_user_accesskey_unused', 'iam_user_console_access_unused'],
  },
  parameters: {
    maxUnusedDays: {
      type: 'number',
      default: 45,
      minimum: 1,
      description: 'Days without use after which a credential counts as unused.',
    },
  },
  evaluate({ config }, context) {
    if (config.isRoot) return notApplicable('The root user is not among the IAM users.');
    const credentials = [
      ...(config.passwordEnabled === true
        ? [{ what: 'password', used: config.passwordLastUsed, made: config.passwordLastChanged ?? config.createdAt }]
        : []),
      ...config.accessKeys
        .map(({ active, lastUsed: used, lastRotated }, index) => ({
          active,
          what: `active access key ${index + 1}`,
          used,
          made: lastRotated ?? config.createdAt,
        }))
        .filter(({ active }) => active),
    ].map(({ what, used, made }) => ({ what, used, days: daysSince(used ?? made, context.now) }));
    if (credentials.length === 0) return notApplicable('The user has no password and no active key.');
    const maxDays = Number(context.parameter('maxUnusedDays'));
    const unused = credentials.filter(({ days }) => days !== undefined && days >= maxDays);
    if (unused.length > 0) {
      const told = unused.map(({ what, used, days }) => {
        const ago = `${Math.floor(days ?? 0)} days ago`;
        return used === null
          ? `its ${what} was never used since it was made ${ago}`
          : `its ${what} was last used ${ago}`;
      });
      return fail(`Unused for ${maxDays} days or more: ${told.join('; ')}.`);
    }
    if (credentials.some(({ days }) => days === undefined))
      return unknown('The credential report gives a date that is none.');
    return pass(`All credentials were used or made within ${maxDays} days.`);
  },
});

import { fail, notApplicable, pass, unknown } from '../../../../domain/verdict.ts';
import { scopeCheck } from '../../contract.ts';
import { daysSince } from '../../facts/days.ts';
import { noRootUser } from '../../facts/root-credentials.ts';

/** Passes when neither the root user's password nor a key of it was used lately, by the credential report. */
export const check = scopeCheck({
  subject: 'account',
  version: 2,
  needs: ['AWS::IAM::CredentialReport'],
  title: 'The root user should not be used in daily work',
  severity: 'high',
  severityReason: 'Every use of the root user is either a habit that exposes it or an attacker who has it.',
  why: 'No policy of the account limits the root user. Work that needs no root should be done by roles, so that each use of root stands out.',
  fix: {
    text: 'See in CloudTrail what the root user did, give that work to a role, and keep the root credentials for the few tasks that need them.',
    cli: 'aws cloudtrail lookup-events --lookup-attributes AttributeKey=Username,AttributeValue=root',
  },
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-20',
  ],
  controls: {
    securityHub: ['IAM.20'],
    cis30: ['1.7'],
    cis50: ['1.6'],
    attack: ['T1078.004'],
    prowler: ['iam_avoid_root_usage'],
  },
  parameters: {
    quietDays: {
      type: 'number',
      default: 30,
      minimum: 1,
      description: 'Days in which the root user should not have been used.',
    },
  },
  evaluate(context) {
    const none = noRootUser(context.partition);
    if (none !== undefined) return notApplicable(none);
    const root = context.resources('AWS::IAM::CredentialReport').find((row) => row.config.isRoot);
    if (root === undefined) return unknown('The credential report has no row for the root user.');
    const quietDays = Number(context.parameter('quietDays'));
    const uses = [
      { what: 'password', at: root.config.passwordLastUsed },
      ...root.config.accessKeys.map((key) => ({ what: 'access key', at: key.lastUsed })),
    ];
    const recent = uses.find(({ at }) => at !== null && (daysSince(at, context.now) ?? 0) < quietDays);
    if (recent !== undefined) return fail(`The root user's ${recent.what} was last used at ${recent.at}.`);
    return pass(`The root user was not used in the last ${quietDays} days.`);
  },
});

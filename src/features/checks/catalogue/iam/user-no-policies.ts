import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/** Passes when the user has its permissions from groups alone: https://docs.aws.amazon.com/config/latest/developerguide/iam-user-no-policies-check.html */
export const check = resourceCheck({
  subject: 'AWS::IAM::User',
  title: 'IAM users should have no policies of their own',
  severity: 'low',
  severityReason: 'It is harder to see who may do what; it opens nothing by itself.',
  why: 'Permissions given to single users are forgotten when people change roles. Groups and roles keep them visible and in one place.',
  fix: {
    text: 'Attach the policy to a group and put the user there, or let the user assume a role; then detach it from the user.',
    cli: `aws iam add-user-to-group --user-name <user> --group-name <group>
aws iam detach-user-policy --user-name <user> --policy-arn <policy arn>
aws iam delete-user-policy --user-name <user> --policy-name <inline policy>`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/iam-user-no-policies-check.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-2',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html',
  ],
  controls: {
    securityHub: ['IAM.2'],
    configRules: ['iam-user-no-policies-check'],
    cis30: ['1.15'],
    cis50: ['1.14'],
    attack: ['T1098.003'],
    prowler: ['iam_policy_attached_only_to_group_or_roles'],
  },
  evaluate({ config }) {
    const names = [...config.inlinePolicies, ...config.attachedPolicies].map((policy) => policy.name);
    if (names.length === 0) return pass('The user has no policy of its own.');
    if (names.length === 1 && config.inlinePolicies[0]?.name === sesPolicy) {
      return notApplicable('Amazon SES made this user for SMTP, with an inline policy.');
    }
    return fail(`The user has policies of its own: ${names.slice(0, 10).join(', ')}.`);
  },
});

/** The one inline policy of users that the SES console makes; Security Hub leaves them out. */
const sesPolicy = 'AmazonSesSendingAccess';

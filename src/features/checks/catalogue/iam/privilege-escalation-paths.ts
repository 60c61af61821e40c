import { notApplicable } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { judgeEscalation } from '../../facts/escalation.ts';

/**
 * Fails when a customer managed policy that is in use grants in full a set of permissions by which its holder widens its own
 * permissions or takes over another user or role. Conditions and denies of the same policy count; boundaries, control
 * policies and what other policies deny do not.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
 */
export const check = resourceCheck({
  subject: 'AWS::IAM::Policy',
  title: 'Customer managed policies should not allow privilege escalation',
  severity: 'high',
  severityReason: 'Everybody who has the policy can make himself administrator of the account.',
  why: 'Some permissions of IAM give all others: writing policies, attaching them, making keys for other users, changing who may assume a role. Whoever holds one of them is an administrator in waiting.',
  fix: {
    text: 'Remove the actions, or allow them on entities that are weaker than the holder alone, or only with a permissions boundary in place (a condition on iam:PermissionsBoundary).',
    cli: 'aws iam create-policy-version --policy-arn <policy-arn> --policy-document file://policy.json --set-as-default',
  },
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html',
  ],
  controls: {
    attack: ['T1098', 'T1098.001', 'T1098.003', 'T1078.004'],
    prowler: ['iam_policy_allows_privilege_escalation'],
  },
  aliases: ['iam-policy-allows-privilege-escalation'],
  evaluate({ name, config }, context) {
    if (config.awsManaged) return notApplicable('AWS manages the policy.');
    if (config.attachmentCount === 0) return notApplicable('The policy is attached to nobody.');
    return judgeEscalation([{ name: `The policy "${name}"`, document: config.document }], context);
  },
});

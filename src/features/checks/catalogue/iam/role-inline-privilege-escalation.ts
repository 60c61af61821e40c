import { notApplicable } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { judgeEscalation } from '../../facts/escalation.ts';

/**
 * Fails when an inline policy of a role grants in full a set of permissions by which its holder widens its own
 * permissions or takes over another user or role. Conditions and denies of the same policy count; boundaries, control
 * policies and what other policies deny do not.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
 */
export const check = resourceCheck({
  subject: 'AWS::IAM::Role',
  title: 'Inline policies of roles should not allow privilege escalation',
  severity: 'high',
  severityReason: 'Whoever assumes the role can become administrator of the account.',
  why: 'Some permissions of IAM give all others: writing policies, attaching them, making keys for other users, changing who may assume a role. Whoever holds one of them is an administrator in waiting.',
  fix: {
    text: 'Remove the actions, or allow them on entities that are weaker than the holder alone, or only with a permissions boundary in place (a condition on iam:PermissionsBoundary).',
    cli: 'aws iam put-role-policy --role-name <role> --policy-name <policy> --policy-document file://policy.json',
  },
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html',
  ],
  controls: {
    attack: ['T1098', 'T1098.001', 'T1098.003', 'T1078.004'],
    prowler: ['iam_inline_policy_allows_privilege_escalation'],
  },
  evaluate({ config }, context) {
    const { inlinePolicies } = config;
    if (inlinePolicies.length === 0) return notApplicable('The role has no inline policy.');
    const policies = inlinePolicies.map(({ name, document }) => ({ name: `The inline policy "${name}"`, document }));
    return judgeEscalation(policies, context);
  },
});

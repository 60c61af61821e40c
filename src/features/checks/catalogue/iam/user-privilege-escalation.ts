import { resourceCheck } from '../../contract.ts';
import { judgePrincipalEscalation } from '../../facts/principal-escalation.ts';

/**
 * Fails when a user can get more permissions than it has: by IAM itself, by handing a stronger role of the account to a
 * service, or by becoming somebody who can. All its policies and those of its groups, its boundary, its conditions and the service
 * control policies of the account count together. Ways by a function, instance or stack that exists already are left out.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export const check = resourceCheck({
  subject: 'AWS::IAM::User',
  needs: ['AWS::IAM::Role', 'AWS::IAM::Group', 'AWS::IAM::Policy'],
  title: 'Users should have no way to more permissions than they have',
  severity: 'high',
  severityReason: 'Whoever takes over the user can become administrator of the account.',
  why: 'Permissions that look harmless one by one add up: to pass a role and to start something with it is to have the role, and to write a policy that one has oneself is to have them all. Attackers look for just that first.',
  fix: {
    text: 'Name the roles that it may pass and the policies that it may change, keep stronger ones out of its reach, or set a permissions boundary that leaves out what it does not need.',
    cli: 'aws iam put-user-permissions-boundary --user-name <user> --permissions-boundary <policy-arn>',
  },
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html',
  ],
  controls: { attack: ['T1098', 'T1098.001', 'T1098.003', 'T1078.004'] },
  evaluate: judgePrincipalEscalation,
});

import type { Resource } from '../../../../domain/resource.ts';
import { fail, pass } from '../../../../domain/verdict.ts';
import { type CheckContext, scopeCheck } from '../../contract.ts';
import { policyStatements } from '../../facts/policy-statements.ts';

/**
 * Passes when the policy is attached to a user, to a group with a user, or to a role that somebody may assume.
 * By default the policy is AWSSupportAccess: somebody can open cases with AWS Support in an incident.
 * https://docs.aws.amazon.com/config/latest/developerguide/iam-policy-in-use.html
 */
export const check = scopeCheck({
  subject: 'account',
  needs: ['AWS::IAM::Policy', 'AWS::IAM::User', 'AWS::IAM::Role'],
  title: 'A role for AWS Support should exist',
  severity: 'low',
  severityReason: 'It costs time in an incident; it opens nothing.',
  why: 'In an incident somebody has to reach AWS Support at once, without asking an administrator for permission first.',
  fix: {
    text: 'Attach the policy to a role that the people on call may assume.',
    cli: 'aws iam attach-role-policy --role-name <role> --policy-arn arn:aws:iam::aws:policy/AWSSupportAccess',
    cloudformation: `Type: AWS::IAM::Role
Properties:
  AssumeRolePolicyDocument: <who may assume it>
  ManagedPolicyArns: [arn:aws:iam::aws:policy/AWSSupportAccess]`,
    terraform: `resource "aws_iam_role_policy_attachment" "support" {
  role       = "<role>"
  policy_arn = "arn:aws:iam::aws:policy/AWSSupportAccess"
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/iam-policy-in-use.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-18',
    'https://docs.aws.amazon.com/awssupport/latest/user/accessing-support.html',
  ],
  controls: {
    securityHub: ['IAM.18'],
    configRules: ['iam-policy-in-use'],
    cis30: ['1.17'],
    cis50: ['1.16'],
    prowler: ['iam_support_role_created'],
  },
  parameters: {
    policyArn: {
      type: 'string',
      default: 'arn:<partition>:iam::aws:policy/AWSSupportAccess',
      description: 'The policy that must be in use: its ARN, or its name.',
    },
    policyUsageType: {
      type: 'string',
      default: 'ANY',
      oneOf: ['ANY', 'IAM_USER', 'IAM_GROUP', 'IAM_ROLE'],
      description: 'To what it must be attached: IAM_USER, IAM_GROUP, IAM_ROLE or ANY.',
    },
  },
  evaluate(context) {
    const arn = String(context.parameter('policyArn'));
    const usage = String(context.parameter('policyUsageType'));
    const wanted = (kind: string): boolean => usage === 'ANY' || usage === kind;
    const named = (policy: Resource<'AWS::IAM::Policy'>): boolean => policy.arn === arn || policy.name === arn;
    const found = context.readable('AWS::IAM::Policy').resources.filter(named);
    // Only a wholly read list says that a policy is attached to nobody.
    if (found.length === 0) context.resources('AWS::IAM::Policy');
    const attached = (kind: 'users' | 'groups' | 'roles') => found.flatMap(({ config }) => config.attachedTo[kind]);
    const [users, groups, roles] = [attached('users'), attached('groups'), attached('roles')];
    if (wanted('IAM_USER') && users[0] !== undefined) return pass(`${arn} is attached to the user ${users[0]}.`);
    const role = wanted('IAM_ROLE') ? roles.find((name) => isAssumable(name, context)) : undefined;
    if (role !== undefined) return pass(`${arn} is attached to the role ${role}.`);
    const group = wanted('IAM_GROUP') ? groups.find((name) => hasUser(name, context)) : undefined;
    if (group !== undefined) return pass(`${arn} is attached to the group ${group}.`);
    return fail(`${arn} is not attached to ${whom(usage)}.`);
  },
});

function isAssumable(name: string, context: CheckContext): boolean {
  const { resources } = context.readable('AWS::IAM::Role');
  const role =
    resources.find((one) => one.name === name) ?? context.resources('AWS::IAM::Role').find((one) => one.name === name);
  const statements = policyStatements(role?.config.trustPolicy ?? '') ?? [];
  return statements.some(({ effect, principals }) => effect === 'Allow' && principals.length > 0);
}

function hasUser(group: string, context: CheckContext): boolean {
  const { resources } = context.readable('AWS::IAM::User');
  if (resources.some((user) => user.config.groups.includes(group))) return true;
  return context.resources('AWS::IAM::User').some((user) => user.config.groups.includes(group));
}

function whom(usage: string): string {
  const kinds: Readonly<Record<string, string>> = {
    IAM_USER: 'a user',
    IAM_GROUP: 'a group with users',
    IAM_ROLE: 'a role that somebody may assume',
  };
  return kinds[usage] ?? 'a user, a group with users or a role that somebody may assume';
}

import { isUnread } from '../../../../domain/evidence.ts';
import { fail, notApplicable, pass, unknown } from '../../../../domain/verdict.ts';
import type { Access } from '../../../identity/index.ts';
import { resourceCheck } from '../../contract.ts';
import { audienceName, openAccesses } from '../../facts/exposure.ts';
import { escalationEvidence, standingOf } from '../../facts/principal-escalation.ts';

/**
 * Fails when a role that may do everything, its boundary included, has a trust policy that lets another account assume
 * it, in the organisation or outside. Whether somebody there has the permission to is not asked: whoever administers
 * that account can give it to himself. The management account governs its members in any case and may be trusted.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access-cross-account-role.html
 */
export const check = resourceCheck({
  subject: 'AWS::IAM::Role',
  needs: ['AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::Policy'],
  title: 'Roles with administrator access should not trust other accounts',
  severity: 'high',
  severityReason: 'Whoever takes over the other account has this one as well.',
  why: 'A trust between accounts carries a break-in from one to the other. Where the role may do everything, nothing of what separates the accounts is left: the weaker of the two decides how safe both are.',
  fix: {
    text: 'Give the role the permissions that its task needs alone, or a permissions boundary; let people come in by IAM Identity Center, and pipelines by a role for each task. Accounts that must administer this one stand in the parameter trusted.',
    cli: 'aws iam update-assume-role-policy --role-name <role> --policy-document file://trust.json',
  },
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/tutorial_cross-account-with-roles.html',
    'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access-cross-account-role.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
  ],
  controls: { attack: ['T1199', 'T1078.004', 'T1098.003'] },
  parameters: {
    trusted: {
      type: 'strings',
      default: [],
      description: 'Ids of accounts that may administer others, beside the management account.',
    },
  },
  evaluate(role, context) {
    if (role.config.path.startsWith('/aws-service-role/'))
      return notApplicable('AWS manages the trust of service-linked roles.');
    const { organization } = context;
    const management = organization?.managementAccount;
    const given = context.parameter('trusted');
    const trusted = new Set<string>(Array.isArray(given) ? given : []);
    const isOther = ({ audience }: Access): boolean =>
      audience.kind !== 'service' &&
      audience.kind !== 'federated' &&
      !(audience.kind === 'account' && trusted.has(audience.id));
    const isManagement = ({ audience }: Access): boolean => audience.kind === 'account' && audience.id === management;
    const exposed = { kind: 'role', arn: role.arn, policy: role.config.trustPolicy } as const;
    const found = openAccesses(exposed, context, isOther);
    if (found.stopped)
      return pass('A resource control policy keeps the other accounts out that its trust policy admits.');
    if (found.open.length === 0) return pass('Its trust policy lets no other account assume it.');
    const standing = standingOf(role.arn, context);
    if (standing?.administrator !== true) {
      for (const type of escalationEvidence) context.resources(type);
      const [fault] = standing?.faults ?? [];
      return fault === undefined
        ? notApplicable('Other accounts may assume it, but it may not do everything.')
        : unknown(`Other accounts may assume it, and what it may do is not wholly known. ${fault}`.slice(0, 500));
    }
    const open = found.open.filter((access) => !isManagement(access));
    if (open.length === 0)
      return pass('It may do everything, and of other accounts the management account alone may assume it.');
    const accountsAlone = open.every(({ audience }) => audience.kind === 'account');
    if (accountsAlone && (management === undefined || isUnread(management)))
      return unknown(`${names(open)} may assume it, and which account is the management account is not known.`);
    const unsure = found.controlsKnown ? '' : ' Whether a resource control policy stops it could not be read.';
    return fail(`It may do everything, and may be assumed by ${names(open)}.${unsure}`);
  },
});

const mostNamed = 5;

/** Who they are, and under which conditions. */
function names(open: readonly Access[]): string {
  const list = open.map((access) => {
    const secret = access.secrets.includes('external-id') ? ' with an external id' : '';
    const [condition] = access.conditions;
    return `${audienceName(access)}${secret}${condition === undefined ? '' : ` (if ${condition.slice(0, 200)})`}`;
  });
  const distinct = [...new Set(list)];
  return `${distinct.slice(0, mostNamed).join('; ')}${distinct.length > mostNamed ? `; and ${distinct.length - mostNamed} more` : ''}`;
}

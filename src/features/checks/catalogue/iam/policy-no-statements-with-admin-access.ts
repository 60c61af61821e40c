import { fail, notApplicable, pass, unknown } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { policyStatements } from '../../facts/policy-statements.ts';

/**
 * Fails when a statement allows every action on every resource. Customer-managed policies only, attached or not; those
 * used as a permissions boundary alone are left out, as Security Hub does.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-1
 */
export const check = resourceCheck({
  subject: 'AWS::IAM::Policy',
  title: 'Customer-managed policies should not allow everything',
  severity: 'high',
  severityReason: 'Whoever holds an identity with this policy owns the account, and so does whoever steals it.',
  why: 'A policy with "Action": "*" on "Resource": "*" gives administration under an inconspicuous name, and spreads with every attachment.',
  fix: {
    text: 'Replace the statement by the actions that are needed, as IAM Access Analyzer can derive them from CloudTrail. Where administration is meant, attach the AWS-managed AdministratorAccess to few and well-guarded roles.',
    cli: `aws iam create-policy-version --policy-arn <policy arn> --policy-document file://policy.json --set-as-default`,
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-1',
    'https://docs.aws.amazon.com/config/latest/developerguide/iam-policy-no-statements-with-admin-access.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
  ],
  controls: {
    securityHub: ['IAM.1'],
    configRules: ['iam-policy-no-statements-with-admin-access'],
    cis30: ['1.16'],
    cis50: ['1.15'],
    attack: ['T1078.004', 'T1098.003'],
    prowler: ['iam_customer_attached_policy_no_administrative_privileges'],
  },
  evaluate({ config }) {
    if (config.awsManaged) return notApplicable('AWS manages this policy.');
    if (config.boundaryUsageCount > 0 && config.attachmentCount === 0) {
      return notApplicable('The policy is used as a permissions boundary only, which allows nothing by itself.');
    }
    const statements = policyStatements(config.document);
    if (statements === undefined) return unknown('The document is not a policy that can be read.');
    const all = statements.find(
      ({ effect, actions, resources }) =>
        effect === 'Allow' && actions.some((action) => action === '*' || action === '*:*') && resources.includes('*'),
    );
    if (all === undefined) return pass('No statement allows every action on every resource.');
    return fail(
      `Its ${all.name} allows every action on every resource; the policy is attached to ${config.attachmentCount} identities.`,
    );
  },
});

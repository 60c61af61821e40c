import { fail, pass } from '../../../../domain/verdict.ts';
import { scopeCheck } from '../../contract.ts';

/** Passes when AWSCloudShellFullAccess is attached to nobody: https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-27 */
export const check = scopeCheck({
  subject: 'account',
  needs: ['AWS::IAM::Policy'],
  title: 'AWSCloudShellFullAccess should not be attached to anybody',
  severity: 'medium',
  severityReason:
    'It gives a shell with the user’s credentials and a way to carry data out, beside all network controls.',
  why: 'CloudShell with full access can upload and download files and reaches the internet. It is a convenient way out for data that proxies and endpoints would stop.',
  fix: {
    text: 'Detach the policy, and allow CloudShell without file transfer (cloudshell:GetFileDownloadUrls, GetFileUploadUrls) where it is needed.',
    cli: 'aws iam detach-role-policy --role-name <role> --policy-arn arn:aws:iam::aws:policy/AWSCloudShellFullAccess',
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-27',
    'https://docs.aws.amazon.com/config/latest/developerguide/iam-policy-blacklisted-check.html',
    'https://docs.aws.amazon.com/cloudshell/latest/userguide/sec-auth-with-identities.html',
  ],
  controls: {
    securityHub: ['IAM.27'],
    configRules: ['iam-policy-blacklisted-check'],
    cis30: ['1.22'],
    cis50: ['1.21'],
    attack: ['T1059.009', 'T1567'],
    prowler: ['iam_policy_cloudshell_admin_not_attached'],
  },
  parameters: {
    policyArns: {
      type: 'strings',
      default: ['AWSCloudShellFullAccess'],
      description: 'Policies that must not be attached: names of AWS-managed policies, or ARNs.',
    },
  },
  evaluate(context) {
    const unwanted = [context.parameter('policyArns')].flat().map(String);
    const arns = new Set(
      unwanted.map((name) => (name.startsWith('arn:') ? name : `arn:${context.partition}:iam::aws:policy/${name}`)),
    );
    const holders = context
      .readable('AWS::IAM::Policy')
      .resources.filter((policy) => arns.has(policy.arn))
      .flatMap(({ config: { attachedTo } }) => [
        ...attachedTo.users.map((name) => `user ${name}`),
        ...attachedTo.groups.map((name) => `group ${name}`),
        ...attachedTo.roles.map((name) => `role ${name}`),
      ]);
    if (holders.length > 0) {
      const rest = holders.length > 10 ? ` and ${holders.length - 10} more` : '';
      return fail(`${unwanted.join(', ')} is attached to ${holders.slice(0, 10).join(', ')}${rest}.`);
    }
    context.resources('AWS::IAM::Policy');
    return pass(`${unwanted.join(', ')} is attached to nobody.`);
  },
});

import { fail, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/** Passes when the root user has no access key: https://docs.aws.amazon.com/config/latest/developerguide/iam-root-access-key-check.html */
export const check = resourceCheck({
  subject: 'AWS::IAM::AccountSummary',
  title: 'The root user should have no access keys',
  severity: 'critical',
  severityReason:
    'The key gives everything in the account, for ever, from anywhere, and no policy of the account limits it.',
  why: 'Nothing in daily work needs a root key. Whoever finds one in a file or a repository owns the account: data, users, backups and bills.',
  fix: {
    text: 'Sign in as the root user and delete its access keys, or delete them centrally with root access management.',
    cli: `aws sts assume-root --target-principal <account> --task-policy-arn arn=arn:aws:iam::aws:policy/root-task/IAMDeleteRootUserCredentials
aws iam delete-access-key --access-key-id <key>`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/iam-root-access-key-check.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-4',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html',
  ],
  controls: {
    securityHub: ['IAM.4'],
    configRules: ['iam-root-access-key-check'],
    cis30: ['1.4'],
    cis50: ['1.3'],
    attack: ['T1078.004', 'T1552'],
    prowler: ['iam_no_root_access_key'],
  },
  evaluate({ config }) {
    if (config.rootAccessKeysPresent) return fail('The root user has an access key.');
    return pass('The root user has no access key.');
  },
});

import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { rootCredentialsRemoved, rootMfaImpossible } from '../../facts/root-credentials.ts';

/** Passes when the root user has MFA: https://docs.aws.amazon.com/config/latest/developerguide/root-account-mfa-enabled.html */
export const check = resourceCheck({
  subject: 'AWS::IAM::AccountSummary',
  version: 2,
  title: 'The root user should have MFA',
  severity: 'critical',
  severityReason:
    'The root user may do everything in the account, and its password can be reset by whoever reads its mail.',
  why: 'Without MFA, access to one mailbox or one leaked password is enough to take over the whole account.',
  fix: {
    text: 'Register two or more MFA devices for the root user. In an organisation, remove the root credentials of member accounts with central root access management instead.',
    cli: `aws organizations enable-aws-service-access --service-principal iam.amazonaws.com
aws iam enable-organizations-root-credentials-management`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/root-account-mfa-enabled.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-9',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html',
  ],
  controls: {
    securityHub: ['IAM.9'],
    configRules: ['root-account-mfa-enabled'],
    cis30: ['1.5'],
    cis50: ['1.4'],
    attack: ['T1078.004'],
    prowler: ['iam_root_mfa_enabled'],
  },
  evaluate({ config }, { account, organization, partition }) {
    const impossible = rootMfaImpossible(partition);
    if (impossible !== undefined) return notApplicable(impossible);
    if (config.rootMfaEnabled) return pass('The root user has MFA.');
    if (rootCredentialsRemoved(account, organization, config)) {
      return notApplicable('The root credentials were removed by central root access management.');
    }
    return fail('The root user has no MFA.');
  },
});

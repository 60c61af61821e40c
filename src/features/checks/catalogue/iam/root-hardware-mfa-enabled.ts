import { known } from '../../../../domain/evidence.ts';
import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { rootCredentialsRemoved, rootMfaImpossible } from '../../facts/root-credentials.ts';

/** Passes when the root user has MFA and no virtual device: https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-6 */
export const check = resourceCheck({
  subject: 'AWS::IAM::AccountSummary',
  version: 2,
  title: 'The root user should have hardware MFA',
  severity: 'critical',
  severityReason:
    'A virtual device can be copied from a phone, its backup or a screenshot of its code; a hardware key cannot.',
  why: 'The root user can do everything. Its second factor should not live on a device that is online, backed up and carried around.',
  fix: {
    text: 'Register hardware security keys for the root user, and remove its virtual devices: in the console, signed in as the root user, or in a member account with a session of central root access management. Best remove the root credentials of members altogether.',
    cli: `aws iam list-virtual-mfa-devices --assignment-status Assigned
aws sts assume-root --target-principal <member account> --task-policy-arn arn=arn:aws:iam::aws:policy/root-task/IAMDeleteRootUserCredentials
aws iam deactivate-mfa-device --serial-number <device arn>`,
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-6',
    'https://docs.aws.amazon.com/config/latest/developerguide/root-account-hardware-mfa-enabled.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/enable-hw-mfa-for-root.html',
  ],
  controls: {
    securityHub: ['IAM.6'],
    configRules: ['root-account-hardware-mfa-enabled'],
    cis30: ['1.6'],
    cis50: ['1.5'],
    attack: ['T1078.004'],
    prowler: ['iam_root_hardware_mfa_enabled'],
  },
  evaluate({ config }, { account, organization, partition }) {
    const impossible = rootMfaImpossible(partition);
    if (impossible !== undefined) return notApplicable(impossible);
    if (!config.rootMfaEnabled) {
      return rootCredentialsRemoved(account, organization, config)
        ? notApplicable('The root credentials were removed by central root access management.')
        : fail('The root user has no MFA.');
    }
    const virtual = known(config.rootVirtualMfaDevices);
    if (virtual.length > 0) return fail(`The root user has a virtual MFA device (${virtual[0]}).`);
    return pass('The root user has MFA, and no virtual device.');
  },
});

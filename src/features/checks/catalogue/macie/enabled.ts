import { fail, pass } from '../../../../domain/verdict.ts';
import { scopeCheck } from '../../contract.ts';

/** Passes when Macie is enabled and not paused: https://docs.aws.amazon.com/config/latest/developerguide/macie-status-check.html */
export const check = scopeCheck({
  subject: 'region',
  needs: ['AWS::Macie::Session'],
  title: 'Macie should be enabled',
  severity: 'medium',
  severityReason: 'It tells where personal and secret data lies; it guards nothing by itself.',
  why: 'Nobody protects data that nobody knows of. Macie finds personal data and credentials in buckets and watches how the buckets are shared.',
  fix: {
    text: 'Enable Macie in the regions where you keep data, best from the delegated administrator.',
    cli: 'aws macie2 enable-macie --region <region>',
    cloudformation: `Type: AWS::Macie::Session
Properties:
  Status: ENABLED`,
    terraform: 'resource "aws_macie2_account" "this" {}',
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/macie-status-check.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/macie-controls.html#macie-1',
    'https://docs.aws.amazon.com/macie/latest/APIReference/macie.html',
  ],
  controls: {
    securityHub: ['Macie.1'],
    configRules: ['macie-status-check'],
    cis30: ['2.1.3'],
    cis50: ['2.1.3'],
    prowler: ['macie_is_enabled'],
  },
  evaluate(context) {
    const [session] = context.resources('AWS::Macie::Session');
    if (session === undefined || session.config.status === 'DISABLED')
      return fail('Macie is not enabled in this region.');
    return session.config.status === 'ENABLED' ? pass('Macie is enabled.') : fail('Macie is paused in this region.');
  },
});

import { fail, pass } from '../../../../domain/verdict.ts';
import { scopeCheck } from '../../contract.ts';

/** Passes when the region has a hub: https://docs.aws.amazon.com/config/latest/developerguide/securityhub-enabled.html */
export const check = scopeCheck({
  subject: 'region',
  needs: ['AWS::SecurityHub::Hub'],
  title: 'Security Hub should be enabled',
  severity: 'high',
  severityReason: 'Findings of AWS’s own services stay scattered, and nobody sees them together.',
  why: 'Security Hub collects the findings of GuardDuty, Inspector, Macie and others, and checks AWS’s own standards all the time.',
  fix: {
    text: 'Enable Security Hub in all regions, best from the delegated administrator for the whole organisation.',
    cli: 'aws securityhub enable-security-hub --enable-default-standards --region <region>',
    cloudformation: 'Type: AWS::SecurityHub::Hub',
    terraform: 'resource "aws_securityhub_account" "this" {}',
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/securityhub-enabled.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/designate-orgs-admin-account.html',
    'https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DescribeHub.html',
  ],
  controls: {
    configRules: ['securityhub-enabled'],
    cis30: ['4.16'],
    cis50: ['4.16'],
    prowler: ['securityhub_enabled'],
  },
  evaluate(context) {
    const [hub] = context.readable('AWS::SecurityHub::Hub').resources;
    if (hub !== undefined) return pass(`Security Hub is enabled since ${hub.config.subscribedAt}.`);
    context.resources('AWS::SecurityHub::Hub');
    return fail('Security Hub is not enabled in this region.');
  },
});

import { fail, pass } from '../../../../domain/verdict.ts';
import { scopeCheck } from '../../contract.ts';

/**
 * Passes when the region has an active analyzer for external access, of the account or the organisation. One in the
 * administrator's account does not count for its members, as in the control.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-28
 */
export const check = scopeCheck({
  subject: 'region',
  needs: ['AWS::AccessAnalyzer::Analyzer'],
  title: 'IAM Access Analyzer should look for external access',
  severity: 'high',
  severityReason:
    'Without it nobody is told when a bucket, key, queue or role of the region is shared with a stranger.',
  why: 'The analyzer reports every resource policy that lets somebody outside the account or organisation in. It costs nothing for external access.',
  fix: {
    text: 'Create an analyzer for external access in every region, or one for the organisation in the delegated administrator’s account.',
    cli: 'aws accessanalyzer create-analyzer --analyzer-name external-access --type ACCOUNT --region <region>',
    cloudformation: `Type: AWS::AccessAnalyzer::Analyzer
Properties:
  AnalyzerName: external-access
  Type: ACCOUNT`,
    terraform: `resource "aws_accessanalyzer_analyzer" "external_access" {
  analyzer_name = "external-access"
  type          = "ACCOUNT"
}`,
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-28',
    'https://docs.aws.amazon.com/config/latest/developerguide/iam-external-access-analyzer-enabled.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/what-is-access-analyzer.html',
  ],
  controls: {
    securityHub: ['IAM.28'],
    configRules: ['iam-external-access-analyzer-enabled'],
    cis30: ['1.20'],
    cis50: ['1.19'],
    prowler: ['accessanalyzer_enabled'],
  },
  evaluate(context) {
    const { resources } = context.readable('AWS::AccessAnalyzer::Analyzer');
    const external = resources.filter(
      ({ config }) => config.analyzerType === 'ACCOUNT' || config.analyzerType === 'ORGANIZATION',
    );
    const active = external.find(({ config }) => config.status === 'ACTIVE');
    if (active !== undefined) return pass(`The analyzer ${active.name} looks for external access.`);
    context.resources('AWS::AccessAnalyzer::Analyzer');
    const [idle] = external;
    if (idle !== undefined) return fail(`The analyzer ${idle.name} is not active but ${idle.config.status}.`);
    return fail('No analyzer in this region looks for external access.');
  },
});

// A rule on regions denies services with one endpoint for the partition, unless it excepts them.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-requested-region.html

import type { Evidence, Rule } from '../contract.ts';
import { samplePrincipal } from '../samples.ts';
import { applies } from '../witness.ts';

/** One harmless request to each; all of them are made to us-east-1 in the partition aws. */
const globalRequests = [
  'iam:GetUser',
  'organizations:DescribeOrganization',
  'route53:ListHostedZones',
  'cloudfront:ListDistributions',
  'support:DescribeCases',
  'budgets:ViewBudget',
  'globalaccelerator:ListAccelerators',
  'shield:DescribeSubscription',
];

export const regions: Rule = function* ({ document, ask }) {
  if (document.kind === 'resource' || document.kind === 'trust') return;
  for (const statement of document.statements) {
    const condition = statement.conditions.find(({ key }) => key.toLowerCase() === 'aws:requestedregion');
    if (condition === undefined || statement.effect !== 'Deny') continue;
    const denied: Evidence[] = [];
    for (const action of globalRequests) {
      const context = { 'aws:RequestedRegion': ['us-east-1'] };
      const question = {
        principal: samplePrincipal,
        sessionName: 'example',
        action,
        resource: '*',
        context,
        besideAllow: true,
      };
      if (
        !applies(document, statement, question) ||
        namesAlone(statement.actions.patterns, statement.actions.not, action)
      )
        continue;
      const evidence = ask('a global service, whose only endpoint is in us-east-1', question);
      if (evidence.decision === 'explicit-deny') denied.push(evidence);
    }
    if (denied.length === 0) continue;
    const services = denied.map(({ question }) => question.action.split(':')[0]);
    yield {
      code: 'region-forgets-global',
      place: `${statement.place}/${statement.actions.not ? 'NotAction' : 'Action'}`,
      message: `The rule on regions denies ${services.join(', ')} everywhere: their requests go to us-east-1.`,
      evidence: denied.slice(0, 3),
    };
  }
};

/** True where the statement names the action's service, so that denying it there is what somebody wants. */
function namesAlone(patterns: readonly string[], not: boolean, action: string): boolean {
  const service = `${action.split(':')[0] ?? ''}:`;
  return !not && patterns.every((pattern) => pattern.toLowerCase().startsWith(service));
}

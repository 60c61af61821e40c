import { fail, notApplicable, pass, unknown } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { type PolicyStatement, policyStatements } from '../../facts/policy-statements.ts';

/**
 * Fails when a statement allows every action of a service, be it by naming all others in NotAction.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-21
 * https://docs.aws.amazon.com/config/latest/developerguide/iam-policy-no-statements-with-full-access.html
 */
export const check = resourceCheck({
  subject: 'AWS::IAM::Policy',
  version: 2,
  title: 'Customer-managed policies should not allow all actions of a service',
  severity: 'low',
  severityReason: 'It gives more than is needed, in one service; what that means depends on the service.',
  why: 'A wildcard for a service includes its administrative actions and those that AWS adds later, so the identity grows in power without any change.',
  fix: {
    text: 'Name the actions, or groups of them such as "ec2:Describe*". IAM Access Analyzer can derive them from CloudTrail.',
    cli: 'aws iam create-policy-version --policy-arn <policy arn> --policy-document file://policy.json --set-as-default',
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-21',
    'https://docs.aws.amazon.com/config/latest/developerguide/iam-policy-no-statements-with-full-access.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
  ],
  controls: {
    securityHub: ['IAM.21'],
    configRules: ['iam-policy-no-statements-with-full-access'],
    attack: ['T1098.003'],
  },
  evaluate({ config }) {
    if (config.awsManaged) return notApplicable('AWS manages this policy.');
    if (config.boundaryUsageCount > 0 && config.attachmentCount === 0) {
      return notApplicable('The policy is used as a permissions boundary only, which allows nothing by itself.');
    }
    const statements = policyStatements(config.document);
    if (statements === undefined) return unknown('The document is not a policy that can be read.');
    const wildcard = statements.flatMap((one) => wholeServices(one).map((what) => `${one.name} allows ${what}`))[0];
    if (wildcard === undefined) return pass('No statement allows all actions of a service.');
    return fail(`Its ${wildcard}.`);
  },
});

function wholeServices({ effect, actions, notActions }: PolicyStatement): readonly string[] {
  if (effect !== 'Allow') return [];
  // What NotAction leaves out is never every service, unless it leaves out everything.
  const [first] = notActions.some(isEverything) ? [] : notActions;
  const more = notActions.length > 1 ? ` and ${notActions.length - 1} more` : '';
  return [...actions.filter(isWhole), ...(first === undefined ? [] : [`everything but ${first}${more}`])];
}

function isEverything(action: string): boolean {
  return /^\*+(?::\*+)?$/.test(action);
}

function isWhole(action: string): boolean {
  return isEverything(action) || /^[a-z0-9-]+:\*+$/.test(action);
}

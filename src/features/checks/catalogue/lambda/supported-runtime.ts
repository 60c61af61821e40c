import { fail, notApplicable, pass, unknown } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { daysSince } from '../../facts/days.ts';
import { runtimeDeprecation } from '../../facts/lambda-runtimes.ts';

/** Fails from the day on which AWS ends the support of the runtime: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
export const check = resourceCheck({
  subject: 'AWS::Lambda::Function',
  title: 'Lambda functions should use a supported runtime',
  severity: 'medium',
  severityReason: 'Flaws of the runtime are no longer closed; whether they can be reached depends on the function.',
  why: 'AWS applies security updates to supported runtimes only. Later the function cannot be changed any more, so that a flaw in its own code cannot be closed either.',
  fix: {
    text: 'Move the function to a supported runtime and test it.',
    cli: 'aws lambda update-function-configuration --function-name <function> --runtime <runtime>',
    cloudformation: `Type: AWS::Lambda::Function
Properties:
  Runtime: <runtime>`,
    terraform: `resource "aws_lambda_function" "this" {
  runtime = "<runtime>"
}`,
  },
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-2',
    'https://docs.aws.amazon.com/config/latest/developerguide/lambda-function-settings-check.html',
  ],
  controls: {
    securityHub: ['Lambda.2'],
    configRules: ['lambda-function-settings-check'],
    attack: ['T1190'],
    prowler: ['awslambda_function_using_supported_runtimes'],
  },
  evaluate({ config }, { now }) {
    const { runtime } = config;
    if (config.packageType === 'Image' || runtime === null) {
      return notApplicable('The function is a container image, which brings its own runtime.');
    }
    const end = runtimeDeprecation.get(runtime);
    if (end === undefined) return unknown(`It is not known until when AWS supports the runtime ${runtime}.`);
    const supported = (daysSince(end, now) ?? 0) < 0;
    return supported
      ? pass(`The runtime ${runtime} is supported until ${end}.`)
      : fail(`The runtime ${runtime} is deprecated since ${end}.`);
  },
});

import { known } from '../../../../domain/evidence.ts';
import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/** Fails when a function URL asks for no signature: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
export const check = resourceCheck({
  subject: 'AWS::Lambda::Function',
  title: 'Lambda function URLs should require IAM authentication',
  severity: 'high',
  severityReason:
    'Everybody may call the function, at your cost and with its permissions, unless its own code refuses.',
  why: 'A function URL with the type NONE is on the internet without any gate of AWS before it: no signature, no API key, no rate limit.',
  fix: {
    text: 'Set the type AWS_IAM, or put CloudFront with origin access control or API Gateway before the function. Mute functions that are public on purpose.',
    cli: 'aws lambda update-function-url-config --function-name <function> --auth-type AWS_IAM',
    cloudformation: `Type: AWS::Lambda::Url
Properties:
  AuthType: AWS_IAM`,
    terraform: `resource "aws_lambda_function_url" "this" {
  authorization_type = "AWS_IAM"
}`,
  },
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html',
  ],
  controls: { attack: ['T1190', 'T1648'], prowler: ['awslambda_function_url_public'] },
  evaluate({ config }) {
    const urls = known(config.urls);
    if (urls.length === 0) return notApplicable('The function has no URL.');
    const open = urls.find((url) => url.authType === 'NONE');
    if (open === undefined) return pass('Every URL of the function requires IAM authentication.');
    const of = open.qualifier === null ? '' : ` of the alias ${open.qualifier}`;
    return fail(`The URL ${open.url}${of} requires no authentication.`);
  },
});

import { type Evidence, isUnread, known } from '../../../../domain/evidence.ts';
import type { FunctionUrl } from '../../../../domain/resources/lambda.ts';
import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import type { Access } from '../../../identity/index.ts';
import { resourceCheck } from '../../contract.ts';
import { describeOpen, describeOthers, isPublic, openAccesses } from '../../facts/exposure.ts';

/**
 * Fails when the function's policy opens it to everybody, by call or by function URL, or to S3 on behalf of any
 * account. A function URL without authentication is open only where the policy lets everybody invoke it.
 * https://docs.aws.amazon.com/config/latest/developerguide/lambda-function-public-access-prohibited.html
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export const check = resourceCheck({
  subject: 'AWS::Lambda::Function',
  title: 'Lambda functions should not be open to the public',
  severity: 'critical',
  severityReason: 'Anybody could run the function at your cost and with its permissions, or replace its code.',
  why: 'A function acts with its role: whoever may invoke it uses that role for whatever the code allows. S3 invokes for the buckets of every customer unless the policy says whose.',
  fix: {
    text: 'Remove the statement for everybody and name accounts, services or roles. For services add aws:SourceAccount or aws:SourceArn; for function URLs use the type AWS_IAM. Mute functions that are public on purpose.',
    cli: 'aws lambda remove-permission --function-name <function> --statement-id <statement-id>',
    terraform: `resource "aws_lambda_permission" "s3" {
  function_name  = "<function>"
  action         = "lambda:InvokeFunction"
  principal      = "s3.amazonaws.com"
  source_account = "<account-id>"
  source_arn     = "<bucket-arn>"
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/lambda-function-public-access-prohibited.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-1',
    'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  ],
  controls: {
    securityHub: ['Lambda.1'],
    configRules: ['lambda-function-public-access-prohibited'],
    attack: ['T1190', 'T1648'],
    prowler: ['awslambda_function_not_publicly_accessible'],
  },
  evaluate({ arn, config }, context) {
    const policy = known(config.policy);
    if (policy === null) return notApplicable('The function has no policy: only its own account may invoke it.');
    const found = openAccesses(
      { kind: 'function', arn, policy },
      context,
      (one) => isPublic(one) || isAnybodysBucket(one),
    );
    if (found.open.length > 0)
      return fail(`${describeOpen('The function is public', found)}${urlNote(found.open, config.urls)}`);
    if (found.stopped)
      return pass("The function's policy is public, but a resource control policy keeps everybody out.");
    return pass(`The function is not public.${describeOthers(found.all)}`);
  },
});

const invokeUrl = 'lambda:InvokeFunctionUrl';

function isAnybodysBucket({ audience, access }: Access): boolean {
  return (
    audience.kind === 'service' && audience.name === 's3.amazonaws.com' && audience.forAnyone && access === 'write'
  );
}

/** What there is to know of the function's URLs where nothing but they are open. */
function urlNote(open: readonly Access[], urls: Evidence<readonly FunctionUrl[]>): string {
  if (open.some(({ actions }) => actions.some((action) => action !== invokeUrl))) return '';
  if (isUnread(urls)) return ' Whether it has a function URL could not be read.';
  if (urls.length === 0) return ' It has no function URL at present.';
  return ` Its function URLs: ${urls.map(({ url, authType }) => `${url} (${authType})`).join(', ')}.`;
}

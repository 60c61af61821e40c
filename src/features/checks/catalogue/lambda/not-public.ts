import { type Evidence, EvidenceUnread, isUnread, known } from '../../../../domain/evidence.ts';
import type { FunctionConfig, FunctionUrl } from '../../../../domain/resources/lambda.ts';
import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import type { Access } from '../../../identity/index.ts';
import { resourceCheck } from '../../contract.ts';
import { type Found, describeOpen, describeOthers, isPublic, openAccesses } from '../../facts/exposure.ts';

/**
 * Fails when the policy of the function or of one of its aliases opens it to everybody, by call or by function URL, or to S3 on behalf of any
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
    const doors = doorsOf(arn, config);
    if (doors.every(({ policy }) => policy === null))
      return notApplicable('The function has no policy: only its own account may invoke it.');
    const shut: Found[] = [];
    const missing: EvidenceUnread[] = [];
    for (const { name, arn: door, policy, qualifier } of doors) {
      try {
        const text = known(policy);
        if (text === null) continue;
        const found = openAccesses({ kind: 'function', arn: door, policy: text }, context, isOpen);
        if (found.open.length > 0)
          return fail(`${describeOpen(`${name} is public`, found)}${urlNote(found.open, config.urls, qualifier)}`);
        shut.push(found);
      } catch (error) {
        if (!(error instanceof EvidenceUnread)) throw error;
        missing.push(error);
      }
    }
    const unreadable = missing.find(({ parts }) => parts.length === 0);
    if (unreadable !== undefined) throw unreadable;
    if (missing.length > 0) throw new EvidenceUnread(missing.flatMap(({ parts }) => parts));
    if (shut.some(({ stopped }) => stopped))
      return pass("The function's policy is public, but a resource control policy keeps everybody out.");
    return pass(`The function is not public.${describeOthers(shut.flatMap(({ all }) => all))}`);
  },
});

/** The function without a qualifier, and each alias: each has a policy of its own. */
function doorsOf(
  arn: string,
  { policy, aliases }: FunctionConfig,
): readonly { name: string; arn: string; policy: Evidence<string | null>; qualifier: string | null }[] {
  const own = { name: 'The function', arn, policy, qualifier: null };
  if (isUnread(aliases)) return [own, { name: 'An alias', arn, policy: aliases, qualifier: null }];
  return [
    own,
    ...aliases.map((one) => ({
      name: `The alias ${one.name}`,
      arn: `${arn}:${one.name}`,
      policy: one.policy,
      qualifier: one.name,
    })),
  ];
}

const isOpen = (access: Access): boolean => isPublic(access) || isAnybodysBucket(access);

const invokeUrl = 'lambda:InvokeFunctionUrl';
const urlConditions = /\blambda:(InvokedViaFunctionUrl Bool "true"|FunctionUrlAuthType StringEquals )/i;

function isAnybodysBucket({ audience, access }: Access): boolean {
  return (
    audience.kind === 'service' && audience.name === 's3.amazonaws.com' && audience.forAnyone && access === 'write'
  );
}

/**
 * Whether an access is one by function URL alone. The URL asks for two permissions, each with a condition that
 * names it: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
function isByUrl({ actions, conditions }: Access): boolean {
  if (actions.every((action) => action === invokeUrl)) return true;
  return conditions.length > 0 && conditions.every((one) => urlConditions.test(one));
}

/** What there is to know of the function's URLs where nothing but they are open. */
function urlNote(open: readonly Access[], urls: Evidence<readonly FunctionUrl[]>, qualifier: string | null): string {
  if (!open.every(isByUrl)) return '';
  if (isUnread(urls)) return ' Whether it has a function URL could not be read.';
  const own = urls.filter((url) => url.qualifier === qualifier);
  if (own.length === 0) return ' It has no function URL at present.';
  return ` Its function URLs: ${own.map(({ url, authType }) => `${url} (${authType})`).join(', ')}.`;
}

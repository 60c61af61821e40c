// What a person reads when we cannot get in: what failed, where, and the line of policy to change, unless an
// organisation's guardrail refuses, where an Allow would not help.

import { parseArn } from '../../domain/arn.ts';
import { VedetteError } from '../../domain/errors.ts';
import type { ClassifiedError } from './contract.ts';
import { classifyError } from './classify-error.ts';

/** What refuses, in words, where it is no matter of a missing Allow. */
const guardrails: Readonly<Record<string, string>> = {
  scp: "a service control policy of the organisation denies it. No Allow helps: the organisation's administrators must change that policy or exempt the role",
  rcp: "a resource control policy of the organisation denies it. No Allow helps: the organisation's administrators must change that policy or exempt the caller",
  boundary:
    "the permissions boundary of the caller does not admit it. No other Allow helps: the boundary's owner must change it",
  session:
    'the session policy under which the credentials were issued does not admit it. Use credentials without that restriction',
  'vpc-endpoint': "the policy of the VPC endpoint in between denies it. The endpoint's owner must change it",
};

/** The sentence about a guardrail; undefined where an Allow could help. */
export function guardrailHint(denied: Pick<ClassifiedError, 'deniedBy' | 'explicitDeny'>): string | undefined {
  const guardrail = denied.deniedBy === null ? undefined : guardrails[denied.deniedBy];
  if (guardrail !== undefined) return `AWS says that ${guardrail}.`;
  if (denied.explicitDeny === true) return 'AWS names an explicit deny: remove that deny, an Allow would not help.';
  return undefined;
}

const skew = /signature (not yet current|expired)|request(time)? ?too ?skewed|request has expired/i;

/** Why our own credentials cannot be used. */
export function explainCredentials(
  error: unknown,
  place: { profile: string | undefined; region: string },
): VedetteError {
  if (error instanceof VedetteError) return error;
  const { code, detail } = classifyError(error, place.region);
  const make = (name: string, message: string, hint: string): VedetteError =>
    new VedetteError(name, message, {
      hint,
      cause: error,
      place: { region: place.region, action: 'sts:GetCallerIdentity' },
    });
  const profile = place.profile === undefined ? 'the default profile' : `the profile "${place.profile}"`;
  const signIn = `aws sso login${place.profile === undefined ? '' : ` --profile ${place.profile}`}`;
  if (/sso|token (is|has) expired|login session/i.test(detail) && isProviderError(code)) {
    return make(
      'credentials-expired',
      `The sign-in session of ${profile} has expired or is missing: ${detail}`,
      `Run "${signIn}" and try again.`,
    );
  }
  if (
    /could not resolve credentials using profile|profile .* (could not be found|was not found)|not found in (shared|config)/i.test(
      detail,
    )
  ) {
    return make(
      'profile-missing',
      `No usable credentials stand in ${profile}: ${detail}`,
      'Run "aws configure list-profiles" to see the profiles that exist, and choose one with --profile.',
    );
  }
  if (/multi-factor/i.test(detail)) {
    return make(
      'mfa-required',
      `Credentials of ${profile} need a second factor: ${detail}`,
      'Sign in first (for example "aws sts get-session-token") and give the temporary credentials in the environment.',
    );
  }
  if (isProviderError(code)) {
    return make(
      'credentials-missing',
      `No AWS credentials were found in ${profile}, the environment or the machine: ${detail}`,
      'Choose a profile with --profile, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run "aws sso login". "vedette demo" needs none.',
    );
  }
  if (code === 'RequestTimeTooSkewed' || code === 'RequestExpired' || skew.test(detail)) {
    return make(
      'clock-skew',
      `AWS refuses our signatures because this machine's clock is wrong: ${detail}`,
      "Set the machine's clock by network time and try again.",
    );
  }
  if (code.startsWith('ExpiredToken')) {
    return make(
      'credentials-expired',
      `The AWS credentials have expired: ${detail}`,
      `Fetch new ones, for example with "${signIn}".`,
    );
  }
  if (
    [
      'InvalidClientTokenId',
      'UnrecognizedClientException',
      'SignatureDoesNotMatch',
      'InvalidAccessKeyId',
      'AuthFailure',
    ].includes(code)
  ) {
    return make(
      'credentials-refused',
      `AWS does not know the credentials (asked in ${place.region}): ${detail}`,
      'Check the access key and its secret. For China or GovCloud give a region of that partition with --region.',
    );
  }
  return unreachable(error, 'sts:GetCallerIdentity', { region: place.region });
}

/** Why a role cannot be assumed. */
export function explainAssumeRole(
  error: unknown,
  attempt: { roleArn: string; from: string; externalIdSent: boolean },
): VedetteError {
  if (error instanceof VedetteError) return error;
  const { roleArn, from } = attempt;
  const place = { account: parseArn(roleArn)?.account ?? '', action: 'sts:AssumeRole' };
  const classified = classifyError(error);
  if (classified.class !== 'denied') return unreachable(error, 'sts:AssumeRole', place);
  const message = `${from} may not assume ${roleArn}: ${classified.detail}`;
  const options = (hint: string): ConstructorParameters<typeof VedetteError>[2] => ({ hint, cause: error, place });
  if (classified.deniedBy === 'region-disabled') {
    return new VedetteError(
      'assume-role-refused',
      message,
      options('Ask another region with --region: this one is not enabled.'),
    );
  }
  const guardrail = guardrailHint(classified);
  if (guardrail !== undefined) return new VedetteError('assume-role-refused', message, options(guardrail));
  const allow = JSON.stringify({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: roleArn });
  const trust = `the role exists, its trust policy names ${principalOf(from)} and ${
    attempt.externalIdSent
      ? 'its sts:ExternalId is the one that "vedette permissions" printed for this account'
      : 'it demands no sts:ExternalId, for none was sent'
  }`;
  const hint =
    classified.deniedBy === 'identity'
      ? `Add to the policy of ${principalOf(from)}: ${allow}`
      : classified.deniedBy === 'resource'
        ? `Check that ${trust}.`
        : `Check that ${trust}; and that the policy of ${principalOf(from)} holds ${allow}.`;
  return new VedetteError('assume-role-refused', message, options(hint));
}

/** The role behind a session's ARN, as a trust policy names it; other ARNs as they are. */
export function principalOf(arn: string): string {
  const parts = parseArn(arn);
  const match = /^assumed-role\/([^/]+)\//.exec(parts?.resource ?? '');
  return parts === undefined || match === null ? arn : `arn:${parts.partition}:iam::${parts.account}:role/${match[1]}`;
}

function isProviderError(code: string): boolean {
  return code === 'CredentialsProviderError' || code === 'TokenProviderError';
}

function unreachable(error: unknown, action: string, place: { account?: string; region?: string }): VedetteError {
  const { class: kind, code, detail } = classifyError(error, place.region);
  const options = (hint: string): ConstructorParameters<typeof VedetteError>[2] => ({
    hint,
    cause: error,
    place: { ...place, action },
  });
  if (kind === 'throttled') {
    return new VedetteError(
      'aws-throttled',
      `AWS throttles ${action}: ${detail}`,
      options('Try again in a few minutes.'),
    );
  }
  if (/^(E[A-Z]+|ERR_[A-Z_]+|CERT_[A-Z_]+|[A-Z_]*CERT[A-Z_]*|UNABLE_TO_[A-Z_]+|TimeoutError)$/.test(code)) {
    const hint =
      'Check the network, HTTPS_PROXY and NO_PROXY, AWS_ENDPOINT_URL if it is set, and NODE_EXTRA_CA_CERTS where a proxy signs with a certificate of its own.';
    return new VedetteError(
      'aws-unreachable',
      `AWS could not be reached for ${action} (${code}): ${detail}`,
      options(hint),
    );
  }
  return new VedetteError(
    'aws-failed',
    `${action} failed (${code}): ${detail}`,
    options('Try again; if it goes on, the request id and the time in the call audit help AWS support.'),
  );
}

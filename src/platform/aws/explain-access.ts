// What a person reads when we cannot get in: what failed, where, and the line of policy to change, unless an
// organisation's guardrail refuses, where an Allow would not help.

import { parseArn } from '../../domain/arn.ts';
import { UsageError, VedetteError } from '../../domain/errors.ts';
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
      options('Set AWS_REGION to a region that is enabled: this one is not.'),
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

const inBetween =
  'Check the network, HTTPS_PROXY (with user and password where the proxy asks for them) and NO_PROXY, AWS_ENDPOINT_URL if it is set, and NODE_EXTRA_CA_CERTS where a proxy signs with a certificate of its own.';

/** What answered in AWS's place, which never sends web pages and asks for no authentication to a proxy. */
function impostor(error: unknown): string | undefined {
  const { $response, $metadata } = (error ?? {}) as { $response?: unknown; $metadata?: { httpStatusCode?: unknown } };
  const { statusCode = $metadata?.httpStatusCode, headers } = ($response ?? {}) as {
    statusCode?: unknown;
    headers?: Record<string, unknown>;
  };
  const type = typeof headers?.['content-type'] === 'string' ? headers['content-type'].slice(0, 60) : '';
  if (statusCode !== 407 && !/^text\/html/i.test(type)) return undefined;
  return `HTTP ${String(statusCode)}${type === '' ? '' : `, ${type}`}`;
}

/** Why AWS gave no answer that is one. */
export function unreachable(
  error: unknown,
  action: string,
  place: { account?: string; region?: string },
): VedetteError {
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
  const other = impostor(error);
  if (other !== undefined) {
    return new VedetteError(
      'aws-unreachable',
      `Something in between answered ${action} in AWS's place (${other}): a proxy or a sign-in page.`,
      options(inBetween),
    );
  }
  if (code === 'ERR_INVALID_URL') {
    return new UsageError('The endpoint of AWS_ENDPOINT_URL or of the profile is not a URL.', {
      ...options('It looks like https://host:port. Without it AWS itself is asked.'),
    });
  }
  if (/^(E[A-Z]+|ERR_[A-Z_]+|CERT_[A-Z_]+|[A-Z_]*CERT[A-Z_]*|UNABLE_TO_[A-Z_]+|TimeoutError)$/.test(code)) {
    return new VedetteError(
      'aws-unreachable',
      `AWS could not be reached for ${action} (${code}): ${detail}`,
      options(inBetween),
    );
  }
  return new VedetteError(
    'aws-failed',
    `${action} failed (${code}): ${detail}`,
    options('Try again; if it goes on, the request id and the time in the call audit help AWS support.'),
  );
}

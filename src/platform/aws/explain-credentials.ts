// Why our own credentials cannot be used, for a person. The rules are tried in their order; the first that fits speaks.

import { type ErrorPlace, VedetteError } from '../../domain/errors.ts';
import { classifyError } from './classify-error.ts';
import type { ClassifiedError } from './contract.ts';
import { originOf } from './error-origin.ts';
import { guardrailHint, unreachable } from './explain-access.ts';

interface Facts extends Pick<ClassifiedError, 'code' | 'detail' | 'class' | 'deniedBy' | 'explicitDeny'> {
  /** True when the SDK found no credentials to ask AWS with. */
  provider: boolean;
  /** The operation that failed, for example `sts:GetCallerIdentity`. */
  operation: string;
  region: string;
  /** `the profile "audit"` or `the default profile`. */
  profile: string;
  named: boolean;
  /** The command that signs in again. */
  signIn: string;
}

interface Rule {
  /** The code of the error that it explains. */
  error: string;
  fits(facts: Facts): boolean;
  message(facts: Facts): string;
  hint(facts: Facts): string;
}

const webIdentity = 'sts:AssumeRoleWithWebIdentity';
const skew = /signature (not yet current|expired)|request(time)? ?too ?skewed|request has expired/i;
const unknownKeys = new Set([
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'SignatureDoesNotMatch',
  'InvalidAccessKeyId',
  'AuthFailure',
]);

const rules: readonly Rule[] = [
  {
    error: 'credentials-file',
    fits: ({ code, detail }) => /^(ENOENT|EACCES|EISDIR|ENOTDIR|EPERM)$/.test(code) && /\b(open|read)\b/.test(detail),
    message: ({ profile, detail }) => `A file that ${profile} or the environment names cannot be read: ${detail}`,
    hint: () =>
      'Check AWS_WEB_IDENTITY_TOKEN_FILE, or web_identity_token_file of the profile; in a container, that the token is mounted and readable.',
  },
  {
    error: 'credentials-process',
    fits: ({ provider, detail }) => provider && /credential_process|^command failed/i.test(detail),
    message: ({ profile, detail }) => `The credential_process of ${profile} gave no credentials: ${detail}`,
    hint: () =>
      'Run its command by itself: it must print JSON with Version 1, AccessKeyId, SecretAccessKey and an Expiration that lies ahead.',
  },
  {
    error: 'profile-missing',
    fits: ({ provider, detail }) => provider && detail.includes('Detected a cycle'),
    message: ({ profile, detail }) => `The profiles behind ${profile} name each other in a circle: ${detail}`,
    hint: () => 'Correct source_profile in the AWS configuration file: the last one must hold credentials.',
  },
  {
    error: 'profile-missing',
    fits: ({ detail }) =>
      /could not resolve credentials using profile|profile .* (could not be found|was not found)|not found in (shared|config)/i.test(
        detail,
      ),
    message: ({ profile, detail }) => `No usable credentials stand in ${profile}: ${detail}`,
    hint: () =>
      'Run "aws configure list-profiles" to see the profiles that exist, and choose one with --profile. One that exists lacks a part: a key without its secret, or role_arn without source_profile.',
  },
  {
    error: 'credentials-refused',
    fits: ({ provider, detail }) => provider && /^(ForbiddenException|AccessDenied)/.test(detail),
    message: ({ profile, detail }) => `The sign-in session may not use the account and role of ${profile}: ${detail}`,
    hint: () =>
      'Correct sso_account_id and sso_role_name, or ask for the permission set to be assigned to you in that account.',
  },
  {
    error: 'credentials-expired',
    fits: ({ provider, detail }) =>
      provider && /sso|token (is|has) expired|login session|^UnauthorizedException/i.test(detail),
    message: ({ profile, detail }) => `The sign-in session of ${profile} has expired or is missing: ${detail}`,
    hint: ({ signIn }) => `Run "${signIn}" and try again.`,
  },
  {
    error: 'mfa-required',
    fits: ({ detail }) => /multi-factor/i.test(detail),
    message: ({ profile, detail }) => `Credentials of ${profile} need a second factor: ${detail}`,
    hint: () =>
      'Sign in first (for example "aws sts get-session-token") and give the temporary credentials in the environment.',
  },
  {
    error: 'credentials-missing',
    fits: ({ provider }) => provider,
    message: ({ profile, named, detail }) =>
      named
        ? `No AWS credentials were found in ${profile}: ${detail}`
        : `No AWS credentials were found in ${profile}, the environment or the machine: ${detail}`,
    hint: () =>
      'Choose a profile with --profile, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run "aws sso login". "vedette demo" needs none.',
  },
  {
    error: 'clock-skew',
    fits: ({ code, detail }) => code === 'RequestTimeTooSkewed' || code === 'RequestExpired' || skew.test(detail),
    message: ({ detail }) => `AWS refuses our signatures because this machine's clock is wrong: ${detail}`,
    hint: () => "Set the machine's clock by network time and try again.",
  },
  {
    error: 'credentials-expired',
    fits: ({ code, operation }) =>
      operation === webIdentity && /^(ExpiredToken|InvalidIdentityToken|IDPRejectedClaim)/.test(code),
    message: ({ detail }) => `AWS does not take the web identity token: ${detail}`,
    hint: () =>
      'Fetch a new token from the identity provider, for the audience that the role expects, and put it into the file of AWS_WEB_IDENTITY_TOKEN_FILE.',
  },
  {
    error: 'assume-role-refused',
    fits: ({ class: kind, operation }) => kind === 'denied' && operation === webIdentity,
    message: ({ detail }) => `The web identity may not assume the role: ${detail}`,
    hint: (facts) =>
      guardrailHint(facts) ??
      "Check that the role of AWS_ROLE_ARN exists, and that its trust policy names the identity provider with conditions that fit the token's audience and subject.",
  },
  {
    error: 'credentials-expired',
    fits: ({ code }) => code.startsWith('ExpiredToken'),
    message: ({ detail }) => `The AWS credentials have expired: ${detail}`,
    hint: ({ signIn }) => `Fetch new ones, for example with "${signIn}".`,
  },
  {
    error: 'credentials-refused',
    fits: ({ code }) => unknownKeys.has(code),
    message: ({ region, detail }) => `AWS does not know the credentials (asked in ${region}): ${detail}`,
    hint: () =>
      'Check the access key and its secret. For China or GovCloud set AWS_REGION to a region of that partition.',
  },
  {
    // IAM policies cannot deny it: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
    error: 'credentials-refused',
    fits: ({ class: kind }) => kind === 'denied',
    message: ({ operation, detail }) => `${operation} is refused: ${detail}`,
    hint: (facts) =>
      guardrailHint(facts) ??
      'No IAM policy can deny this call: look at the policy of the VPC endpoint on the way, and at proxies.',
  },
];

interface CredentialsPlace {
  profile: string | undefined;
  region: string;
}

const useless = /^(credentials-(expired|missing|process|refused|file)|profile-missing|mfa-required|clock-skew)$/;

/** True for an error after which no account can be entered: our own credentials are of no use. */
export function isCredentialsError(error: unknown): error is VedetteError {
  return error instanceof VedetteError && useless.test(error.code);
}

/**
 * Why our own credentials cannot be used any more, by an error of entering a role with them. Undefined when it is the
 * role that refuses, or the way to AWS that fails.
 */
export function explainLostCredentials(error: unknown, place: CredentialsPlace): VedetteError | undefined {
  const { class: kind, code, deniedBy } = classifyError(error, place.region);
  if (kind === 'denied' && (deniedBy === 'region-disabled' || !unknownKeys.has(code))) return undefined;
  const explained = explainCredentials(error, place);
  return isCredentialsError(explained) ? explained : undefined;
}

/** As `explainLostCredentials`, for calls in our own account, which say by no other refusal that it is not the call's. */
export function explainExpiry(error: unknown, place: CredentialsPlace): VedetteError | undefined {
  return classifyError(error, place.region).code.startsWith('ExpiredToken')
    ? explainLostCredentials(error, place)
    : undefined;
}

/** Why our own credentials cannot be used. */
export function explainCredentials(error: unknown, place: CredentialsPlace): VedetteError {
  if (error instanceof VedetteError) return error;
  const classified = classifyError(error, place.region);
  const { profile, region } = place;
  const provider = ['CredentialsProviderError', 'TokenProviderError'].includes(classified.code);
  const operation = originOf(error)?.operation ?? 'sts:GetCallerIdentity';
  const facts: Facts = {
    ...classified,
    provider,
    operation,
    region,
    profile: profile === undefined ? 'the default profile' : `the profile "${profile}"`,
    named: profile !== undefined,
    signIn: `aws sso login${profile === undefined ? '' : ` --profile ${profile}`}`,
  };
  const rule = rules.find((one) => one.fits(facts));
  if (rule === undefined) return unreachable(error, operation, { region });
  // Where nothing was sent, no region and no action had a part in it.
  const where: ErrorPlace = provider || rule.error === 'credentials-file' ? {} : { region, action: operation };
  return new VedetteError(rule.error, rule.message(facts), { hint: rule.hint(facts), cause: error, place: where });
}

// The credentials that the user gave: profile, environment, SSO, web identity, process, container or instance.

import type { AssumeRoleCommandInput, AssumeRoleWithWebIdentityCommandInput } from '@aws-sdk/client-sts';
import { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { loadConfig, NODE_REGION_CONFIG_FILE_OPTIONS, NODE_REGION_CONFIG_OPTIONS } from '@smithy/core/config';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { classifyError } from './classify-error.ts';
import { explainAssumeRole } from './explain-access.ts';
import type { Environment } from './http-handler.ts';
import type { Credentials, CredentialsProvider } from './renewing-credentials.ts';

export interface BaseCredentialsOptions {
  profile: string | undefined;
  requestHandler: NodeHttpHandler;
  /** Asked when the profile demands a second factor. */
  mfaCode: ((serial: string) => Promise<string>) | undefined;
  /** Roles that a profile names are assumed through these, so that they stand in the audit. */
  assumeRole(source: Credentials, input: AssumeRoleCommandInput): Promise<Credentials>;
  assumeRoleWithWebIdentity(input: AssumeRoleWithWebIdentityCommandInput): Promise<Credentials>;
}

/**
 * The SDK's own chain of providers, in its order. A profile that was named is the only source: the chain would fall
 * back to other credentials, such as a machine's role, and read as somebody else.
 */
export function baseCredentials(options: BaseCredentialsOptions): CredentialsProvider {
  const init = {
    ...(options.mfaCode === undefined ? {} : { mfaCodeProvider: options.mfaCode }),
    clientConfig: { requestHandler: options.requestHandler },
    roleAssumer: (source: Credentials, input: AssumeRoleCommandInput) =>
      options.assumeRole(source, input).catch((error: unknown) => {
        throw refusedToProfile(error, input);
      }),
    roleAssumerWithWebIdentity: options.assumeRoleWithWebIdentity,
  };
  const provider =
    options.profile === undefined ? fromNodeProviderChain(init) : fromIni({ ...init, profile: options.profile });
  return () => provider();
}

/** A role of the profile that refuses is told as such; other errors are those of our own credentials. */
function refusedToProfile(error: unknown, { RoleArn = '', ExternalId }: AssumeRoleCommandInput): unknown {
  const { code, detail } = classifyError(error);
  if (!code.startsWith('AccessDenied')) return error;
  const who = /^User: (arn:\S+) is not authorized/.exec(detail)?.[1] ?? 'The source of the profile';
  return explainAssumeRole(error, { roleArn: RoleArn, from: who, externalIdSent: ExternalId !== undefined });
}

/** The region that the environment or the profile names; undefined when none does. */
export async function configuredRegion(
  profile: string | undefined,
  environment: Environment,
): Promise<string | undefined> {
  const named = [environment['AWS_REGION'], environment['AWS_DEFAULT_REGION']].find((name) => (name ?? '') !== '');
  if (named !== undefined) return named;
  const ofProfile = loadConfig(
    { ...NODE_REGION_CONFIG_OPTIONS, environmentVariableSelector: () => undefined, default: '' },
    { ...NODE_REGION_CONFIG_FILE_OPTIONS, ...(profile === undefined ? {} : { profile }) },
  );
  const region = await ofProfile();
  return region === '' ? undefined : region;
}

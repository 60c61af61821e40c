// Sessions: who we are, and temporary credentials of roles. Every call here is audited like any other.

import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  AssumeRoleWithWebIdentityCommand,
  type AssumeRoleWithWebIdentityCommandInput,
  type Credentials as StsCredentials,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { type Partition, parseArn } from '../../domain/arn.ts';
import { VedetteError } from '../../domain/errors.ts';
import type { ClientPool } from './client-pool.ts';
import { partitionOfArn } from './partitions.ts';
import { requireDeclared } from './purpose.ts';
import type { Credentials, CredentialsProvider } from './renewing-credentials.ts';

export interface CallerIdentity {
  account: string;
  arn: string;
  partition: Partition;
}

/** The only operations by which access itself is obtained. */
const sessionOperations: ReadonlySet<string> = new Set([
  'sts:GetCallerIdentity',
  'sts:AssumeRole',
  'sts:AssumeRoleWithWebIdentity',
]);

export interface SessionRequest {
  pool: ClientPool;
  /** The region whose STS endpoint is asked: tokens of regional endpoints are valid in every region. */
  region: string;
  /** Whose credentials make the call. */
  credentials: CredentialsProvider;
  /** Whose request budget it counts against; empty while we do not know who we are. */
  payer: string;
  onCall(): void;
}

/** sts:GetCallerIdentity. */
export async function callerIdentity(request: SessionRequest): Promise<CallerIdentity> {
  const client = stsClient(request, '', '');
  const { Account: account, Arn: arn } = await client.send(new GetCallerIdentityCommand({}));
  if (account === undefined || arn === undefined) throw noAnswer('sts:GetCallerIdentity');
  return { account, arn, partition: partitionOfArn(arn) };
}

/** sts:AssumeRole. */
export async function assumeRole(request: SessionRequest, input: AssumeRoleCommandInput): Promise<Credentials> {
  const role = input.RoleArn ?? '';
  const client = stsClient(request, parseArn(role)?.account ?? '', role);
  const { Credentials: given } = await client.send(new AssumeRoleCommand(input));
  return credentialsOf(given, 'sts:AssumeRole');
}

/** sts:AssumeRoleWithWebIdentity, which needs no credentials but the token. */
export async function assumeRoleWithWebIdentity(
  request: SessionRequest,
  input: AssumeRoleWithWebIdentityCommandInput,
): Promise<Credentials> {
  const role = input.RoleArn ?? '';
  const client = stsClient(request, parseArn(role)?.account ?? '', role);
  const { Credentials: given } = await client.send(new AssumeRoleWithWebIdentityCommand(input));
  return credentialsOf(given, 'sts:AssumeRoleWithWebIdentity');
}

function stsClient(request: SessionRequest, account: string, role: string): STSClient {
  return request.pool.build(STSClient, request.credentials, request.region, {
    account: account === '' ? request.payer : account,
    payer: request.payer,
    role,
    region: request.region,
    purpose: 'session',
    allow: (operation) => requireDeclared('session', sessionOperations, operation),
    onCall: request.onCall,
  });
}

function credentialsOf(given: StsCredentials | undefined, operation: string): Credentials {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given ?? {};
  if (AccessKeyId === undefined || SecretAccessKey === undefined) throw noAnswer(operation);
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(SessionToken === undefined ? {} : { sessionToken: SessionToken }),
    ...(Expiration === undefined ? {} : { expiration: Expiration }),
  };
}

function noAnswer(operation: string): VedetteError {
  return new VedetteError('aws-answer-incomplete', `The answer to ${operation} lacked what it must hold.`, {
    hint: 'Something else may have answered in its place, such as a sign-in page: check the network, HTTPS_PROXY, and AWS_ENDPOINT_URL if it is set.',
    place: { action: operation },
  });
}

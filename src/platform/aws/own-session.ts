// Who we are: the credentials that the user gave, or the hub's role reached through them.

import { VedetteError } from '../../domain/errors.ts';
import type { Clock } from '../clock/clock.ts';
import { explainAssumeRole } from './explain-access.ts';
import { explainCredentials, explainLostCredentials } from './explain-credentials.ts';
import { homeRegion, partitionOfRegion } from './partitions.ts';
import { type Credentials, type CredentialsProvider, renewing } from './renewing-credentials.ts';
import { assumeRole, type CallerIdentity, callerIdentity, type SessionRequest } from './sessions.ts';

export interface OwnSession {
  identity: CallerIdentity;
  credentials: CredentialsProvider;
}

export interface OwnSessionOptions {
  given: CredentialsProvider;
  profile: string | undefined;
  /** The region that the user, the environment or the profile names. */
  namedRegion: string | undefined;
  hub: { roleArn: string; externalId?: string } | undefined;
  request(credentials: CredentialsProvider, region: string, payer: string): SessionRequest;
  clock: Clock;
  enter: EnterRole;
}

/** Assumes a role from a session, or says to a person why that failed. */
export type EnterRole = (from: OwnSession, roleArn: string, externalId: string | undefined) => Promise<Credentials>;

/** The region whose STS endpoint serves an identity: the named one when it lies in the identity's partition. */
export function stsRegionOf(identity: CallerIdentity, namedRegion: string | undefined): string {
  const fits = namedRegion !== undefined && partitionOfRegion(namedRegion) === identity.partition;
  return fits ? namedRegion : homeRegion(identity.partition);
}

/**
 * Finds out who we are. Without a named region, the partitions' home regions are asked in turn until one knows the keys.
 * @throws VedetteError
 */
export async function openOwnSession(options: OwnSessionOptions): Promise<OwnSession> {
  const { given, hub, namedRegion, clock } = options;
  const ask = async (credentials: CredentialsProvider, region: string): Promise<CallerIdentity> => {
    try {
      return await callerIdentity(options.request(credentials, region, ''));
    } catch (error) {
      throw explainCredentials(error, { profile: options.profile, region });
    }
  };
  const base = { identity: await askEverywhere((region) => ask(given, region), namedRegion), credentials: given };
  if (hub === undefined) return base;
  const credentials = renewing(() => options.enter(base, hub.roleArn, hub.externalId), clock);
  return { identity: await ask(credentials, stsRegionOf(base.identity, namedRegion)), credentials };
}

async function askEverywhere(
  ask: (region: string) => Promise<CallerIdentity>,
  namedRegion: string | undefined,
): Promise<CallerIdentity> {
  if (namedRegion !== undefined) return ask(namedRegion);
  let first: unknown;
  for (const partition of ['aws', 'aws-us-gov', 'aws-cn'] as const) {
    try {
      return await ask(homeRegion(partition));
    } catch (error) {
      first ??= error;
      if (!(error instanceof VedetteError) || error.code !== 'credentials-refused') break;
    }
  }
  throw first;
}

/** A session obtained through another lasts an hour at most, so none asks for more. */
const sessionSeconds = 3600;

/** The way into roles, with the names that every session carries. */
export function roleEntrance(
  options: { sessionName: string; sourceIdentity?: string; profile: string | undefined },
  request: (from: OwnSession) => SessionRequest,
): EnterRole {
  return async (from, roleArn, externalId) => {
    const session = request(from);
    try {
      return await assumeRole(session, {
        RoleArn: roleArn,
        RoleSessionName: options.sessionName,
        DurationSeconds: sessionSeconds,
        ...(externalId === undefined ? {} : { ExternalId: externalId }),
        ...(options.sourceIdentity === undefined ? {} : { SourceIdentity: options.sourceIdentity }),
      });
    } catch (error) {
      const lost = explainLostCredentials(error, { profile: options.profile, region: session.region });
      if (lost !== undefined) throw lost;
      throw explainAssumeRole(error, { roleArn, from: from.identity.arn, externalIdSent: externalId !== undefined });
    }
  };
}

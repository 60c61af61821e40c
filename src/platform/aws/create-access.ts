// Access to AWS from the user's credentials: who we are, and a door to every account by the configured role.

import { type Partition, formatArn, isAccountId } from '../../domain/arn.ts';
import { UsageError, VedetteError } from '../../domain/errors.ts';
import { type Clock, systemClock } from '../clock/clock.ts';
import { type AccountSession, createAccountAccess } from './account-access.ts';
import { baseCredentials, configuredRegion } from './base-credentials.ts';
import { type Budget, type BudgetOptions, createBudget } from './budget/budget.ts';
import type { SdkClient } from './call-middleware.ts';
import { ClientPool } from './client-pool.ts';
import type { AccountAccess, AwsAccess, CallSink, Purpose } from './contract.ts';
import { isLocalEndpoint } from './endpoint.ts';
import { explainAssumeRole, explainCredentials } from './explain-access.ts';
import { createHttpHandler, type Environment } from './http-handler.ts';
import { homeRegion, partitionOfRegion } from './partitions.ts';
import { type Credentials, type CredentialsProvider, renewing } from './renewing-credentials.ts';
import {
  assumeRole,
  assumeRoleWithWebIdentity,
  type CallerIdentity,
  callerIdentity,
  type SessionRequest,
} from './sessions.ts';

export interface AwsAccessOptions {
  profile?: string;
  /** Where STS is asked; by default the environment's or the profile's region, or the partition's home. */
  region?: string;
  /** The role to assume in each account, its path included, for example `security/VedetteRead`. */
  roleName: string;
  /** The roles for other purposes than reading. Without one the purpose is refused in other accounts. */
  roleNames?: Partial<Record<Exclude<Purpose, 'read'>, string>>;
  /** A role on the way: assumed first, and "we" from then on. */
  hub?: { roleArn: string; externalId?: string };
  /** The external id of an account; undefined where none is used. */
  externalId(account: string): string | undefined | Promise<string | undefined>;
  sessionName: string;
  sourceIdentity?: string;
  /** Assume the role in our own account as well. */
  assumeInOwnAccount?: boolean;
  /** Overrides the endpoint of every service. `AWS_ENDPOINT_URL` is honoured without it. */
  endpoint?: string;
  /** Requests in flight in all; 150 by default. */
  maxInFlight?: number;
  budget?: Budget | Omit<BudgetOptions, 'maxInFlight'>;
  audit: CallSink;
  clock?: Clock;
  environment?: Environment;
  mfaCode?: (serial: string) => Promise<string>;
  /** Called with every new client before its first use, so that a simulation can answer in AWS's place. */
  intercept?: (client: SdkClient) => void;
  /** Instead of the SDK's chain of credential providers. */
  credentials?: CredentialsProvider;
  /** Milliseconds before a retry; the SDK's standard backoff when not given. */
  retryDelay?: (attempt: number) => number;
  simulated?: boolean;
}

/** A session obtained through another lasts an hour at most, so none asks for more. */
const sessionSeconds = 3600;

/**
 * Opens access to AWS. Nothing is sent before the first question.
 * @throws VedetteError when the role's name, the session's name or the proxy cannot be used
 */
export async function createAwsAccess(options: AwsAccessOptions): Promise<AwsAccess> {
  validate(options);
  const clock = options.clock ?? systemClock;
  const environment = options.environment ?? process.env;
  const requestHandler = createHttpHandler(environment);
  const pool = new ClientPool({
    requestHandler,
    profile: options.profile,
    endpoint: options.endpoint,
    pathStyle: isLocalEndpoint(options.endpoint, environment),
    retryDelay: options.retryDelay,
    intercept: options.intercept,
    audit: options.audit,
    clock,
    budget: budgetOf(options),
  });
  let calls = 0;
  const onCall = (): void => {
    calls += 1;
  };
  const namedRegion = options.region ?? (await configuredRegion(options.profile, environment));
  const request = (credentials: CredentialsProvider, region: string, payer: string): SessionRequest => ({
    pool,
    region,
    credentials,
    payer,
    onCall,
  });
  const stsRegion = namedRegion ?? homeRegion('aws');
  const given = renewing(
    options.credentials ??
      baseCredentials({
        profile: options.profile,
        requestHandler,
        mfaCode: options.mfaCode,
        assumeRole: (source, input) =>
          assumeRole(
            request(() => Promise.resolve(source), stsRegion, ''),
            input,
          ),
        assumeRoleWithWebIdentity: (input) =>
          assumeRoleWithWebIdentity(
            request(() => Promise.reject(new Error('no credentials')), stsRegion, ''),
            input,
          ),
      }),
    clock,
  );

  /** Our own credentials: those given, or the hub's. */
  let us: CredentialsProvider = given;
  let who: Promise<CallerIdentity> | undefined;

  async function findIdentity(): Promise<CallerIdentity> {
    const first = await askWhoWeAre(given);
    const { hub } = options;
    if (hub === undefined) return first;
    us = renewing(() => enter(given, first, hub.roleArn, hub.externalId), clock);
    return ask(us, homeRegionOf(first));
  }

  async function ask(credentials: CredentialsProvider, region: string): Promise<CallerIdentity> {
    try {
      return await callerIdentity(request(credentials, region, ''));
    } catch (error) {
      throw explainCredentials(error, { profile: options.profile, region });
    }
  }

  /** Without a named region, the partitions' homes are asked in turn until one knows the keys. */
  async function askWhoWeAre(credentials: CredentialsProvider): Promise<CallerIdentity> {
    if (namedRegion !== undefined) return ask(credentials, namedRegion);
    let refusal: unknown;
    for (const partition of ['aws', 'aws-us-gov', 'aws-cn'] as const) {
      try {
        return await ask(credentials, homeRegion(partition));
      } catch (error) {
        refusal ??= error;
        if (!(error instanceof VedetteError) || error.code !== 'credentials-refused') break;
      }
    }
    throw refusal;
  }

  function homeRegionOf(identity: CallerIdentity): string {
    const fits = namedRegion !== undefined && partitionOfRegion(namedRegion) === identity.partition;
    return fits ? namedRegion : homeRegion(identity.partition);
  }

  async function enter(
    from: CredentialsProvider,
    identity: CallerIdentity,
    roleArn: string,
    externalId: string | undefined,
  ): Promise<Credentials> {
    try {
      return await assumeRole(request(from, homeRegionOf(identity), identity.account), {
        RoleArn: roleArn,
        RoleSessionName: options.sessionName,
        DurationSeconds: sessionSeconds,
        ...(externalId === undefined ? {} : { ExternalId: externalId }),
        ...(options.sourceIdentity === undefined ? {} : { SourceIdentity: options.sourceIdentity }),
      });
    } catch (error) {
      throw explainAssumeRole(error, { roleArn, from: identity.arn, externalIdSent: externalId !== undefined });
    }
  }

  const identity = (): Promise<CallerIdentity> => {
    who ??= findIdentity().catch((error: unknown) => {
      who = undefined;
      throw error;
    });
    return who;
  };

  const doors = new Map<string, AccountAccess>();

  function door(session: AccountSession): AccountAccess {
    const known = doors.get(session.account);
    if (known !== undefined) return known;
    const access = createAccountAccess(session, pool, onCall);
    doors.set(session.account, access);
    return access;
  }

  async function own(): Promise<AccountAccess> {
    const { account, partition } = await identity();
    return door({ account, partition, credentials: () => ({ role: '', provider: us }) });
  }

  async function account(id: string): Promise<AccountAccess> {
    if (!isAccountId(id))
      throw new UsageError(`"${id}" is not an account id.`, { hint: 'Account ids have 12 digits.' });
    const me = await identity();
    if (id === me.account && options.assumeInOwnAccount !== true) return own();
    const known = doors.get(id);
    if (known !== undefined) return known;
    const externalId = await options.externalId(id);
    const roles = new Map<string, CredentialsProvider>();
    const credentials = (purpose: Purpose): { role: string; provider: CredentialsProvider } => {
      const role = roleArn(me.partition, id, roleNameFor(options, purpose, id));
      const provider = roles.get(role) ?? renewing(() => enter(us, me, role, externalId), clock);
      roles.set(role, provider);
      return { role, provider };
    };
    await credentials('read').provider();
    return door({ account: id, partition: me.partition, credentials });
  }

  return {
    identity,
    own,
    account,
    get calls() {
      return calls;
    },
    simulated: options.simulated ?? false,
    close: () => Promise.resolve(pool.close()),
  };
}

function budgetOf({ budget, maxInFlight = 150 }: AwsAccessOptions): Budget {
  return budget !== undefined && 'acquire' in budget ? budget : createBudget({ ...budget, maxInFlight });
}

function roleArn(partition: Partition, account: string, name: string): string {
  return formatArn({ partition, service: 'iam', region: '', account, resource: `role/${name}` });
}

function roleNameFor(options: AwsAccessOptions, purpose: Purpose, account: string): string {
  const name = purpose === 'read' ? options.roleName : options.roleNames?.[purpose];
  if (name !== undefined) return name;
  throw new VedetteError('no-role-for-purpose', `No role is configured for the purpose "${purpose}" in ${account}.`, {
    hint: 'Each purpose has a role of its own: install and configure it first.',
    place: { account },
  });
}

/** By what IAM allows: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
function validate(options: AwsAccessOptions): void {
  const names = [options.roleName, ...Object.values(options.roleNames ?? {})];
  for (const name of names) {
    if (!/^(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/.test(name)) {
      throw new UsageError(`"${name}" is not a role name.`, {
        hint: 'Give the name (with its path, if it has one), not the ARN: letters, digits and +=,.@_-.',
      });
    }
  }
  for (const name of [options.sessionName, options.sourceIdentity ?? 'none']) {
    if (!/^[\w+=,.@-]{2,64}$/.test(name)) {
      throw new UsageError(`"${name}" cannot name a session.`, { hint: 'Use 2 to 64 letters, digits or +=,.@_-.' });
    }
  }
}

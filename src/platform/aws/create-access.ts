// Access to AWS from the user's credentials: who we are, and a door to every account by the configured role.

import { type Partition, formatArn, isAccountId } from '../../domain/arn.ts';
import { UsageError, VedetteError } from '../../domain/errors.ts';
import { systemClock } from '../clock/clock.ts';
import { type AwsAccessOptions, checkOptions } from './access-options.ts';
import { type AccountSession, createAccountAccess } from './account-access.ts';
import { baseCredentials, configuredRegion } from './base-credentials.ts';
import { type Budget, createBudget } from './budget/budget.ts';
import { ClientPool } from './client-pool.ts';
import type { AccountAccess, AwsAccess, Purpose } from './contract.ts';
import { isLocalEndpoint } from './endpoint.ts';
import { explainExpiry } from './explain-credentials.ts';
import { createHttpHandler } from './http-handler.ts';
import { type OwnSession, openOwnSession, roleEntrance, stsRegionOf } from './own-session.ts';
import { homeRegion } from './partitions.ts';
import { type CredentialsProvider, renewing } from './renewing-credentials.ts';
import { assumeRole, assumeRoleWithWebIdentity, type SessionRequest } from './sessions.ts';

export type { AwsAccessOptions } from './access-options.ts';

/**
 * Opens access to AWS. Nothing is sent before the first question.
 * @throws VedetteError when a name or the proxy cannot be used
 */
export async function createAwsAccess(options: AwsAccessOptions): Promise<AwsAccess> {
  checkOptions(options);
  const clock = options.clock ?? systemClock;
  const environment = options.environment ?? process.env;
  const profile = options.profile ?? (environment['AWS_PROFILE'] || undefined);
  const requestHandler = createHttpHandler(environment);
  const pool = new ClientPool({
    requestHandler,
    profile,
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
  const namedRegion = options.region ?? (await configuredRegion(profile, environment));
  const request = (credentials: CredentialsProvider, region: string, payer: string): SessionRequest => ({
    pool,
    region,
    credentials,
    payer,
    onCall,
  });
  const profileRequest = (credentials: CredentialsProvider): SessionRequest =>
    request(credentials, namedRegion ?? homeRegion('aws'), '');
  const given = renewing(
    options.credentials ??
      baseCredentials({
        profile,
        requestHandler,
        mfaCode: options.mfaCode,
        assumeRole: (source, input) =>
          assumeRole(
            profileRequest(() => Promise.resolve(source)),
            input,
          ),
        assumeRoleWithWebIdentity: (input) => assumeRoleWithWebIdentity(profileRequest(noCredentials), input),
      }),
    clock,
  );
  const enter = roleEntrance({ ...options, profile }, ({ identity, credentials }) =>
    request(credentials, stsRegionOf(identity, namedRegion), identity.account),
  );

  let session: Promise<OwnSession> | undefined;
  const us = (): Promise<OwnSession> => {
    session ??= openOwnSession({
      given,
      profile,
      namedRegion,
      hub: options.hub,
      request,
      clock,
      enter,
    }).catch((error: unknown) => {
      session = undefined;
      throw error;
    });
    return session;
  };

  let ours: AccountAccess | undefined;
  async function own(): Promise<AccountAccess> {
    const { identity, credentials } = await us();
    const { account, partition } = identity;
    ours ??= createAccountAccess(
      {
        account,
        partition,
        credentials: () => ({ role: '', provider: credentials }),
        explain: (error, region) => explainExpiry(error, { profile, region }),
      },
      pool,
      onCall,
    );
    return ours;
  }

  async function open(from: OwnSession, id: string): Promise<AccountAccess> {
    const { partition } = from.identity;
    const externalId = await options.externalId(id);
    const providers = new Map<string, CredentialsProvider>();
    const credentials: AccountSession['credentials'] = (purpose) => {
      const role = roleArn(partition, id, roleNameFor(options, purpose, id));
      const provider = providers.get(role) ?? renewing(() => enter(from, role, externalId), clock);
      providers.set(role, provider);
      return { role, provider };
    };
    await credentials('read').provider();
    return createAccountAccess({ account: id, partition, credentials }, pool, onCall);
  }

  const opened = new Map<string, Promise<AccountAccess>>();
  async function account(id: string): Promise<AccountAccess> {
    if (!isAccountId(id)) {
      throw new UsageError(`"${id.slice(0, 50)}" is not an account id.`, { hint: 'Account ids have 12 digits.' });
    }
    const from = await us();
    if (id === from.identity.account && options.assumeInOwnAccount !== true) return own();
    const known = opened.get(id);
    if (known !== undefined) return known;
    const opening = open(from, id);
    opened.set(id, opening);
    // A refusal may be repaired while the program runs, so it is not kept.
    opening.catch(() => opened.delete(id));
    return opening;
  }

  return {
    identity: async () => (await us()).identity,
    own,
    account,
    get calls() {
      return calls;
    },
    simulated: options.simulated ?? false,
    close: () => Promise.resolve(pool.close()),
  };
}

function noCredentials(): Promise<never> {
  return Promise.reject(new VedetteError('credentials-missing', 'A web identity needs no credentials but its token.'));
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

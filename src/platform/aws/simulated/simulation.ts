// The simulated organisation: an object model of accounts, resources and policies, from which answers to the real AWS SDK
// clients are derived. It knows nothing of what is looked for in it.

import { type Session, accessKeyIdOf, sessionTokenOf } from './access-keys.ts';
import { type Fault, type Faults, faultsFrom } from './faults.ts';
import { gapsOf } from './gaps.ts';
import type { Manifest, ManifestEntry } from './manifest.ts';
import { type CallOutcome, type SdkClient, type Simulated, hook } from './middleware.ts';
import type { Organization } from './organization/organization.ts';
import { hex } from './random.ts';
import { createWorld } from './world.ts';

export interface SimulationOptions {
  /** Accounts of the organisation, the management account included; 60 when not given, 5,000 at most. */
  accounts?: number;
  /** The same seed gives the same organisation. */
  seed?: string;
  /** The moment at which the organisation is looked at: ages count back from its day. */
  now: Date;
  /** The time by which sessions expire; the machine's clock when not given. */
  clock?: () => Date;
  /** Added to every call, in milliseconds. No timer is used when it is 0. */
  latencyMs?: number;
  /** What calls of slow services take longer, in milliseconds. */
  slowMs?: number;
  /** False: every account is active and can be read wholly. True when not given. */
  troubled?: boolean;
  /** False: no trail of the organisation watches the accounts. True when not given. */
  organizationTrail?: boolean;
  faults?: readonly Fault[] | Faults;
  /** Names of the role that a scanner assumes in accounts and of the role that it comes from. */
  roles?: { scanner: string; hub: string };
  /** The external id that the scanner's role asks for in an account; made from the seed when not given. */
  externalId?: (account: string) => string;
  /** Told of every attempt, after it was answered. */
  onCall?: (call: CallOutcome) => void;
  /** Models of accounts that are kept in memory at once. */
  models?: number;
}

export interface SimulatedCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

export interface Simulation {
  readonly seed: string;
  readonly organization: Organization;
  /** Calls answered so far, retries included. */
  readonly calls: number;
  /**
   * Lets the simulation answer a client. Which account a call belongs to is read from the credentials it is signed with.
   * @param options.account the account of calls with credentials that this simulation did not make
   */
  install(client: SdkClient, options?: { account?: string }): void;
  /**
   * Credentials to begin with: a session of the hub role in the security account, or of an administrator in another one.
   */
  credentials(account?: string): SimulatedCredentials;
  externalId(account: string): string;
  /** Replaces the faults. */
  setFaults(faults: readonly Fault[] | Faults): void;
  /** Everything that was planted. Looks at every account once. */
  manifest(): Manifest;
  /** What was planted in one account. */
  planted(account: string): readonly ManifestEntry[];
}

function chooser(faults: readonly Fault[] | Faults): Faults {
  return typeof faults === 'function' ? faults : faultsFrom(faults);
}

export function createSimulation(options: SimulationOptions): Simulation {
  const { accounts = 60, seed = 'vedette' } = options;
  if (!Number.isInteger(accounts) || accounts < 1 || accounts > 5000) {
    throw new RangeError(`A simulated organisation has 1 to 5000 accounts, not ${accounts}.`);
  }
  const world = createWorld({
    seed,
    accounts,
    now: options.now,
    troubled: options.troubled ?? true,
    organizationTrail: options.organizationTrail ?? true,
    roles: options.roles ?? { scanner: 'VedetteRead', hub: 'VedetteHub' },
    externalId: options.externalId,
    models: options.models ?? 64,
  });
  const { organization } = world;
  let faults = chooser(options.faults ?? []);
  let calls = 0;
  let requests = 0;
  const simulated: Simulated = {
    world,
    clock: options.clock ?? (() => new Date()),
    latencyMs: options.latencyMs ?? 0,
    slowMs: options.slowMs ?? 250,
    faults: () => faults,
    onCall: (call) => {
      calls += 1;
      options.onCall?.(call);
    },
    nextRequestId: () => {
      requests += 1;
      return `51000000-0000-4000-a000-${requests.toString(16).padStart(12, '0')}`;
    },
  };
  return {
    seed,
    organization,
    get calls() {
      return calls;
    },
    install: (client, { account } = {}) => hook(simulated, client, account),
    credentials: (account = organization.security.id) => {
      const role = account === organization.security.id ? organization.roles.hub : 'Administrator';
      const session: Session = { account, role, name: 'simulated', expiresAt: Number.MAX_SAFE_INTEGER };
      return {
        accessKeyId: accessKeyIdOf(account, 'ASIA', 0),
        secretAccessKey: hex(40, seed, 'secret', account),
        sessionToken: sessionTokenOf(session),
      };
    },
    externalId: world.externalId,
    setFaults: (next) => {
      faults = chooser(next);
    },
    manifest: () => {
      const entries = organization.accounts
        .filter((profile) => profile.state === 'ACTIVE')
        .flatMap((profile) => world.glance(profile).planted());
      const secrets = entries.flatMap((entry) => (entry.secret === undefined ? [] : [entry.secret]));
      return { seed, entries, gaps: gapsOf(organization.accounts), secrets };
    },
    planted: (account) => world.account(account)?.planted() ?? [],
  };
}

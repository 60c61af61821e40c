// Access to one account: clients by purpose, each with the credentials of the purpose's role.

import type { Partition } from '../../domain/arn.ts';
import type { CallContext } from './call-middleware.ts';
import type { ClientPool } from './client-pool.ts';
import type { AccountAccess, ClientRequest, Purpose, SdkClientClass } from './contract.ts';
import { declareOperations, requireDeclared } from './purpose.ts';
import type { CredentialsProvider } from './renewing-credentials.ts';

export interface AccountSession {
  account: string;
  partition: Partition;
  /** The role and the credentials for a purpose; throws when there is none. The role is empty for our own credentials. */
  credentials(purpose: Purpose): { role: string; provider: CredentialsProvider };
  /** See `CallContext`. */
  explain?: CallContext['explain'];
}

/** Declared lists are constants of their leaves and therefore few: each is checked once. */
const declared = new WeakMap<readonly string[], Map<Purpose, ReadonlySet<string>>>();

/**
 * The declaration that each command was sent under. Clients are expensive to build, so that those of an account, region
 * and purpose are shared; what may be sent through them is not.
 */
const sentUnder = new WeakMap<object, ReadonlySet<string>>();
const nothing: ReadonlySet<string> = new Set();

type Send = (command: object, ...rest: unknown[]) => unknown;

const views = new WeakMap<object, Map<ReadonlySet<string>, object>>();

/** A client as one of its users sees it: what this one sends is held to what this one has declared. */
function declaring<C>(Client: SdkClientClass<C>, client: C, operations: ReadonlySet<string>): C {
  const known = views.get(client as object) ?? new Map<ReadonlySet<string>, object>();
  const view = known.get(operations) ?? viewOf(Client, client as object, operations);
  views.set(client as object, known.set(operations, view));
  return view as C;
}

/** `send` and nothing else: by the configuration or the middleware, credentials and undeclared requests would be open. */
function viewOf<C>(Client: SdkClientClass<C>, client: object, operations: ReadonlySet<string>): object {
  const { send } = client as { send: Send };
  const value: Send = (command, ...rest) => {
    sentUnder.set(command, operations);
    return send.call(client, command, ...rest);
  };
  return Object.create(Client.prototype as object, { send: { value } }) as object;
}

/** Access to an account whose session has been obtained. */
export function createAccountAccess(session: AccountSession, pool: ClientPool, onCall: () => void): AccountAccess {
  let calls = 0;
  const count = (): void => {
    calls += 1;
    onCall();
  };
  return {
    account: session.account,
    partition: session.partition,
    get calls() {
      return calls;
    },
    client<C>(Client: SdkClientClass<C>, request: ClientRequest): C {
      const { purpose, region } = request;
      const operations = declare(purpose, request.operations);
      const shared = pool.pooled(Client, `${session.account} ${purpose}`, region, () => {
        const { role, provider } = session.credentials(purpose);
        return {
          credentials: provider,
          call: {
            account: session.account,
            role,
            region,
            purpose,
            allow: (operation, command) => requireDeclared(purpose, sentUnder.get(command) ?? nothing, operation),
            onCall: count,
            explain: session.explain,
          },
        };
      });
      return declaring(Client, shared, operations);
    },
  };
}

function declare(purpose: Purpose, given: readonly string[]): ReadonlySet<string> {
  const byPurpose = declared.get(given) ?? new Map<Purpose, ReadonlySet<string>>();
  const known = byPurpose.get(purpose) ?? declareOperations(purpose, given);
  declared.set(given, byPurpose.set(purpose, known));
  return known;
}

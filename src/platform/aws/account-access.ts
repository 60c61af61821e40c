// Access to one account: clients by purpose, each with the credentials of the purpose's role.

import type { Partition } from '../../domain/arn.ts';
import type { ClientPool } from './client-pool.ts';
import type { AccountAccess, ClientRequest, Purpose, SdkClientClass } from './contract.ts';
import { declareOperations, requireDeclared } from './purpose.ts';
import type { CredentialsProvider } from './renewing-credentials.ts';

export interface AccountSession {
  account: string;
  partition: Partition;
  /** The role and the credentials for a purpose; throws when there is none. The role is empty for our own credentials. */
  credentials(purpose: Purpose): { role: string; provider: CredentialsProvider };
}

/** Declared lists are constants of their leaves and therefore few: each is checked once. */
const declared = new Map<string, ReadonlySet<string>>();

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
      const key = `${purpose} ${request.operations.join()}`;
      const operations = declare(key, purpose, request.operations);
      return pool.pooled(Client, `${session.account} ${key}`, region, () => {
        const { role, provider } = session.credentials(purpose);
        return {
          credentials: provider,
          call: {
            account: session.account,
            role,
            region,
            purpose,
            allow: (operation) => requireDeclared(purpose, operations, operation),
            onCall: count,
          },
        };
      });
    },
  };
}

function declare(key: string, purpose: Purpose, operations: readonly string[]): ReadonlySet<string> {
  const known = declared.get(key) ?? declareOperations(purpose, operations);
  declared.set(key, known);
  return known;
}

// Verifies findings, account by account.

import { messageOf, VedetteError } from '../../../domain/errors.ts';
import type { AccountAccess } from '../../../platform/aws/contract.ts';
import type { StoredFinding } from '../../findings/index.ts';
import { limiter } from '../../inventory/index.ts';
import type { Verification, VerifyDependencies } from './contract.ts';
import { AccountReader } from './read-again.ts';
import { unverified, verifySubject } from './verify-subject.ts';

/** Subjects of an account, and accounts, that are read at once. */
const atOnce = 8;

/** Why an account cannot be entered, and the way out where there is one. */
function whyNot(error: unknown): string {
  const hint = error instanceof VedetteError && error.hint !== undefined ? ` ${error.hint}` : '';
  return `${messageOf(error)}${hint}`;
}

async function verifyAccount(
  id: string,
  findings: readonly StoredFinding[],
  dependencies: VerifyDependencies,
): Promise<Verification[]> {
  const account = dependencies.accounts.get(id);
  if (account === undefined || account.status !== 'ACTIVE') {
    const reason =
      account === undefined
        ? `The account ${id} is not of this organisation.`
        : `The account is ${account.status}: AWS lets nobody read it.`;
    return findings.map((one) => unverified(one, reason));
  }
  let access: AccountAccess;
  try {
    access = await dependencies.aws.account(id);
  } catch (error) {
    dependencies.signal.throwIfAborted();
    return findings.map((one) => unverified(one, whyNot(error)));
  }
  const reader = new AccountReader(access, dependencies);
  const limit = limiter(atOnce);
  const subjects = Map.groupBy(findings, (one) => JSON.stringify([one.scopeRegion, one.resourceType, one.resource]));
  const verified = await Promise.all(
    [...subjects.values()].map((group) => limit(() => verifySubject(account, group, reader, dependencies))),
  );
  return verified.flat();
}

/**
 * Verifies findings. Whatever their state, what they are about is read again from AWS, alone where its collector can do
 * that, and judged with the parameters of the scan that found it; findings of the same subject come along when the evidence
 * decides them too.
 * @param onVerified told of every account as it is done
 * @throws what `signal` was aborted with; errors of the store
 */
export async function verifyFindings(
  findings: readonly StoredFinding[],
  dependencies: VerifyDependencies,
  onVerified: (done: readonly Verification[]) => void = () => undefined,
): Promise<Verification[]> {
  const limit = limiter(atOnce);
  const accounts = Map.groupBy(findings, (one) => one.account);
  const verified = await Promise.all(
    [...accounts].map(([id, all]) =>
      limit(async () => {
        dependencies.signal.throwIfAborted();
        const done = await verifyAccount(id, all, dependencies);
        onVerified(done);
        return done;
      }),
    ),
  );
  return verified.flat();
}

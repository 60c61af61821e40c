// What an unexpected error means: the end of one account, or of the whole scan.

import { DatabaseError } from 'pg';
import { VedetteError, messageOf } from '../../domain/errors.ts';
import { codeOf } from '../../platform/store/failures.ts';
import type { UnitGap } from '../inventory/index.ts';

/** Words of the driver for a connection that is no more; it gives them no code. */
const lostConnection =
  /^(Connection terminated|timeout exceeded when trying to connect|Cannot use a pool after|Client (was closed|has encountered))/;

/** True for errors of the store: without it nothing can be committed, so they end the scan. */
export function isStoreError(error: unknown): boolean {
  if (error instanceof DatabaseError) return true;
  if (error instanceof VedetteError) return /^(store|data-folder)/.test(error.code);
  return error instanceof Error && (lostConnection.test(error.message) || /^(ECONN|EPIPE)/.test(codeOf(error)));
}

/** The gap of an account whose scan broke off for a reason that nobody foresaw. */
export function failureGap(error: unknown): UnitGap {
  const detail = `The scan of this account broke off: ${messageOf(error)}`.slice(0, 500);
  return { service: '*', action: '*', reason: 'failed', detail };
}

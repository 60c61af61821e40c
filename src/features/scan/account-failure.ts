// What an unexpected error means for an account.

import { messageOf } from '../../domain/errors.ts';
import type { UnitGap } from '../inventory/index.ts';

/** The gap of an account whose scan broke off for a reason that nobody foresaw. */
export function failureGap(error: unknown): UnitGap {
  const detail = `The scan of this account broke off: ${messageOf(error)}`.slice(0, 500);
  return { service: '*', action: '*', reason: 'failed', detail };
}

// Reads one answer as evidence: a value, an absence, or a reason that is recorded as a gap.

import { type Evidence, type UnreadReason, unread } from '../../domain/evidence.ts';
import type { ClassifiedError } from './contract.ts';
import { isCredentialsError } from './explain-credentials.ts';

/** Told of everything that could not be read. */
export type GapListener = (gap: { operation: string; reason: UnreadReason; detail: string }) => void;

/**
 * Runs `get` and says what came of it.
 * @returns its value; null when AWS says that there is none (`absent` names its error codes, or the classification says so);
 *   an `Unread` otherwise, of which `onGap` is told. Throws only when `signal` was aborted, or when our own
 *   credentials are of no use any more.
 */
export async function readEvidence<T>(
  operation: string,
  get: () => Promise<T>,
  options: {
    classify: (error: unknown) => ClassifiedError;
    onGap: GapListener;
    absent?: readonly string[];
    signal?: AbortSignal;
  },
): Promise<Evidence<T | null>> {
  try {
    return await get();
  } catch (error) {
    options.signal?.throwIfAborted();
    // Without credentials there was no question, and so no answer that could be evidence.
    if (isCredentialsError(error)) throw error;
    const classified = options.classify(error);
    if (options.absent?.includes(classified.code) === true || classified.class === 'absent') return null;
    options.onGap({ operation, reason: classified.class, detail: classified.detail });
    return unread(operation, classified.class);
  }
}

// The parts of one resource that have calls of their own, read with the knowledge that the resource may vanish meanwhile.

import { type Evidence, isUnread, unread } from '../../domain/evidence.ts';
import { errorName, MalformedAnswer } from './answer.ts';
import type { CollectContext } from './contract.ts';

export interface Parts {
  /** A part that may be absent: `absent` are the error names by which AWS says so. */
  optional<T>(operation: string, get: () => Promise<T>, absent?: readonly string[]): Promise<Evidence<T | null>>;
  /** A part that is always there. */
  always<T>(operation: string, get: () => Promise<T>): Promise<Evidence<T>>;
  /** The resource itself is no longer there: what was read of it is to be dropped. */
  readonly vanished: boolean;
  /**
   * Throws why the first part could not be read when not one could. For a resource that no list shows and that is nothing
   * but its parts: without any of them it was not read, and neither was its unit.
   */
  throwIfNothingRead(): void;
}

/**
 * Reads parts of one resource.
 * @param gone error names, or a test of the error, by which AWS says that the resource itself is not there (any more);
 *   they never read as the absence of a part.
 */
export function partsOf(context: CollectContext, gone: readonly string[] | ((error: unknown) => boolean)): Parts {
  const isGone = typeof gone === 'function' ? gone : (error: unknown) => gone.includes(errorName(error));
  let vanished = false;
  let answered = false;
  const refusals: unknown[] = [];
  const read = <T>(operation: string, get: () => Promise<T>, absent?: readonly string[]) =>
    context.read<T | null>(
      operation,
      async () => {
        if (vanished) return null;
        try {
          return await get();
        } catch (error) {
          if (!isGone(error)) {
            refusals.push(error);
            throw error;
          }
          vanished = true;
          return null;
        }
      },
      absent,
    );
  const noted = <T>(value: Evidence<T>): Evidence<T> => {
    answered ||= !isUnread(value);
    return value;
  };
  return {
    optional: async (operation, get, absent) => noted(await read(operation, get, absent)),
    always: async <T>(operation: string, get: () => Promise<T>): Promise<Evidence<T>> => {
      const value = await read(operation, get);
      if (value !== null) return noted<T>(value);
      if (vanished) return unread(operation, 'failed');
      // AWS said that there is none of what always is: no answer to build on, so it becomes a gap.
      const gap = await context.read(operation, () => Promise.reject(new MalformedAnswer(operation, 'its content')));
      return isUnread(gap) ? gap : unread(operation, 'failed');
    },
    get vanished() {
      return vanished;
    },
    throwIfNothingRead() {
      if (!answered && refusals.length > 0) throw refusals[0];
    },
  };
}

/** One member of a part, or the reason why the whole part could not be read. */
export function memberOf<T, K extends keyof T>(part: Evidence<T>, key: K): Evidence<T[K]> {
  return isUnread(part) ? part : part[key];
}

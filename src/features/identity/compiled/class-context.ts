// The context of requests by any principal of one kind in one account: what differs from one of them to the next is
// unknown.

import { createContext, type ContextInput, type KeyValue, type RequestContext } from '../policy/context.ts';
import { filledKeys } from '../policy/fill-context.ts';
import type { Principal } from '../policy/principal.ts';

const ofPrincipal = new Set(['aws:principalarn', 'aws:userid', 'aws:username']);
const unknown: KeyValue = { state: 'unknown' };
const present: KeyValue = { state: 'present' };

/** @param principal stands for all of them; its name and ARN are those of nobody */
export function classContext(
  principal: Principal,
  action: string,
  resource: string,
  resourceAccount: string,
  input: ContextInput,
): RequestContext {
  const filled = filledKeys(principal, action, resource, resourceAccount, input.complete);
  const known = createContext(input, filled);
  const stated = new Set([...Object.keys(input.values), ...(input.present ?? [])].map((key) => key.toLowerCase()));
  return {
    get(key) {
      const lower = key.toLowerCase();
      if (stated.has(lower)) return known.get(key);
      if (lower.startsWith('aws:principaltag/')) return unknown;
      if (!ofPrincipal.has(lower)) return known.get(key);
      // Where the kind has such a key at all, only its value differs.
      return known.get(key).state === 'absent' ? known.get(key) : present;
    },
  };
}

// Which conditions leave nothing to gain: only with a given boundary in place, or only policies that are named.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate

import type { Answer } from '../policy/answer.ts';
import { satisfiable } from '../policy/satisfiable.ts';
import { all, any } from '../policy/truth.ts';
import type { Test, Truth } from '../policy/truth.ts';
import { requiresKey } from './narrowing.ts';

const mostText = 300;

/**
 * Under which condition something is to be gained by a request, empty for none; undefined when nothing is.
 * @param condition of a conditional answer
 */
export function gainUnder(decision: Answer['decision'], condition: Answer['condition']): string | undefined {
  if (decision === 'allowed') return '';
  if (decision !== 'conditional' || condition === undefined) return undefined;
  const truth = gainful(condition);
  if (typeof truth === 'boolean') return truth ? '' : undefined;
  return satisfiable(truth) ? truth.text.slice(0, mostText) : undefined;
}

/** The truth that remains when what limits the gain does not count as allowed. */
function gainful(truth: Truth): Truth {
  if (typeof truth === 'boolean') return truth;
  if (truth.kind === 'test') return isLimit(truth) && requiresKey(truth) ? false : truth;
  // A deny of everything but the limit: `not StringNotEquals`, which holds for the limit alone.
  if (truth.kind === 'not') return isLimit(truth.of) && isNegated(truth.of) ? false : truth;
  return (truth.kind === 'all' ? all : any)(truth.of.map(gainful));
}

function isLimit({ key, values }: Test): boolean {
  const name = key.toLowerCase();
  return (name === 'iam:permissionsboundary' || name === 'iam:policyarn') && !values.includes('*');
}

function isNegated({ operator }: Test): boolean {
  return /^(?:StringNotEquals|StringNotEqualsIgnoreCase|StringNotLike|ArnNotEquals|ArnNotLike)$/.test(operator);
}

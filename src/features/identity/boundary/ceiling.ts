// The Allow of a boundary: the most that anybody who carries it can have.

import { serviceActions } from '../../../domain/iam/actions.ts';
import { actionMatches } from '../actions/match-actions.ts';
import { compressActions } from './compress-actions.ts';
import type { Allowance, BoundaryOptions } from './options.ts';
import type { ExplainedStatement } from './statement.ts';
import { oneOrMany } from './statement.ts';

/** The patterns of the ceiling, those of delegation among them, each once, those that another covers left out. */
export function ceilingPatterns({ allow, delegation }: BoundaryOptions): readonly string[] {
  const patterns = new Set(allow.flatMap((part) => ('pattern' in part ? [part.pattern] : patternsOf(part))));
  // What in IAM must not be done is denied one by one.
  if (delegation === 'boundary') patterns.add('iam:*');
  return [...patterns].filter((one) => ![...patterns].some((other) => other !== one && covers(other, one))).sort();
}

function patternsOf({ service, levels }: Extract<Allowance, { service: string }>): readonly string[] {
  const actions = serviceActions(service);
  const wanted = (actions?.names ?? []).filter((_, i) => levels.some((level) => level === actions?.levels[i]));
  return compressActions(wanted.map((name) => `${service}:${name}`));
}

/** True when the first pattern certainly covers all that the second does. */
function covers(wide: string, narrow: string): boolean {
  return wide === '*' || (wide.endsWith('*') && !/[*?]/.test(wide.slice(0, -1)) && actionMatches(wide, narrow));
}

/** Tells whether the ceiling reaches an action. */
export function reaches(patterns: readonly string[]): (action: string) => boolean {
  return (action) => patterns.some((pattern) => actionMatches(pattern, action));
}

export function ceilingStatement(options: BoundaryOptions): ExplainedStatement {
  const patterns = ceilingPatterns(options);
  const everything = patterns.includes('*');
  return {
    statement: { Sid: 'Ceiling', Effect: 'Allow', Action: oneOrMany(patterns), Resource: '*' },
    why: everything
      ? 'The ceiling is everything: only the denials below limit what can be granted. Narrow it with --allow.'
      : `Nothing but ${patterns.length > 8 ? `these ${patterns.length} patterns of actions` : patterns.join(', ')} can be granted, whatever other policies say.`,
  };
}

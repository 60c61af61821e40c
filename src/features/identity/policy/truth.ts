// Three-valued answers: true, false, or the residue, the expression under which the answer would be true.

/**
 * Who decides what a condition key holds: `static` is known from the inventory, `attacker-chosen` is set by the caller,
 * `environment` depends on where and when the call is made, `secret` is held by somebody.
 */
export type KeyClass = 'static' | 'attacker-chosen' | 'environment' | 'secret';

/** A test that could not be decided. `text` is canonical: equal tests have equal text. */
export interface Test {
  readonly kind: 'test';
  readonly key: string;
  readonly keyClass: KeyClass;
  /** The operator with its modifiers, e.g. `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string;
  readonly values: readonly string[];
  readonly text: string;
}

export type Expression =
  | Test
  | { readonly kind: 'all' | 'any'; readonly of: readonly Expression[]; readonly text: string }
  | { readonly kind: 'not'; readonly of: Test; readonly text: string };

export type Truth = boolean | Expression;

/** A test as a truth. */
export function test(key: string, keyClass: KeyClass, operator: string, values: readonly string[]): Test {
  const text = `${key} ${operator} ${values.map((value) => JSON.stringify(value)).join(', ')}`;
  return { kind: 'test', key, keyClass, operator, values, text };
}

/** True when all are: false wins over residue, residue over true. */
export function all(truths: Iterable<Truth>): Truth {
  return combine('all', truths, false);
}

/** True when any is. */
export function any(truths: Iterable<Truth>): Truth {
  return combine('any', truths, true);
}

function combine(kind: 'all' | 'any', truths: Iterable<Truth>, absorbing: boolean): Truth {
  let parts: Map<string, Expression> | undefined;
  let single: Expression | undefined;
  for (const truth of truths) {
    if (truth === absorbing) return absorbing;
    if (typeof truth === 'boolean') continue;
    if (single === undefined && truth.kind !== kind) {
      single = truth;
      continue;
    }
    parts ??= new Map(single === undefined ? [] : [[single.text, single]]);
    for (const part of truth.kind === kind ? truth.of : [truth]) parts.set(part.text, part);
    single ??= truth;
  }
  if (parts === undefined) return single ?? !absorbing;
  // A residue and its opposite: one of the two always holds.
  for (const part of parts.values()) {
    if (part.kind === 'not' && parts.has(part.of.text)) return absorbing;
  }
  // In order of their text, so that the order of statements leaves no trace.
  const of = [...parts.values()].sort((a, b) => (a.text < b.text ? -1 : 1));
  if (of.length === 1) return of[0] as Expression;
  const text = of
    .map((part) => (part.kind === 'test' ? part.text : `(${part.text})`))
    .join(kind === 'all' ? ' and ' : ' or ');
  return { kind, of, text };
}

/** True when it is not. Negation is pushed inwards, so that only tests are ever negated. */
export function not(truth: Truth): Truth {
  if (typeof truth === 'boolean') return !truth;
  if (truth.kind === 'not') return truth.of;
  if (truth.kind === 'test') return { kind: 'not', of: truth, text: `not ${truth.text}` };
  return (truth.kind === 'all' ? any : all)(truth.of.map(not));
}

/** Every test of an expression, each once. */
export function testsOf(truth: Truth): readonly Test[] {
  const found = new Map<string, Test>();
  const walk = (part: Expression): void => {
    if (part.kind === 'test') found.set(part.text, part);
    else if (part.kind === 'not') found.set(part.of.text, part.of);
    else part.of.forEach(walk);
  };
  if (typeof truth !== 'boolean') walk(truth);
  return [...found.values()];
}

import * as fc from 'fast-check';
import { describe, expect, test as check } from 'vitest';
import { satisfiable } from './satisfiable.ts';
import { all, any, not, test, testsOf } from './truth.ts';
import type { Expression, Truth } from './truth.ts';

const names = ['a', 'b', 'c', 'd'] as const;
const literal = (name: string): Truth => test(name, 'static', 'is', []);

/** A formula built with the operations, and beside it what it means. */
interface Formula {
  readonly truth: Truth;
  readonly means: (outcomes: ReadonlySet<string>) => boolean;
}

type Worlds = ReadonlySet<string>;

const formula: fc.Arbitrary<Formula> = fc.letrec<{ node: Formula }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Formula>(
      { truth: true, means: () => true },
      { truth: false, means: () => false },
      ...names.map((name) => ({ truth: literal(name), means: (outcomes: ReadonlySet<string>) => outcomes.has(name) })),
    ),
    tie('node').map(({ truth, means }) => ({ truth: not(truth), means: (outcomes: Worlds) => !means(outcomes) })),
    fc.array(tie('node'), { maxLength: 3 }).map((parts) => ({
      truth: all(parts.map(({ truth }) => truth)),
      means: (outcomes: Worlds) => parts.every(({ means }) => means(outcomes)),
    })),
    fc.array(tie('node'), { maxLength: 3 }).map((parts) => ({
      truth: any(parts.map(({ truth }) => truth)),
      means: (outcomes: Worlds) => parts.some(({ means }) => means(outcomes)),
    })),
  ),
})).node;

function valueOf(truth: Truth, outcomes: ReadonlySet<string>): boolean {
  if (typeof truth === 'boolean') return truth;
  if (truth.kind === 'test') return outcomes.has(truth.key);
  if (truth.kind === 'not') return !valueOf(truth.of, outcomes);
  const values = truth.of.map((part) => valueOf(part, outcomes));
  return truth.kind === 'all' ? values.every(Boolean) : values.some(Boolean);
}

const worlds = Array.from({ length: 16 }, (_, bits) => new Set(names.filter((_name, at) => (bits >> at) & 1)));

describe('three-valued logic', () => {
  check('means what it is built from', () => {
    fc.assert(
      fc.property(formula, ({ truth, means }) => {
        expect(worlds.map((world) => valueOf(truth, world))).toEqual(worlds.map(means));
      }),
      { numRuns: 1000 },
    );
  });

  check('a residue can come true exactly when some outcome makes it true', () => {
    fc.assert(
      fc.property(formula, ({ truth, means }) => {
        expect(satisfiable(truth)).toBe(worlds.some(means));
      }),
      { numRuns: 1000 },
    );
  });

  check('only tests are negated', () => {
    fc.assert(
      fc.property(formula, ({ truth }) => {
        const negated = (part: Expression): readonly string[] =>
          part.kind === 'not' ? [part.of.kind] : part.kind === 'test' ? [] : part.of.flatMap(negated);
        expect(typeof truth === 'boolean' || negated(truth).every((kind) => kind === 'test')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  const [a, b] = [literal('a'), literal('b')];
  check.each<readonly [string, Truth, Truth]>([
    ['false absorbs', all([a, false]), false],
    ['true absorbs', any([a, true]), true],
    ['nothing is required', all([]), true],
    ['nothing suffices', any([]), false],
    ['one alone is itself', all([true, a]), a],
    ['the same twice is once', all([a, a]), a],
    ['opposites exclude', all([a, not(a)]), false],
    ['opposites complete', any([a, not(a)]), true],
    ['twice not', not(not(a)), a],
    ['order is of no matter', all([b, a]), all([a, b])],
    ['lists are flat', any([a, any([b, a])]), any([a, b])],
    ['not all is any not', not(all([a, b])), any([not(a), not(b)])],
  ])('%s', (_name, given, expected) => {
    expect(given).toEqual(expected);
  });

  check('what simplification does not see is searched', () => {
    const pairs: readonly Truth[] = [any([a, b]), any([a, not(b)]), any([not(a), b]), any([not(a), not(b)])];
    expect(satisfiable(all(pairs))).toBe(false);
    expect(satisfiable(not(all(pairs)))).toBe(true);
    expect(pairs.map((_, at) => satisfiable(all(pairs.toSpliced(at, 1))))).toEqual([true, true, true, true]);
    const c = literal('c');
    expect(satisfiable(all([...pairs.slice(1), any([a, b, c]), any([a, b, not(c)])]))).toBe(false);
  });

  check('the tests of an expression, each once', () => {
    expect(testsOf(any([all([a, b]), not(a)])).map(({ key }) => key)).toEqual(['a', 'b']);
    expect(testsOf(true)).toEqual([]);
  });

  const region = 'aws:RequestedRegion';
  const on = (operator: string, values: readonly string[], key = region): Truth =>
    test(key, 'environment', operator, values);
  const blue = on('StringEquals', ['blue']);
  check.each<readonly [string, boolean, Truth]>([
    ['two values of one key', false, all([blue, on('StringEquals', ['red'])])],
    ['one of two values', true, all([blue, on('StringEquals', ['red', 'blue'])])],
    ['no common value', false, all([on('StringEquals', ['a', 'b']), on('StringEquals', ['c', 'd'])])],
    ['a common value', true, all([on('StringEquals', ['a', 'b']), on('StringEquals', ['b', 'c'])])],
    ['all values of a list excluded', false, all([on('StringEquals', ['a', 'b']), not(on('StringLike', ['?']))])],
    ['a value outside a pattern', false, all([blue, on('StringLike', ['r*'])])],
    ['a pattern alone', true, all([on('StringLike', ['b*']), on('StringLike', ['*d'])])],
    ['keys regard no case', false, all([blue, on('StringEquals', ['red'], 'AWS:requestedregion')])],
    ['a value and absence', false, all([blue, on('Null', ['true'])])],
    ['not there and yet not absent', false, all([on('Null', ['true']), on('Null', ['false'])])],
    ['neither there nor absent', false, not(any([on('Null', ['true']), on('Null', ['false'])]))],
    ['absence and IfExists', true, all([on('Null', ['true']), on('StringEqualsIfExists', ['red'])])],
    ['absence denied, and a value', true, all([not(on('Null', ['true'])), blue])],
    ['absence and a value not held', true, all([on('Null', ['true']), not(blue)])],
    ['true and false', false, all([on('Bool', ['true']), on('Bool', ['false'])])],
    ['neither true nor false, where absent', true, not(any([on('Bool', ['true']), on('Bool', ['false'])]))],
    ['an address in no range', true, all([on('IpAddress', ['10.0.0.0/8']), not(on('IpAddress', ['10.1.0.0/16']))])],
    ['an ARN outside a pattern', false, all([on('ArnLike', ['a:b:c:d:e:f']), on('ArnEquals', ['a:b:c:d:e:g*'])])],
    ['values not known', true, all([on('StringEquals', ['${aws:username}']), blue])],
    ['patterns among values', true, all([on('StringLike', ['b', 'r*']), on('StringEquals', ['red'])])],
    ['one value not known', true, all([blue, on('StringEquals', ['red', '${aws:username}'])])],
    ['tests that are no condition', true, all([on('gives', ['x']), blue, on('gives', ['y'])])],
    [
      'keys of several values',
      true,
      all([on('StringEquals', ['a'], 'aws:TagKeys'), on('StringEquals', ['b'], 'aws:TagKeys')]),
    ],
    ['keys of unknown type', true, all([on('StringEquals', ['a'], 'x:y'), on('StringEquals', ['b'], 'x:y')])],
    ['another key', true, all([blue, on('StringEquals', ['red'], 'aws:PrincipalTag/team')])],
    [
      'what was tried leaves no trace',
      true,
      any([all([blue, on('StringEquals', ['red'])]), on('StringEquals', ['red'])]),
    ],
  ])('%s: %s', (_name, expected, truth) => {
    expect(satisfiable(truth)).toBe(expected);
  });

  check('what is too large to tell counts as possible', () => {
    const many = Array.from({ length: 60 }, (_, at) => [literal(`x${at}`), literal(`y${at}`)] as const);
    // Parity-like: no short proof either way.
    const odd = many.map(([x, y], at) => any([all([x, not(many[(at + 1) % 60]?.[1] ?? y)]), all([not(x), y])]));
    expect(satisfiable(all([...odd, any(many.map(([x]) => x))]))).toBe(true);
    // Ten pigeons in nine holes, at most one in each: impossible, but no short search says so.
    const holes = Array.from({ length: 9 }, (_, hole) =>
      Array.from({ length: 10 }, (_pigeon, at) => literal(`${at} in ${hole}`)),
    );
    const placed = Array.from({ length: 10 }, (_, at) => any(holes.map((hole) => hole[at] ?? false)));
    const alone = holes.flatMap((hole) =>
      hole.flatMap((one, at) => hole.slice(at + 1).map((other) => not(all([one, other])))),
    );
    expect(satisfiable(all([...placed, ...alone]))).toBe(true);
  });
});

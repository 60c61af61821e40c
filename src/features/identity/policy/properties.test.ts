import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answer, Decision } from './answer.ts';
import { evaluate } from './evaluate.ts';
import type { ContextInput } from './context.ts';
import type { AccessRequest, Policies } from './policies.ts';
import { isInAccount } from './principal.ts';
import { completions, documentOf, kindOf, layers, policiesOf, requests, statementOf } from './testing/arbitraries.ts';
import type { Json, Layers } from './testing/arbitraries.ts';

const runs = { numRuns: 500 };

/** How much a decision permits. */
function permission(answer: Answer): number {
  return { allowed: 2, conditional: 1, 'implicit-deny': 0, 'explicit-deny': 0 }[answer.decision];
}

/** What an answer may turn into when the unknown becomes known. */
const followUps: Readonly<Record<Decision, readonly Decision[]>> = {
  allowed: ['allowed'],
  conditional: ['allowed', 'implicit-deny', 'explicit-deny'],
  'implicit-deny': ['implicit-deny', 'explicit-deny'],
  'explicit-deny': ['explicit-deny'],
};

/** The context without tags of principals where services and anonymous callers, who carry none, were not said to. */
function carried({ principal, context: said }: AccessRequest, context: ContextInput): ContextInput {
  if (isInAccount(principal)) return context;
  const named = new Set([...Object.keys(said.values), ...(said.present ?? [])]);
  const values = Object.entries(context.values).filter(
    ([key]) => named.has(key) || !key.startsWith('aws:PrincipalTag/'),
  );
  return { ...context, values: Object.fromEntries(values) };
}

/** The lists of statements of all layers, with a way to put a changed list back. */
function lists(
  given: Layers,
): { layer: keyof Layers; statements: readonly Json[]; put: (list: readonly Json[]) => Layers }[] {
  const single = (['identity', 'permissionsBoundary', 'session', 'resource', 'vpcEndpoint'] as const).flatMap(
    (layer) => {
      const statements = given[layer];
      return statements === undefined
        ? []
        : [{ layer, statements, put: (list: readonly Json[]) => ({ ...given, [layer]: list }) }];
    },
  );
  const levels = (['serviceControl', 'resourceControl'] as const).flatMap((layer) =>
    given[layer].map((statements, index) => ({
      layer,
      statements,
      put: (list: readonly Json[]) => ({ ...given, [layer]: given[layer].with(index, list) }),
    })),
  );
  return [...single, ...levels];
}

function pick<Item>(items: readonly Item[], at: number): Item {
  return items[at % items.length] as Item;
}

describe('whatever the policies', () => {
  test('adding a Deny never adds a permission', () => {
    fc.assert(
      fc.property(layers, requests, fc.nat(), fc.nat(), (given, request, at, place) => {
        const { layer, statements, put } = pick(lists(given), at);
        const [deny = {}] = fc.sample(statementOf(kindOf[layer], 'Deny'), { seed: place, numRuns: 1 });
        const more = put(statements.toSpliced(place % (statements.length + 1), 0, deny));
        expect(permission(evaluate(request, policiesOf(more)))).toBeLessThanOrEqual(
          permission(evaluate(request, policiesOf(given))),
        );
      }),
      runs,
    );
  });

  test('removing an Allow never adds a permission', () => {
    fc.assert(
      fc.property(layers, requests, fc.nat(), (given, request, at) => {
        const { statements, put } = pick(lists(given), at);
        const fewer = put(statements.filter((one) => one['Effect'] !== 'Allow' || one !== pick(statements, at)));
        expect(permission(evaluate(request, policiesOf(fewer)))).toBeLessThanOrEqual(
          permission(evaluate(request, policiesOf(given))),
        );
      }),
      runs,
    );
  });

  test('the order of statements never matters', () => {
    fc.assert(
      fc.property(layers, requests, (given, request) => {
        const turned = lists(given).reduce((so, _, index) => {
          const { statements, put } = pick(lists(so), index);
          return put(statements.toReversed());
        }, given);
        const before = evaluate(request, policiesOf(given));
        const after = evaluate(request, policiesOf(turned));
        expect([after.decision, after.wall]).toEqual([before.decision, before.wall]);
      }),
      runs,
    );
  });

  test('splitting a policy in two never matters', () => {
    fc.assert(
      fc.property(layers, requests, fc.nat(), (given, request, at) => {
        const whole = policiesOf(given);
        const cut = (
          statements: readonly Json[],
          kind: 'identity' | 'session' | 'service-control' | 'resource-control',
        ) => {
          const middle = at % (statements.length + 1);
          const halves = [statements.slice(0, middle), statements.slice(middle)].filter((half) => half.length > 0);
          return halves.map((half) => documentOf(half, kind));
        };
        const split: Policies = {
          ...whole,
          identity: cut(given.identity, 'identity'),
          session: given.session === undefined ? [] : cut(given.session, 'session'),
          serviceControl: given.serviceControl.map((level) => cut(level, 'service-control')),
          resourceControl: given.resourceControl.map((level) => cut(level, 'resource-control')),
        };
        const before = evaluate(request, whole);
        const after = evaluate(request, split);
        expect([after.decision, after.wall]).toEqual([before.decision, before.wall]);
      }),
      runs,
    );
  });

  test('what holds while something is unknown holds however it turns out', () => {
    fc.assert(
      fc.property(layers, requests, completions, (given, request, completion) => {
        const policies = policiesOf(given);
        const open = evaluate(request, policies);
        const context = carried(request, completion(request.context));
        const closed = evaluate({ ...request, context }, policies);
        // A role's unique id and a session's name stay unknown.
        fc.pre(closed.decision !== 'conditional');
        expect(followUps[open.decision]).toContain(closed.decision);
      }),
      runs,
    );
  });

  test('an answer says why', () => {
    fc.assert(
      fc.property(layers, requests, (given, request) => {
        const answer = evaluate(request, policiesOf(given));
        expect(answer.wall !== undefined).toBe(permission(answer) === 0);
        expect(answer.change.length > 0).toBe(permission(answer) === 0);
        expect(answer.condition !== undefined).toBe(answer.decision === 'conditional');
        const denied = answer.decision === 'explicit-deny';
        expect(
          denied && (answer.statements.length === 0 || answer.statements.some(({ effect }) => effect === 'Allow')),
        ).toBe(false);
      }),
      runs,
    );
  });
});

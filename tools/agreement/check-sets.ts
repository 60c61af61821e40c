// Holds the sets of all actions against decisions one by one: exactly for single resources, and as bounds for patterns.

import { actionNumber } from '../../src/features/identity/actions/action-index.ts';
import { hasBit } from '../../src/features/identity/actions/bitset.ts';
import { matchesWildcard } from '../../src/features/identity/actions/wildcard.ts';
import { decide } from '../../src/features/identity/compiled/decide.ts';
import { ActionAnalysis, type EffectiveActions } from '../../src/features/identity/compiled/effective-actions.ts';
import { PolicyLibrary } from '../../src/features/identity/compiled/library.ts';
import type { Decision } from '../../src/features/identity/policy/answer.ts';
import { policyCaseSchema, type PolicyCase } from '../../src/features/identity/policy/case-format.ts';
import { readCase } from '../../src/features/identity/policy/case-request.ts';
import { isRoleAssumption, resourceAccountOf } from '../../src/features/identity/policy/judge-resource.ts';
import { internCase } from './check.ts';
import { seededRandom } from './random.ts';
import { actions, drawScenario, resources } from './scenario.ts';

export interface SetAgreement {
  compared: number;
  /** How often an action was in each set. */
  held: Record<'allowed' | 'conditional' | 'neither', number>;
  different: number;
  differences: { case: PolicyCase; action: string; family: string; decision: Decision; held: string }[];
}

const families = [
  'arn:aws:s3:::*',
  'arn:aws:s3:::reports/*',
  'arn:aws:s3:::reports/*/*',
  'arn:aws:kms:*:*:key/*',
  'arn:aws:kms:eu-west-1:111122223333:*',
  'arn:aws:kms:*:*:alias/aws/*',
  'arn:aws:*:eu-west-1:111122223333:*',
  'arn:aws:iam::111122223333:*',
  'arn:aws:sqs:eu-west-1:*:orders',
  '*',
];

/** Compares the sets of `questions` random principals with their single decisions. */
export function checkSets(questions: number, seed: number, keep = 5): SetAgreement {
  const random = seededRandom(seed);
  const result: SetAgreement = {
    compared: 0,
    held: { allowed: 0, conditional: 0, neither: 0 },
    different: 0,
    differences: [],
  };
  for (let i = 0; i < questions; i += 1) {
    const { policies, requests } = drawScenario(random, 1);
    const whole = policyCaseSchema.parse({ name: 'random', ...requests[0], ...policies });
    const { request, policies: parsed } = readCase(whole);
    const compiled = internCase(new PolicyLibrary(), whole, request, parsed);
    const family = random.chance(0.5) ? request.resource : random.pick(families);
    const single = family === request.resource;
    const analysis = new ActionAnalysis({
      resources: family,
      resourceAccount: resourceAccountOf(request),
      withoutResource: single && family === '*',
    });
    const sets = analysis.effectiveActions(request.principal, compiled, request.context);
    const within = single ? [family] : resources.filter((resource) => matchesWildcard(family, resource));
    for (const action of actions) {
      const number = actionNumber(action);
      // The kind of the resource's policy follows from the action that the case was drawn for.
      if (number === undefined || isRoleAssumption(action) !== isRoleAssumption(request.action)) continue;
      for (const resource of within) {
        // No other service acts on the aliases of AWS managed keys, which RCPs do not reach.
        if (!single && resource.includes(':alias/aws/') && !action.startsWith('kms:')) continue;
        const decision = decide(
          { ...request, action, resource, resourceAccount: resourceAccountOf(request) },
          compiled,
        );
        const held = heldIn(sets, number);
        result.compared += 1;
        result.held[held] += 1;
        if (agrees(decision, held, single)) continue;
        result.different += 1;
        if (result.differences.length < keep) result.differences.push({ case: whole, action, family, decision, held });
      }
    }
  }
  return result;
}

function heldIn(sets: EffectiveActions, number: number): keyof SetAgreement['held'] {
  if (hasBit(sets.allowed, number)) return 'allowed';
  return hasBit(sets.conditional, number) ? 'conditional' : 'neither';
}

/** For a pattern, `allowed` must hold for every resource of it, and `neither` too; `conditional` promises nothing. */
function agrees(decision: Decision, held: keyof SetAgreement['held'], single: boolean): boolean {
  if (held === 'conditional') return !single || decision === 'conditional';
  return held === 'allowed' ? decision === 'allowed' : decision === 'implicit-deny' || decision === 'explicit-deny';
}

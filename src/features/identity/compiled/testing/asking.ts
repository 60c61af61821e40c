// Policies made of statements, and all actions of somebody under them, as the tests of the compiled evaluator ask.

import { actionNumber, unlistedBit } from '../../actions/action-index.ts';
import { hasBit } from '../../actions/bitset.ts';
import type { PolicyKind } from '../../policy/document.ts';
import { parsePrincipal, type Principal } from '../../policy/principal.ts';
import type { CompiledDocument } from '../compiled-document.ts';
import { noCompiledPolicies, type CompiledPolicies } from '../compiled-policies.ts';
import { ActionAnalysis, type EffectiveActions, type ResourceQuestion } from '../effective-actions.ts';
import { PolicyLibrary } from '../library.ts';

export type Statement = Record<string, unknown>;

export const account = '111122223333';
export const library = new PolicyLibrary();
export const nothingKnown = { values: {}, complete: false };

export function principal(text: string): Principal {
  const parsed = parsePrincipal(text);
  if (parsed === undefined) throw new Error(`${text} names nobody`);
  return parsed;
}

/** Somebody of the account, such as `user/alice`. */
export const own = (name: string): Principal => principal(`arn:aws:iam::${account}:${name}`);

export const policyText = (...statements: Statement[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** SCPs, RCPs and the policies of VPC endpoints are read in no account; others are policies of the account. */
export function compiled(kind: PolicyKind, ...statements: Statement[]): CompiledDocument {
  const ofNone = kind === 'service-control' || kind === 'resource-control' || kind === 'vpc-endpoint';
  return library.intern(policyText(...statements), kind, ofNone ? undefined : account);
}

export const identity = (...statements: Statement[]): CompiledDocument => compiled('identity', ...statements);
export const control = (...statements: Statement[]): CompiledDocument => compiled('service-control', ...statements);

export const allow = (Action: unknown, more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});
export const deny = (Action: unknown, more: Statement = {}): Statement => ({ ...allow(Action, more), Effect: 'Deny' });
export const everyone = { Principal: '*' };

/** All actions of somebody, from a fresh analysis. */
export function ask(
  policies: Partial<CompiledPolicies>,
  question: ResourceQuestion = { resources: '*' },
  who: Principal = own('role/app'),
  context: { values: Record<string, string[]>; complete: boolean } = nothingKnown,
): EffectiveActions {
  return new ActionAnalysis(question).effectiveActions(who, { ...noCompiledPolicies, ...policies }, context);
}

/** An action that AWS does not list stands for all of them. */
export function standing(sets: EffectiveActions, action: string): 'allowed' | 'conditional' | 'denied' {
  const number = actionNumber(action) ?? unlistedBit();
  if (hasBit(sets.allowed, number)) return 'allowed';
  return hasBit(sets.conditional, number) ? 'conditional' : 'denied';
}

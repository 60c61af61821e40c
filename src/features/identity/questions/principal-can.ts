// What a principal can do: by service and access level, what stands out, and which guardrails take away.

import { accessLevelOf, accessLevels, type AccessLevel } from '../../../domain/iam/actions.ts';
import { actionCount, actionNumber } from '../actions/action-index.ts';
import { addAll, addBit, hasBit, type Bitset } from '../actions/bitset.ts';
import { isWildcardOnly } from '../actions/resource-types.ts';
import { actionRules } from '../compiled/action-rules.ts';
import { documentOf } from '../evidence/source-policy.ts';
import { createContext } from '../policy/context.ts';
import type { Statement } from '../policy/document.ts';
import { filledKeys } from '../policy/fill-context.ts';
import { isRoleAssumption } from '../policy/judge-resource.ts';
import { accountOf, type Principal } from '../policy/principal.ts';
import { statementsOf, type CompiledStatement } from '../policy/statement.ts';
import { conditionText, conditionsText } from './statement-words.ts';
import { categoryWords, escalationsWithin } from './escalation-sets.ts';
import {
  actionNames,
  callsWithoutCredentials,
  principalActions,
  type OwnActions,
  type PrincipalLayers,
} from './principal-actions.ts';

/** How many actions of an access level: on everything without conditions, and otherwise. */
export interface LevelCount {
  readonly always: number;
  /** On some resources only, or under conditions. */
  readonly partly: number;
}

export interface ServiceRow {
  readonly service: string;
  readonly levels: Readonly<Record<AccessLevel, LevelCount>>;
  readonly total: LevelCount;
}

export interface ActionRow {
  readonly action: string;
  readonly level: AccessLevel;
  readonly how: 'always' | 'partly';
  /** For `partly`: the resources that identity policies allow it on, and the conditions, as written. */
  readonly resources: readonly string[];
  readonly conditions: readonly string[];
}

export interface EscalationRow {
  readonly id: string;
  readonly category: string;
  readonly actions: readonly string[];
  readonly gain: string;
  readonly how: 'always' | 'partly';
}

export interface LimitRow {
  readonly policy: string;
  readonly arn: string | null;
  readonly kind: string;
  readonly attachedTo: string;
  readonly removed: { readonly count: number; readonly examples: readonly string[] };
  readonly narrowed: { readonly count: number; readonly examples: readonly string[] };
}

export interface PrincipalCanAnswer {
  readonly principal: string;
  /**
   * Everything that policies can give it, on everything, without conditions; the policies of keys and roles must let it
   * use them as well.
   */
  readonly everything: boolean;
  readonly totals: LevelCount & { readonly known: number };
  readonly services: readonly ServiceRow[];
  /** With a service: its actions. */
  readonly actions: readonly ActionRow[];
  readonly permissionsManagement: { readonly always: readonly string[]; readonly partly: readonly string[] };
  readonly escalations: readonly EscalationRow[];
  readonly limits: readonly LimitRow[];
  readonly unknown: readonly string[];
}

/** Answers for one principal. Pure. */
export function principalCan(
  text: string,
  layers: PrincipalLayers,
  service: string | undefined,
): Omit<PrincipalCanAnswer, 'unknown'> {
  const { effective, limits } = principalActions(layers);
  const always = actionNames(effective.allowed);
  const partly = actionNames(effective.conditional);
  const either = effective.allowed.slice();
  addAll(either, effective.conditional);
  return {
    principal: text,
    everything: isEverything(layers.principal, effective),
    totals: { always: always.length, partly: partly.length, known: actionCount() },
    services: serviceRows(always, partly).filter((row) => service === undefined || row.service === service),
    actions: service === undefined ? [] : actionRows(layers, always, partly, service),
    permissionsManagement: { always: managing(always), partly: managing(partly) },
    escalations: escalationsWithin(either).map((set) => ({
      ...set,
      gain: categoryWords[set.category] ?? set.category,
      how: within(set.actions, effective.allowed) ? 'always' : 'partly',
    })),
    limits: limits.map(({ removed, narrowed, ...about }) => ({
      ...about,
      removed: sample(removed),
      narrowed: sample(narrowed),
    })),
  };
}

/** What AWS refuses to the kind of principal, whatever policies say, and what no principal calls, is not missing. */
function isEverything({ kind }: Principal, { allowed, leftToResource }: OwnActions): boolean {
  const held = allowed.slice();
  addAll(held, leftToResource);
  for (const number of actionRules().callers[kind].refused) addBit(held, number);
  for (const action of callsWithoutCredentials) addBit(held, actionNumber(action) ?? 0);
  return actionNames(held).length === actionCount();
}

function managing(names: readonly string[]): readonly string[] {
  return names.filter((name) => accessLevelOf(name) === 'Permissions management');
}

function within(actions: readonly string[], set: Bitset): boolean {
  return actions.every((action) => hasBit(set, actionNumber(action) ?? -1));
}

function sample(set: Bitset): { count: number; examples: readonly string[] } {
  const names = actionNames(set);
  return { count: names.length, examples: names.slice(0, 5) };
}

function serviceRows(always: readonly string[], partly: readonly string[]): readonly ServiceRow[] {
  const counts = new Map<string, Record<AccessLevel, { always: number; partly: number }>>();
  const add = (names: readonly string[], how: 'always' | 'partly'): void => {
    for (const name of names) {
      const service = name.slice(0, name.indexOf(':'));
      const row = counts.get(service) ?? emptyLevels();
      counts.set(service, row);
      row[accessLevelOf(name) ?? 'Write'][how] += 1;
    }
  };
  add(always, 'always');
  add(partly, 'partly');
  return [...counts].map(([service, levels]) => {
    const all = Object.values(levels);
    const sum = (how: 'always' | 'partly'): number => all.reduce((total, level) => total + level[how], 0);
    return { service, levels, total: { always: sum('always'), partly: sum('partly') } };
  });
}

function emptyLevels(): Record<AccessLevel, { always: number; partly: number }> {
  return Object.fromEntries(accessLevels.map((level) => [level, { always: 0, partly: 0 }])) as Record<
    AccessLevel,
    { always: number; partly: number }
  >;
}

function actionRows(
  layers: PrincipalLayers,
  always: readonly string[],
  partly: readonly string[],
  service: string,
): readonly ActionRow[] {
  const own = (name: string): boolean => name.startsWith(`${service}:`);
  const statements = layers.identity.flatMap((source) => statementsOf(documentOf(source)));
  const limits = [
    ...(layers.permissionsBoundary === undefined ? [] : [layers.permissionsBoundary]),
    ...layers.serviceControl.flatMap((level) => level.policies),
  ].flatMap((source) => statementsOf(documentOf(source)));
  const rows = [
    ...always.filter(own).map((name): ActionRow => rowOf(name, 'always', [], [])),
    ...partly.filter(own).map((written) => {
      const name = written.toLowerCase();
      const filled = filledKeys(layers.principal, name, '*', accountOf(layers.principal), false);
      const context = createContext(layers.context, filled);
      const speaking = (one: CompiledStatement): boolean =>
        one.matchesAction(name) && one.conditions(context) !== false;
      const granting = statements
        .filter((one) => one.statement.effect === 'Allow' && one.statement.sound && speaking(one))
        .map((one) => one.statement);
      const denying = [...statements, ...limits]
        .filter((one) => one.statement.effect === 'Deny' && speaking(one))
        .map((one) => one.statement);
      return rowOf(
        written,
        'partly',
        [...new Set(granting.flatMap(resourcesOf))],
        [
          ...new Set([
            ...granting.map(conditionsText).filter((words) => words !== ''),
            ...otherSide(name),
            ...denying.map(exceptionText),
          ]),
        ],
      );
    }),
  ];
  return rows.sort((a, b) => (a.action < b.action ? -1 : 1));
}

function rowOf(
  name: string,
  how: ActionRow['how'],
  resources: readonly string[],
  conditions: readonly string[],
): ActionRow {
  return { action: name, level: accessLevelOf(name) ?? 'Write', how, resources, conditions };
}

/** Where the resource's own policy must speak as well. */
function otherSide(name: string): readonly string[] {
  if (isRoleAssumption(name)) return ["where the role's trust policy admits the caller"];
  if (!name.startsWith('kms:') || isWildcardOnly(name) === true) return [];
  return ["where the key's own policy allows it or leaves it to the account"];
}

/** What a Deny leaves: said positively where it has one condition and nothing else. */
function exceptionText(statement: Statement): string {
  const resources = resourcesOf(statement).filter((resource) => resource !== '*');
  const [condition] = statement.conditions;
  if (resources.length === 0 && condition !== undefined && statement.conditions.length === 1) {
    return `only where ${conditionText(condition, false)}`;
  }
  return `not where ${[...resources, conditionsText(statement)].filter((part) => part !== '').join(', ')}`;
}

function resourcesOf({ resources }: Statement): readonly string[] {
  if (resources === undefined) return ['*'];
  return resources.not ? resources.patterns.map((pattern) => `all but ${pattern}`) : resources.patterns;
}

// One statement: its elements, which of them its kind of policy requires or forbids, and what a fault does to it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html

import type { ActionElement, Condition, PolicyKind, PrincipalElement, ResourceElement, Statement } from './document.ts';
import { duplicatedKeys } from './json-text.ts';
import { parseConditions } from './parse-conditions.ts';
import { parsePrincipals } from './parse-principals.ts';
import { readPatterns } from './parse-patterns.ts';
import { pointer, quoted } from './problems.ts';
import type { Problems } from './problems.ts';
import type { StatementScope } from './statement-scope.ts';

const everyAction: ActionElement = { not: false, patterns: ['*'] };

/** What a statement that cannot be read may mean: a Deny of everything to everyone. */
export function denyEverything(place: string): Statement {
  return {
    sid: undefined,
    effect: 'Deny',
    actions: everyAction,
    resources: undefined,
    principals: undefined,
    conditions: [],
    sound: false,
    place,
  };
}

const elements = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

/** Parses one statement; faults are reported and widen a Deny or void an Allow (`sound` false). */
export function parseStatement(
  value: unknown,
  place: string,
  kind: PolicyKind,
  variables: boolean,
  problems: Problems,
): Statement {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    problems.error('not-an-object', place, 'A statement is a JSON object.');
    return denyEverything(place);
  }
  const before = problems.errors();
  const record = value as Record<string, unknown>;
  const repeated = duplicatedKeys(record);
  for (const key of Object.keys(record)) {
    if (!elements.has(key)) {
      problems.error('unknown-element', pointer(place, key), `A statement has no element ${quoted(key)}.`);
    } else if (repeated.has(key)) {
      problems.error('duplicate-key', pointer(place, key), `${key} is given more than once.`);
    }
  }
  const effect = parseEffect(record, repeated, place, problems);
  const scope: StatementScope = { place, kind, variables, effect, problems };
  const actions = parseActions(record, repeated, scope);
  const resources = parseResources(record, repeated, scope);
  const principals = parsePrincipalElement(record, repeated, scope);
  const conditions: readonly Condition[] = repeated.has('Condition') ? [] : parseConditions(record['Condition'], scope);
  checkResourceControl(scope, record, actions);
  const sid = parseSid(record['Sid'], place, problems);
  return { sid, effect, actions, resources, principals, conditions, sound: problems.errors() === before, place };
}

function parseEffect(
  record: Record<string, unknown>,
  repeated: ReadonlySet<string>,
  place: string,
  problems: Problems,
): 'Allow' | 'Deny' {
  const effect = record['Effect'];
  if (repeated.has('Effect')) return 'Deny';
  if (effect === 'Allow' || effect === 'Deny') return effect;
  problems.error(
    'effect',
    pointer(place, 'Effect'),
    `Effect is Allow or Deny, not ${quoted(effect)}; taken for a Deny.`,
  );
  return 'Deny';
}

function parseSid(value: unknown, place: string, problems: Problems): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return value === '' ? undefined : value.slice(0, 1024);
  problems.warning('sid', pointer(place, 'Sid'), 'Sid is a string.');
  return undefined;
}

function parseActions(
  record: Record<string, unknown>,
  repeated: ReadonlySet<string>,
  scope: StatementScope,
): ActionElement {
  const chosen = chooseElement(record, repeated, 'Action', scope);
  if (chosen === undefined) {
    if (record['Action'] === undefined && record['NotAction'] === undefined) {
      scope.problems.error('no-action', scope.place, 'The statement names no Action.');
    }
    return everyAction;
  }
  if (chosen.not && scope.kind === 'resource-control') {
    scope.problems.error('rcp-not-action', chosen.place, 'A resource control policy takes no NotAction.');
    return everyAction;
  }
  const patterns = readPatterns(chosen.value, 'action', scope, chosen.place);
  return patterns === undefined ? everyAction : { not: chosen.not, patterns };
}

/** Kinds in which a statement must name its resources. Trust policies may not; others (ECR) may leave them out. */
const resourceRequired = new Set<PolicyKind>([
  'identity',
  'service-control',
  'resource-control',
  'permissions-boundary',
  'session',
]);

function parseResources(
  record: Record<string, unknown>,
  repeated: ReadonlySet<string>,
  scope: StatementScope,
): ResourceElement | undefined {
  const chosen = chooseElement(record, repeated, 'Resource', scope);
  if (chosen === undefined) {
    if (record['Resource'] === undefined && record['NotResource'] === undefined && resourceRequired.has(scope.kind)) {
      scope.problems.error('no-resource', scope.place, 'The statement names no Resource.');
    }
    return undefined;
  }
  if (scope.kind === 'trust') {
    scope.problems.error('resource-in-trust', chosen.place, 'A trust policy names no Resource: it is the role itself.');
    return undefined;
  }
  const value = scope.kind === 'resource' ? completeMethods(chosen.value) : chosen.value;
  const patterns = readPatterns(value, chosen.not ? 'not-resource' : 'resource', scope, chosen.place);
  return patterns === undefined ? undefined : { not: chosen.not, patterns };
}

/**
 * API Gateway lets the policy of an API name its methods as `execute-api:/stage/GET/pets`, and completes that to the ARN
 * with the API's own region, account and id when the policy is saved.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 */
function completeMethods(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(completeMethods);
  if (typeof value !== 'string' || !value.startsWith('execute-api:/')) return value;
  return `arn:*:execute-api:*:*:*${value.slice('execute-api:'.length)}`;
}

function parsePrincipalElement(
  record: Record<string, unknown>,
  repeated: ReadonlySet<string>,
  scope: StatementScope,
): PrincipalElement | undefined {
  const attachedToPrincipal = ['identity', 'service-control', 'permissions-boundary', 'session'].includes(scope.kind);
  const chosen = chooseElement(record, repeated, 'Principal', scope);
  if (chosen === undefined) {
    if (!attachedToPrincipal && record['Principal'] === undefined && record['NotPrincipal'] === undefined) {
      scope.problems.error('no-principal', scope.place, 'The statement names no Principal.');
    }
    return undefined;
  }
  if (attachedToPrincipal) {
    scope.problems.error('principal-not-allowed', chosen.place, `This kind of policy takes no ${chosen.name}.`);
    return undefined;
  }
  return parsePrincipals(chosen.value, chosen.not, scope, chosen.place);
}

interface Chosen {
  readonly name: string;
  readonly not: boolean;
  readonly value: unknown;
  readonly place: string;
}

/** The one of `X` and `NotX` that is given; undefined when neither is, or when what is given cannot be told. */
function chooseElement(
  record: Record<string, unknown>,
  repeated: ReadonlySet<string>,
  name: string,
  scope: StatementScope,
): Chosen | undefined {
  const opposite = `Not${name}`;
  const given = [name, opposite].filter((key) => record[key] !== undefined);
  if (given.length === 2) {
    scope.problems.error(
      'both-elements',
      pointer(scope.place, opposite),
      `${name} and ${opposite} exclude each other.`,
    );
    return undefined;
  }
  const chosen = given[0];
  if (chosen === undefined || repeated.has(chosen)) return undefined;
  return { name: chosen, not: chosen === opposite, value: record[chosen], place: pointer(scope.place, chosen) };
}

/**
 * Resource control policies only deny, and know no NotAction; the one Allow is that of RCPFullAWSAccess.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
 */
function checkResourceControl(scope: StatementScope, record: Record<string, unknown>, actions: ActionElement): void {
  if (scope.kind !== 'resource-control' || scope.effect === 'Deny') return;
  if (!actions.patterns.includes('*') || record['Condition'] !== undefined) {
    const place = pointer(scope.place, 'Effect');
    scope.problems.error('rcp-allow', place, 'A resource control policy of your own can only deny.');
  }
}

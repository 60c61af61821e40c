// Random policies, principals and requests for property tests. The alphabets are small on purpose, so that statements
// and requests meet often.

import * as fc from 'fast-check';
import type { ContextInput } from '../context.ts';
import type { PolicyDocument, PolicyKind } from '../document.ts';
import { parsePolicy } from '../parse.ts';
import { noPolicies } from '../policies.ts';
import type { AccessRequest, Policies } from '../policies.ts';
import { parsePrincipal } from '../principal.ts';
import type { Principal } from '../principal.ts';

export type Json = Record<string, unknown>;

const account = '111122223333';
const other = '444455556666';

const principalTexts = [
  `arn:aws:iam::${account}:user/alice`,
  `arn:aws:iam::${other}:user/bob`,
  `arn:aws:iam::${account}:role/app`,
  `arn:aws:sts::${account}:assumed-role/app/run`,
  `arn:aws:sts::${other}:assumed-role/app/run`,
  `arn:aws:sts::${account}:federated-user/carol`,
  `arn:aws:iam::${account}:root`,
  `arn:aws:iam::${account}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`,
  'sns.amazonaws.com',
  `arn:aws:iam::${account}:saml-provider/corp`,
  '*',
] as const;

const principals = principalTexts.map((text) => parsePrincipal(text)).filter((one) => one !== undefined);

const resources = [
  `arn:aws:sqs:eu-west-1:${account}:queue`,
  'arn:aws:s3:::bucket/key',
  `arn:aws:kms:eu-west-1:${account}:key/k`,
  `arn:aws:iam::${account}:role/target`,
  '*',
] as const;

const actions = ['sqs:SendMessage', 's3:GetObject', 'kms:Decrypt', 'sts:AssumeRole', 'iam:PassRole'] as const;
const actionPatterns = [...actions, '*', '*', '*', '*', 's3:*', 'sqs:Send*', 'KMS:decrypt', 'sts:Assume?ole'] as const;
const resourcePatterns = [
  ...resources,
  '*',
  '*',
  '*',
  'arn:aws:s3:::bucket/*',
  // eslint-disable-next-line no-template-curly-in-string -- a policy variable
  'arn:aws:s3:::bucket/${aws:PrincipalTag/team}',
  `arn:aws:sqs:*:${account}:*`,
] as const;

/** Keys that conditions test and contexts hold, with their values. */
const keys: Readonly<Record<string, readonly string[]>> = {
  'aws:PrincipalTag/team': ['key', 'red'],
  'aws:SourceIp': ['203.0.113.7', '2001:db8::1'],
  'aws:TagKeys': ['a', 'b'],
  'aws:SecureTransport': ['true', 'false'],
};

const tests: readonly (readonly [string, string, unknown])[] = [
  ['StringEquals', 'aws:PrincipalTag/team', 'key'],
  ['StringNotEqualsIfExists', 'aws:PrincipalTag/team', ['key', 'blue']],
  ['StringLike', 'aws:PrincipalTag/team', '*'],
  ['IpAddress', 'aws:SourceIp', '203.0.113.0/24'],
  ['NotIpAddress', 'aws:SourceIp', '203.0.113.0/24'],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['a']],
  ['ForAnyValue:StringNotEquals', 'aws:TagKeys', ['a']],
  ['Bool', 'aws:SecureTransport', 'true'],
  ['Null', 'aws:TagKeys', 'true'],
];

const condition = fc
  .uniqueArray(fc.constantFrom(...tests), { maxLength: 2, selector: ([operator]) => operator })
  .map((chosen) => Object.fromEntries(chosen.map(([operator, key, value]) => [operator, { [key]: value }])));

const principalElement = fc.oneof(
  fc.constant<unknown>('*'),
  fc
    .uniqueArray(fc.constantFrom(...principalTexts.slice(0, 7), account, other), { minLength: 1, maxLength: 3 })
    .map((AWS) => ({ AWS })),
  fc.constant<unknown>({ Service: 'sns.amazonaws.com' }),
  fc.constant<unknown>({ Federated: `arn:aws:iam::${account}:saml-provider/corp` }),
);

const withPrincipal = new Set<PolicyKind>(['resource', 'trust', 'resource-control', 'vpc-endpoint']);

/** A sound statement of the kind, as JSON. */
export function statementOf(kind: PolicyKind, effect?: 'Allow' | 'Deny'): fc.Arbitrary<Json> {
  const effects =
    kind === 'resource-control' ? fc.constant('Deny') : fc.constantFrom('Allow', 'Allow', 'Allow', 'Allow', 'Deny');
  return fc
    .record({
      effect: effect === undefined ? effects : fc.constant(effect),
      not: fc.constantFrom('', '', '', '', '', '', 'NotAction', 'NotResource'),
      actions: fc.uniqueArray(fc.constantFrom(...actionPatterns), { minLength: 1, maxLength: 3 }),
      resources: fc.uniqueArray(fc.constantFrom(...resourcePatterns), { minLength: 1, maxLength: 2 }),
      principal: principalElement,
      condition: fc.option(condition, { nil: undefined, freq: 2 }),
    })
    .map(({ effect: chosen, not, actions: names, resources: patterns, principal, condition: block }) => ({
      Effect: chosen,
      [not === 'NotAction' && kind !== 'resource-control' ? not : 'Action']: names,
      ...(kind === 'trust' ? {} : { [not === 'NotResource' ? not : 'Resource']: patterns }),
      ...(withPrincipal.has(kind) ? { Principal: kind === 'resource-control' ? '*' : principal } : {}),
      ...(block === undefined || Object.keys(block).length === 0 ? {} : { Condition: block }),
    }));
}

/** Statements of every layer, before they become documents: what the properties shuffle, split, add and take away. */
export interface Layers {
  readonly identity: readonly Json[];
  readonly permissionsBoundary: readonly Json[] | undefined;
  readonly session: readonly Json[] | undefined;
  readonly resource: readonly Json[] | undefined;
  readonly vpcEndpoint: readonly Json[] | undefined;
  readonly serviceControl: readonly (readonly Json[])[];
  readonly resourceControl: readonly (readonly Json[])[];
}

const list = (kind: PolicyKind): fc.Arbitrary<Json[]> => fc.array(statementOf(kind), { minLength: 1, maxLength: 4 });
const maybe = (kind: PolicyKind): fc.Arbitrary<Json[] | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: list(kind) });

const levels = (kind: PolicyKind): fc.Arbitrary<Json[][]> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<Json[][]>([]) },
    { weight: 1, arbitrary: fc.array(list(kind), { maxLength: 2 }) },
  );

export const layers: fc.Arbitrary<Layers> = fc.record({
  identity: list('identity'),
  permissionsBoundary: maybe('permissions-boundary'),
  session: maybe('session'),
  resource: fc.option(list('resource'), { nil: undefined }),
  vpcEndpoint: maybe('vpc-endpoint'),
  serviceControl: levels('service-control'),
  resourceControl: levels('resource-control'),
});

/** The kind of policy in each layer. */
export const kindOf: Readonly<Record<keyof Layers, PolicyKind>> = {
  identity: 'identity',
  permissionsBoundary: 'permissions-boundary',
  session: 'session',
  resource: 'resource',
  vpcEndpoint: 'vpc-endpoint',
  serviceControl: 'service-control',
  resourceControl: 'resource-control',
};

export function documentOf(statements: readonly Json[], kind: PolicyKind): PolicyDocument {
  return parsePolicy({ Version: '2012-10-17', Statement: statements }, { name: kind, kind });
}

/** One document a layer. */
export function policiesOf(given: Layers): Policies {
  const one = (statements: readonly Json[] | undefined, kind: PolicyKind): PolicyDocument | undefined =>
    statements === undefined ? undefined : documentOf(statements, kind);
  return {
    ...noPolicies,
    identity: [documentOf(given.identity, 'identity')],
    permissionsBoundary: one(given.permissionsBoundary, 'permissions-boundary'),
    session: given.session === undefined ? [] : [documentOf(given.session, 'session')],
    resource: one(given.resource, 'resource'),
    vpcEndpoint: one(given.vpcEndpoint, 'vpc-endpoint'),
    serviceControl: given.serviceControl.map((level) => [documentOf(level, 'service-control')]),
    resourceControl: given.resourceControl.map((level) => [documentOf(level, 'resource-control')]),
  };
}

const everyKey = Object.keys(keys);

/** A value for every key, or several for the one that can have several. */
const values: fc.Arbitrary<Record<string, readonly string[]>> = fc.record(
  Object.fromEntries(
    Object.entries(keys).map(([key, known]) => {
      const maxLength = key === 'aws:TagKeys' ? known.length : 1;
      return [key, fc.subarray([...known], { minLength: 1, maxLength })];
    }),
  ),
);

function only(given: Record<string, readonly string[]>, chosen: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(given).filter(([key]) => chosen.includes(key)));
}

/** Requests that know some keys, know of others that they are there, and of the rest all or nothing. */
export const requests: fc.Arbitrary<AccessRequest> = fc
  .record({
    principal: fc.constantFrom<Principal>(...principals),
    place: fc.integer({ min: 0, max: actions.length - 1 }),
    foreign: fc.boolean(),
    values,
    named: fc.subarray(everyKey),
    hidden: fc.subarray(everyKey),
    complete: fc.boolean(),
  })
  .map(({ principal, place, foreign, values: given, named, hidden, complete }) => {
    const known = named.filter((key) => !hidden.includes(key));
    const context: ContextInput = { values: only(given, known), present: hidden, complete };
    return {
      principal,
      action: actions[place] ?? 's3:GetObject',
      // The last action, iam:PassRole, acts on the role of the one before.
      resource: resources[Math.min(place, 3)] ?? '*',
      resourceAccount: foreign ? other : account,
      context,
    };
  });

/** One of the ways in which what a context leaves open may turn out. */
export const completions: fc.Arbitrary<(context: ContextInput) => ContextInput> = fc
  .record({ values, absent: fc.subarray(everyKey) })
  .map(({ values: found, absent }) => ({ values: known, present = [], complete }) => {
    const open = complete ? present : everyKey.filter((key) => present.includes(key) || !absent.includes(key));
    return { values: { ...only(found, open), ...known }, complete: true };
  });

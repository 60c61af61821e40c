// Concrete values that stand for patterns, keys and actions: what a witness request is made of.

import { serviceActions } from '../../../domain/iam/actions.ts';
import { sortedActions } from '../actions/action-index.ts';
import { canonicalAction } from '../../../domain/iam/actions.ts';
import { conditionKeyType } from '../actions/condition-keys.ts';
import { actionsMatching } from '../actions/match-actions.ts';
import { hasBit, members } from '../actions/bitset.ts';
import { resourceTypesOf } from '../actions/resource-types.ts';
import type { ActionElement, Condition } from '../policy/document.ts';
import { parseDate } from '../policy/conditions/date.ts';

export const sampleAccount = '111122223333';
export const foreignAccount = '999999999999';
export const samplePrincipal = `arn:aws:iam::${sampleAccount}:role/example`;

/** Values of the policy variables that a witness fills in. */
const variableValues: Readonly<Record<string, string>> = {
  'aws:username': 'alice',
  'aws:principalaccount': sampleAccount,
  'aws:principalorgid': 'o-exampleorgid',
};

/** A text that a pattern matches: wildcards and variables replaced. */
export function sampleText(pattern: string): string {
  return pattern
    .replaceAll(/\$\{\s*([*?$])\s*\}/g, '$1')
    .replaceAll(/\$\{\s*([^},\s]+)[^}]*\}/g, (_, key: string) => variableValues[key.toLowerCase()] ?? 'example')
    .replaceAll('*', 'example')
    .replaceAll('?', 'x');
}

/** The keys of the policy variables of a text, with the values that `sampleText` puts in. */
export function variablesOf(text: string): readonly (readonly [key: string, value: string])[] {
  return [...text.matchAll(/\$\{\s*([^},\s*?$]+)[^}]*\}/g)].map(([, key = '']) => [
    key,
    variableValues[key.toLowerCase()] ?? 'example',
  ]);
}

/** Well-known actions, taken first where an element covers them. */
const preferred = [
  's3:GetObject',
  's3:PutObject',
  'ec2:RunInstances',
  'iam:CreateUser',
  'sts:AssumeRole',
  'sqs:SendMessage',
];

/** Up to `most` listed actions that the element covers, in AWS's spelling. */
export function sampleActions(element: ActionElement, most: number): readonly string[] {
  const sets = element.patterns.map((pattern) => actionsMatching(pattern));
  const sorted = sortedActions();
  const covers = (i: number): boolean => sets.some((set) => hasBit(set, i)) !== element.not;
  const chosen = new Set(preferred.filter((action) => covers(sorted.indexOf(action.toLowerCase()))));
  const candidates = element.not ? sorted.keys() : sets.flatMap((set) => [...members(set)]);
  for (const i of candidates) {
    if (chosen.size >= most) break;
    const action = canonicalAction(sorted[i] ?? '');
    if (action !== undefined && covers(i)) chosen.add(action);
  }
  return [...chosen].slice(0, most);
}

/** Every listed action that the element covers, in AWS's spelling. */
export function coveredActions(element: ActionElement): readonly string[] {
  return sampleActions(element, sortedActions().length);
}

/** True when AWS lists the service prefix. */
export function serviceExists(service: string): boolean {
  return serviceActions(service) !== undefined;
}

/** ARNs of what an action works on, one for each type; `*` for an action without resource types. */
export function sampleResources(action: string): readonly string[] {
  const types = resourceTypesOf(action) ?? [];
  const arns = types.flatMap((type) => type.arns.map(fillTemplate));
  return arns.length === 0 ? ['*'] : arns;
}

function fillTemplate(template: string): string {
  return template
    .replaceAll('${Partition}', 'aws')
    .replaceAll('${Region}', 'eu-central-1')
    .replaceAll('${Account}', sampleAccount)
    .replaceAll(/\$\{[^}]*\}/g, 'example');
}

/** A usual value of a condition key, by its type. */
export function usualValue(key: string): string {
  const name = key.toLowerCase();
  if (name === 'aws:requestedregion') return 'eu-central-1';
  if (name === 'aws:currenttime') return '2026-01-01T00:00:00Z';
  const type = conditionKeyType(key)?.replace('ArrayOf', '') ?? 'String';
  return usualValues[type] ?? 'example';
}

const usualValues: Readonly<Record<string, string>> = {
  ARN: `arn:aws:iam::${sampleAccount}:role/example`,
  Bool: 'true',
  Date: '2026-01-01T00:00:00Z',
  IPAddress: '203.0.113.7',
  Numeric: '10',
};

/** A value for which the condition holds: undefined means that the key must be absent. */
export function satisfying(condition: Condition): string | undefined {
  const { operator, values, key } = condition;
  const [first = ''] = values;
  if (operator === 'Null') return first.toLowerCase() === 'true' ? undefined : usualValue(key);
  if (/Not/.test(operator))
    return operator.includes('Ip')
      ? '198.51.100.9'
      : operator.startsWith('Arn')
        ? 'arn:aws:iam::999999999999:role/other'
        : operator.startsWith('Numeric')
          ? '987654321'
          : operator.startsWith('Date')
            ? '1999-01-01T00:00:00Z'
            : 'something-else';
  if (operator.startsWith('Numeric')) return String(Number(first) + step(operator));
  if (operator.startsWith('Date')) return shiftDate(first, step(operator));
  if (operator === 'IpAddress') return first.split('/')[0];
  if (operator === 'StringEquals' || operator === 'StringEqualsIgnoreCase')
    return sampleText(first.replaceAll('*', '${*}').replaceAll('?', '${?}'));
  return operator === 'Bool' || operator === 'BinaryEquals' ? first : sampleText(first);
}

function step(operator: string): number {
  return operator.includes('Less') ? -1 : operator.includes('Greater') ? 1 : 0;
}

function shiftDate(value: string, days: number): string {
  const moment = parseDate(value);
  if (moment === undefined || Math.abs(moment) > 8e15) return value;
  return new Date(moment + days * 86_400_000).toISOString();
}

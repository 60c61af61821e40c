// Names that AWS does not list: a statement about them is about nothing.

import { iamServices, serviceActions } from '../../../../domain/iam/actions.ts';
import { nearestName } from '../../../../platform/terminal/nearest.ts';
import { globalConditionKeys, conditionKeysOf, findConditionKey } from '../../actions/condition-keys.ts';
import { isEmptySet } from '../../actions/bitset.ts';
import { actionsMatching } from '../../actions/match-actions.ts';
import type { Statement } from '../../policy/document.ts';
import { quoted } from '../../policy/problems.ts';
import type { Report, Rule } from '../contract.ts';
import { sampleActions, serviceExists } from '../samples.ts';

export const names: Rule = function* ({ document }) {
  for (const statement of document.statements) {
    yield* unknownActions(statement);
    for (const { key, place } of statement.conditions) {
      if (!key.includes(':') || isProviderKey(key) || findConditionKey(key) !== undefined) continue;
      const nearest = nearestName(key, keysNear(statement));
      yield {
        code: 'unknown-condition-key',
        place,
        message: `AWS lists no condition key ${quoted(key)}: no request carries it.`,
        ...(nearest === undefined ? {} : { fix: `Did you mean ${nearest}?` }),
      };
    }
  }
};

/** Keys of identity providers begin with the provider's host: `token.actions.githubusercontent.com:sub`. */
function isProviderKey(key: string): boolean {
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[^:]*)?:/i.test(key);
}

function* unknownActions({ actions, place }: Statement): Iterable<Report> {
  const element = `${place}/${actions.not ? 'NotAction' : 'Action'}`;
  for (const pattern of actions.patterns) {
    if (pattern === '*' || !isEmptySet(actionsMatching(pattern))) continue;
    const [service = '', name = ''] = pattern.split(':');
    const known = serviceExists(service);
    const nearest = known
      ? nearestName(name, serviceActions(service)?.names ?? [])
      : nearestName(service, iamServices());
    const meant = known ? `${service}:${nearest ?? ''}` : `${nearest ?? ''}:${name}`;
    yield {
      code: known ? 'unknown-action' : 'unknown-service',
      place: element,
      message: known
        ? `${quoted(pattern)} covers no action that AWS lists.`
        : `AWS lists no service with the prefix ${quoted(service)}.`,
      ...(nearest === undefined ? {} : { fix: `Did you mean ${meant}?` }),
    };
  }
}

/** Keys that the statement's actions know, and those of every service. */
function keysNear(statement: Statement): readonly string[] {
  const own = sampleActions(statement.actions, 20).flatMap((action) => conditionKeysOf(action) ?? []);
  return [...new Set([...globalConditionKeys, ...own].map((key) => key.name))];
}

// Which creating actions can share a statement. A request is authorised once for each resource that it names, and only
// for some of them with its tags: a statement must not reach the others, or it would always deny.

import { resourceTypes, resourceTypesOf } from '../actions/resource-types.ts';
import { compressActions } from './compress-actions.ts';
import { taggedRequests } from './request-tags.ts';
import type { BoundaryStatement } from './statement.ts';
import { oneOrMany } from './statement.ts';

type Scope = Pick<BoundaryStatement, 'Action' | 'Resource' | 'NotResource'>;

/** Resource types as `service:type`: those authorised with the request's tags, and those authorised without. */
interface Reach {
  readonly tagged: ReadonlySet<string>;
  readonly untagged: ReadonlySet<string>;
}

interface Group {
  readonly actions: string[];
  tagged: ReadonlySet<string>;
  untagged: ReadonlySet<string>;
}

/**
 * The actions and resources of the statements, as few and short as a greedy search finds.
 *
 * @param reached whether the ceiling reaches an action
 */
export function groupRequests(partition: string, reached: (action: string) => boolean): readonly Scope[] {
  const reaches = tagReaches();
  const wanted = [...reaches].filter(([action]) => reached(action));
  const groups: Group[] = [];
  // Those that see the tags everywhere first: they fit together.
  for (const [action, reach] of wanted.sort((a, b) => a[1].untagged.size - b[1].untagged.size)) {
    const home = groups.find(
      (group) => disjoint(group.tagged, reach.untagged) && disjoint(group.untagged, reach.tagged),
    );
    if (home === undefined) groups.push({ actions: [action], ...reach });
    else {
      home.actions.push(action);
      home.tagged = new Set([...home.tagged, ...reach.tagged]);
      home.untagged = new Set([...home.untagged, ...reach.untagged]);
    }
  }
  return groups.map((group) => shortest(group, reaches, partition));
}

function tagReaches(): ReadonlyMap<string, Reach> {
  const reaches = new Map<string, Reach>();
  for (const [service, requests] of taggedRequests()) {
    for (const { action, types } of requests) {
      const used = (resourceTypesOf(action) ?? []).map(({ name }) => name);
      const tagged = used.filter((type) => types === undefined || types.includes(type));
      const named = (list: readonly string[]): Set<string> => new Set(list.map((type) => `${service}:${type}`));
      reaches.set(action, { tagged: named(tagged), untagged: named(used.filter((type) => !tagged.includes(type))) });
    }
  }
  return reaches;
}

function disjoint(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...b].every((member) => !a.has(member));
}

/** Names what is authorised with tags, or everything but what is authorised without: whichever is shorter. */
function shortest({ actions, tagged, untagged }: Group, reaches: ReadonlyMap<string, Reach>, partition: string): Scope {
  if (untagged.size === 0) return { Action: oneOrMany(compressActions(actions)), Resource: '*' };
  const untaggedOf = (action: string): ReadonlySet<string> => reaches.get(action)?.untagged ?? typesOf(action);
  const excepting: Scope = {
    Action: oneOrMany(
      compressActions(
        actions,
        (action) => typesOf(action).size > 0 && [...untaggedOf(action)].every((type) => untagged.has(type)),
      ),
    ),
    NotResource: oneOrMany(arnPatterns(untagged, partition)),
  };
  // Actions without resource types are authorised on "*", which no list of ARNs reaches.
  const everyActionHasTypes = actions.every((action) => typesOf(action).size > 0);
  if (!everyActionHasTypes) return excepting;
  const naming: Scope = {
    Action: oneOrMany(compressActions(actions, (action) => disjoint(untaggedOf(action), tagged))),
    Resource: oneOrMany(arnPatterns(tagged, partition)),
  };
  return JSON.stringify(naming).length < JSON.stringify(excepting).length ? naming : excepting;
}

function typesOf(action: string): ReadonlySet<string> {
  const service = action.slice(0, action.indexOf(':'));
  return new Set((resourceTypesOf(action) ?? []).map(({ name }) => `${service}:${name}`));
}

/** `arn:${Partition}:ec2:${Region}:${Account}:volume/${VolumeId}` → `arn:aws:ec2:*:*:volume/*`. */
function arnPatterns(types: ReadonlySet<string>, partition: string): readonly string[] {
  const patterns = [...types].flatMap((text) => {
    const [service = '', name] = text.split(':');
    const arns = resourceTypes(service).find((type) => type.name === name)?.arns ?? [];
    return arns.map((arn) => arn.replace('${Partition}', partition).replaceAll(/\$\{[^}]*\}/g, '*'));
  });
  return [...new Set(patterns)].sort();
}

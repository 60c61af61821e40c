// Which condition keys exist, of which type they are, and which of them a request for an action may carry.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html

import { findAction } from '../../../domain/iam/actions.ts';
import table from '../../../generated/iam/conditions.json' with { type: 'json' };
import { resourceTypes, resourceTypesOf } from './resource-types.ts';
import { matchesWildcard } from './wildcard.ts';

/** Types as AWS prints them; `ArrayOf…` marks a key with several values. */
export type ConditionKeyType =
  | 'String'
  | 'ARN'
  | 'Bool'
  | 'Date'
  | 'IPAddress'
  | 'Numeric'
  | 'ArrayOfString'
  | 'ArrayOfARN'
  | 'ArrayOfBool';

export interface ConditionKey {
  /** As AWS writes it; a template where the name ends in a variable, such as `aws:ResourceTag/${TagKey}`. */
  name: string;
  type: ConditionKeyType;
}

interface ServiceKeys {
  perAction: readonly (readonly ConditionKey[])[];
  /** By lower-case name of the resource type. */
  perType: ReadonlyMap<string, readonly ConditionKey[]>;
}

interface KeyTable {
  exact: ReadonlyMap<string, ConditionKey>;
  /** Templates as wildcard patterns in lower case. */
  templates: readonly { pattern: string; key: ConditionKey }[];
}

type Row = readonly [keys: readonly string[], sets: readonly string[], perAction: string, perType: string];

const rows = new Map(Object.entries(table.services as unknown as Record<string, Row>));
const loaded = new Map<string, ServiceKeys>();
let everything: KeyTable | undefined;

function parseKey(text: string): ConditionKey {
  const space = text.lastIndexOf(' ');
  return { name: text.slice(0, space), type: text.slice(space + 1) as ConditionKeyType };
}

/** The keys that AWS fills in, or may fill in, for requests to every service. */
export const globalConditionKeys: readonly ConditionKey[] = table.global.map(parseKey);

function keyTable(): KeyTable {
  if (everything !== undefined) return everything;
  const exact = new Map<string, ConditionKey>();
  const templates = new Map<string, ConditionKey>();
  const add = (key: ConditionKey): void => {
    const name = key.name.toLowerCase();
    const pattern = name.replaceAll(/\$\{[^}]*\}|<[^>]*>/g, '?*');
    const place = pattern === name ? exact : templates;
    if (!place.has(pattern)) place.set(pattern, key);
  };
  for (const key of globalConditionKeys) add(key);
  for (const [keys] of rows.values()) for (const text of keys) add(parseKey(text));
  everything = { exact, templates: [...templates].map(([pattern, key]) => ({ pattern, key })) };
  return everything;
}

/**
 * The key or template that a condition names (`aws:PrincipalTag/team` → `aws:PrincipalTag/${TagKey}`); undefined when
 * AWS lists none. Case is ignored.
 */
export function findConditionKey(name: string): ConditionKey | undefined {
  const folded = name.toLowerCase();
  const { exact, templates } = keyTable();
  return exact.get(folded) ?? templates.find(({ pattern }) => matchesWildcard(pattern, folded))?.key;
}

/** The type of a condition key; undefined when AWS lists no such key. */
export function conditionKeyType(name: string): ConditionKeyType | undefined {
  return findConditionKey(name)?.type;
}

function keysOf(service: string): ServiceKeys | undefined {
  const known = loaded.get(service);
  if (known !== undefined) return known;
  const row = rows.get(service);
  if (row === undefined) return undefined;
  const keys = row[0].map(parseKey);
  const sets = row[1].map((set) => set.split(' ').flatMap((i) => (i === '' ? [] : (keys[Number(i)] ?? []))));
  const list = (text: string): (readonly ConditionKey[])[] =>
    text === '' ? [] : text.split(' ').map((i) => sets[Number(i)] ?? []);
  const perType = list(row[3]);
  const entry = {
    perAction: list(row[2]),
    perType: new Map(resourceTypes(service).map((type, i) => [type.name.toLowerCase(), perType[i] ?? []])),
  };
  loaded.set(service, entry);
  return entry;
}

/**
 * The service's keys that a request for the action may carry: those of the action and of the resource types that it
 * names, without the global keys. Undefined when AWS does not list the action.
 */
export function conditionKeysOf(action: string): readonly ConditionKey[] | undefined {
  const found = findAction(action);
  if (found === undefined) return undefined;
  const keys = keysOf(found.actions.service);
  const types = resourceTypesOf(action) ?? [];
  const own = keys?.perAction[found.position] ?? [];
  const ofTypes = types.flatMap((type) => keys?.perType.get(type.name.toLowerCase()) ?? []);
  return [...new Map([...own, ...ofTypes].map((key) => [key.name, key])).values()];
}

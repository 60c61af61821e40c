// Which resource types an action works on, and what their ARNs look like.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html

import { findAction } from '../../../domain/iam/actions.ts';
import table from '../../../generated/iam/resources.json' with { type: 'json' };

export interface ResourceType {
  /** The name in the Service Authorization Reference, such as `bucket`. */
  name: string;
  /** ARN templates with `${Partition}`, `${Region}`, `${Account}` and names of AWS's own; most types have one. */
  arns: readonly string[];
}

export interface ResourceTypeUse extends ResourceType {
  /** AWS marks the type with `*`: the action always names a resource of it. */
  required: boolean;
}

interface ServiceResources {
  types: readonly ResourceType[];
  /** Uses by action position. */
  uses: readonly (readonly ResourceTypeUse[])[];
}

type Row = readonly [types: readonly string[][], sets: readonly string[], perAction: string];

const rows = new Map(Object.entries(table.services as unknown as Record<string, Row>));
const loaded = new Map<string, ServiceResources>();

function resourcesOf(service: string): ServiceResources | undefined {
  const known = loaded.get(service);
  if (known !== undefined) return known;
  const row = rows.get(service);
  if (row === undefined) return undefined;
  const types = row[0].map(([name = '', ...arns]): ResourceType => ({ name, arns }));
  const sets = row[1].map((set) => set.split(' ').flatMap((text) => use(types, text)));
  const resources = { types, uses: row[2].split(' ').map((set) => sets[Number(set)] ?? []) };
  loaded.set(service, resources);
  return resources;
}

function use(types: readonly ResourceType[], text: string): ResourceTypeUse[] {
  const type = text === '' ? undefined : types[Number.parseInt(text, 10)];
  return type === undefined ? [] : [{ ...type, required: text.endsWith('*') }];
}

/** The resource types of a service; empty when AWS lists none. */
export function resourceTypes(service: string): readonly ResourceType[] {
  return resourcesOf(service.toLowerCase())?.types ?? [];
}

/**
 * The resource types that an action names. Empty for an action without resource types, which AWS authorises on
 * `Resource: "*"` alone; undefined when AWS does not list the action.
 */
export function resourceTypesOf(action: string): readonly ResourceTypeUse[] | undefined {
  const found = findAction(action);
  if (found === undefined) return undefined;
  return resourcesOf(found.actions.service)?.uses[found.position] ?? [];
}

/** True for an action that can only be granted on `Resource: "*"`; undefined when AWS does not list the action. */
export function isWildcardOnly(action: string): boolean | undefined {
  const types = resourceTypesOf(action);
  return types && types.length === 0;
}

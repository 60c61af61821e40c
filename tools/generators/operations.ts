// Works out which IAM actions each operation of the installed SDK clients needs, and their access level, into
// src/generated/operations.json. An API name is not always an IAM action: the exceptions are data, reviewed one
// by one, each with its AWS page. An operation that nothing resolves fails the generation.

import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { accessLevelOf, actionTableSource, canonicalAction } from '../../src/domain/iam/actions.ts';
import type { AccessLevel } from '../../src/domain/iam/actions.ts';

const root = join(fileURLToPath(import.meta.url), '..', '..', '..');
const data = join(root, 'src', 'platform', 'aws', 'operations');
const sdk = join(root, 'node_modules', '@aws-sdk');

const clientsShape = z.record(z.string(), z.object({ package: z.string(), service: z.string(), iam: z.string() }));
const exceptionsShape = z.object({
  exceptions: z.array(z.object({ operation: z.string(), actions: z.array(z.string()).min(1), url: z.url() })),
  unlisted: z.record(z.string(), z.array(z.string())),
});
const reviewShape = z.array(z.object({ operations: z.array(z.string()), why: z.string(), url: z.url() }));
const purposesShape = z.object({
  read: z.object({ never: reviewShape, reviewed: reviewShape }),
  run: reviewShape,
  deliver: reviewShape,
});

/** From the mildest to the gravest: an operation with several actions is as grave as its gravest. */
const levels: readonly AccessLevel[] = ['List', 'Read', 'Tagging', 'Write', 'Permissions management'];
const letters: Readonly<Record<AccessLevel, string>> = {
  List: 'L',
  Read: 'R',
  Tagging: 'T',
  Write: 'W',
  'Permissions management': 'P',
};

/** Names by which an operation that AWS classes as List or Read is taken for one without a review. */
const readingName = /^(Get|List|Describe|BatchGet|Head)/;

export interface OperationSources {
  clients: z.infer<typeof clientsShape>;
  exceptions: z.infer<typeof exceptionsShape>;
  purposes: z.infer<typeof purposesShape>;
  /** The SDK's command names by client class, without `Command`. */
  commands: ReadonlyMap<string, readonly string[]>;
}

/** The table of operations as a file; throws when an operation cannot be resolved or a row is stale. */
export async function generateOperations(): Promise<{ path: string; content: string }[]> {
  return [{ path: 'src/generated/operations.json', content: operationTable(await readSources()) }];
}

async function readData(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(data, name), 'utf8'));
}

/** Reads the reviewed data and the installed clients. */
export async function readSources(): Promise<OperationSources> {
  const clients = clientsShape.parse(await readData('clients.json'));
  const packages = new Set(Object.values(clients).map((client) => client.package));
  for (const name of await readdir(sdk)) {
    if (name.startsWith('client-') && !packages.has(name)) {
      throw new Error(`@aws-sdk/${name} is installed but is not in src/platform/aws/operations/clients.json.`);
    }
  }
  const commands = new Map<string, readonly string[]>();
  for (const [client, { package: name }] of Object.entries(clients)) {
    const module = (await import(`@aws-sdk/${name}`)) as Record<string, unknown>;
    if (typeof module[client] !== 'function') throw new Error(`@aws-sdk/${name} exports no ${client}.`);
    const names = Object.keys(module).filter((key) => key.endsWith('Command') && key !== '$Command');
    commands.set(client, names.map((key) => key.slice(0, -'Command'.length)).sort());
  }
  return {
    clients,
    exceptions: exceptionsShape.parse(await readData('exceptions.json')),
    purposes: purposesShape.parse(await readData('purposes.json')),
    commands,
  };
}

/**
 * The table's text: for each service its client class and its operations, as `Name:<level>` where the IAM action has
 * the same name, `Name:<level>=<action>,…` where it has not, and `Name:?` where AWS lists no action yet.
 * @throws Error naming every operation that cannot be resolved and every row that no longer holds
 */
export function operationTable(sources: OperationSources): string {
  const problems: string[] = [];
  const exceptions = new Map(sources.exceptions.exceptions.map((row) => [row.operation, row.actions]));
  const unlisted = new Set(
    Object.entries(sources.exceptions.unlisted).flatMap(([service, names]) =>
      names.map((name) => `${service}:${name}`),
    ),
  );
  const reviewed = new Set(operationsOf([...sources.purposes.read.never, ...sources.purposes.read.reviewed]));
  const known = new Map<string, AccessLevel>();
  const rows: string[] = [];
  for (const [client, { service, iam }] of Object.entries(sources.clients)) {
    const entries = (sources.commands.get(client) ?? []).map((name) => {
      const operation = `${service}:${name}`;
      const same = canonicalAction(`${iam}:${name}`);
      if (unlisted.delete(operation)) {
        if (same !== undefined)
          problems.push(`${operation} is unlisted in exceptions.json, but AWS lists ${same} now.`);
        return `${name}:?`;
      }
      const actions = exceptions.get(operation) ?? (same === undefined ? undefined : [same]);
      exceptions.delete(operation);
      if (actions === undefined) {
        problems.push(`${operation} names no IAM action: add it to exceptions.json with its AWS page.`);
        return '';
      }
      const level = gravest(actions, (action) => problems.push(`${operation}: AWS lists no action ${action}.`));
      known.set(operation, level);
      if ((level === 'List' || level === 'Read') && !readingName.test(name) && !reviewed.has(operation)) {
        problems.push(`${operation} is classed as ${level} but is not named so: review it in purposes.json.`);
      }
      const plain = actions.length === 1 && actions[0] === `${iam}:${name}` && service === iam;
      return `${name}:${letters[level]}${plain ? '' : `=${actions.join(',')}`}`;
    });
    rows.push(`${JSON.stringify(service)}:${JSON.stringify([client, entries.join(' ')])}`);
  }
  for (const operation of exceptions.keys()) problems.push(`${operation} in exceptions.json is no SDK operation.`);
  for (const operation of unlisted)
    problems.push(`${operation} is unlisted in exceptions.json but is no SDK operation.`);
  problems.push(...staleReviews(sources, known));
  if (problems.length > 0) throw new Error(`The operations cannot be resolved:\n  ${problems.join('\n  ')}`);
  return `{"source":${JSON.stringify(actionTableSource)},\n"services":{\n${rows.sort().join(',\n')}\n}}\n`;
}

function gravest(actions: readonly string[], unknown: (action: string) => void): AccessLevel {
  let gravest = 0;
  for (const action of actions) {
    const level = canonicalAction(action) === action ? accessLevelOf(action) : undefined;
    if (level === undefined) unknown(action);
    else gravest = Math.max(gravest, levels.indexOf(level));
  }
  return levels[gravest] ?? 'Write';
}

function staleReviews(sources: OperationSources, known: ReadonlyMap<string, AccessLevel>): string[] {
  const all = [
    sources.purposes.read.never,
    sources.purposes.read.reviewed,
    sources.purposes.run,
    sources.purposes.deliver,
  ];
  const missing = operationsOf(all.flat()).filter((operation) => !known.has(operation));
  return missing.map((operation) => `${operation} in purposes.json is no SDK operation with an IAM action.`);
}

function operationsOf(reviews: z.infer<typeof reviewShape>): string[] {
  return reviews.flatMap((review) => review.operations);
}

if (import.meta.main) {
  const { writeFile } = await import('node:fs/promises');
  for (const { path, content } of await generateOperations()) {
    await writeFile(join(root, path), content);
    process.stderr.write(`${path}: ${Buffer.byteLength(content)} bytes\n`);
  }
}

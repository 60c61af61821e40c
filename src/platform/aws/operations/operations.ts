// The table of operations: `<service>:<SDK operation>`, the IAM actions behind it and how grave it is.

import type { AccessLevel } from '../../../domain/iam/actions.ts';
import table from '../../../generated/operations.json' with { type: 'json' };

export interface Operation {
  /** `<service>:<SDK operation>`, for example `s3:GetBucketEncryption`. */
  readonly name: string;
  readonly service: string;
  /** The IAM actions that it needs, for example `s3:GetEncryptionConfiguration`; empty when AWS lists none yet. */
  readonly actions: readonly string[];
  /** Of the gravest action; undefined when AWS lists none yet. */
  readonly level: AccessLevel | undefined;
}

const levelOfLetter: Readonly<Record<string, AccessLevel>> = {
  L: 'List',
  R: 'Read',
  W: 'Write',
  T: 'Tagging',
  P: 'Permissions management',
};

const services = new Map(
  Object.entries(table.services).map(([service, [client = '', entries = '']]) => [service, { client, entries }]),
);
const serviceOfClient = new Map([...services].map(([service, { client }]) => [client, service]));
const parsed = new Map<string, ReadonlyMap<string, Operation>>();

/** The service in front of the colon for an SDK client class, for example `S3ControlClient` → `s3control`. */
export function serviceOf(clientName: string): string | undefined {
  return serviceOfClient.get(clientName);
}

/** The name of an operation by the names that the SDK gives to client and command. */
export function operationName(clientName: string, commandName: string): string {
  const operation = commandName.endsWith('Command') ? commandName.slice(0, -'Command'.length) : commandName;
  return `${serviceOf(clientName) ?? clientName}:${operation}`;
}

/** One operation; undefined when no installed SDK client has it. */
export function findOperation(name: string): Operation | undefined {
  const colon = name.indexOf(':');
  return colon === -1 ? undefined : operationsOfService(name.slice(0, colon)).get(name);
}

/** All operations of a service by name; empty for a service without an SDK client. */
export function operationsOfService(service: string): ReadonlyMap<string, Operation> {
  const known = parsed.get(service);
  if (known !== undefined) return known;
  const row = services.get(service);
  const operations = new Map<string, Operation>();
  for (const entry of row === undefined ? [] : row.entries.split(' ')) {
    const operation = parseEntry(service, entry);
    operations.set(operation.name, operation);
  }
  parsed.set(service, operations);
  return operations;
}

/** All services that have an SDK client. */
export function operationServices(): readonly string[] {
  return [...services.keys()];
}

function parseEntry(service: string, entry: string): Operation {
  const [name = '', rest = '?'] = entry.split(':', 2);
  const operation = `${service}:${name}`;
  const letter = rest.charAt(0);
  if (letter === '?') return { name: operation, service, actions: [], level: undefined };
  const equals = entry.indexOf('=');
  const actions = equals === -1 ? [operation] : entry.slice(equals + 1).split(',');
  return { name: operation, service, actions, level: levelOfLetter[letter] ?? 'Write' };
}

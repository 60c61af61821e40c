// Exceptions of the real SDK clients: the class that the client's own deserialiser would have thrown.

import { TypeRegistry } from '@smithy/core/schema';
import type { Refusal } from './refusal.ts';

type ErrorClass = new (options: object) => Error;

interface Found {
  make: ErrorClass;
  modelled: boolean;
}

const found = new Map<string, Found | undefined>();

/** The schema's static form: `[-3, namespace, name, traits, …]`. */
function isErrorSchema(
  schema: unknown,
): schema is readonly [-3, string, string, Readonly<Record<string, unknown>> | number] {
  return Array.isArray(schema) && schema[0] === -3;
}

function matches(schema: unknown, code: string): boolean {
  if (!isErrorSchema(schema)) return false;
  if (schema[2] === code) return true;
  const traits = schema[3];
  if (typeof traits !== 'object') return false;
  const query = traits['awsQueryError'];
  return Array.isArray(query) && query[0] === code;
}

function lookUp(namespace: string, code: string): Found | undefined {
  const key = `${namespace}#${code}`;
  if (found.has(key)) return found.get(key);
  const registry = TypeRegistry.for(namespace);
  const synthetic = TypeRegistry.for(`smithy.ts.sdk.synthetic.${namespace}`);
  const schema = registry.find((candidate) => matches(candidate, code));
  const base = synthetic.getBaseException();
  let result: Found | undefined;
  if (isErrorSchema(schema)) result = { make: registry.getErrorCtor(schema as never) as ErrorClass, modelled: true };
  else if (base !== undefined) result = { make: synthetic.getErrorCtor(base) as ErrorClass, modelled: false };
  found.set(key, result);
  return result;
}

/**
 * The exception that a client of this namespace throws for the refusal: its modelled class where the service declares
 * one, the service's base exception otherwise.
 * @param namespace the service's namespace in the SDK's schemas, for example `com.amazonaws.iam`
 */
export function sdkError(refusal: Refusal, namespace: string, requestId: string): Error {
  const entry = lookUp(namespace, refusal.code);
  const fault = refusal.status < 500 ? 'client' : 'server';
  const $metadata = { httpStatusCode: refusal.status, requestId };
  const error: Error =
    entry === undefined
      ? Object.assign(new Error(refusal.message), { name: refusal.code, $fault: fault, $metadata })
      : entry.modelled
        ? new entry.make({ message: refusal.message, $metadata })
        : new entry.make({ name: refusal.code, $fault: fault, message: refusal.message, $metadata });
  const $response = { statusCode: refusal.status, headers: { ...refusal.headers } };
  Object.defineProperty(error, '$response', { value: $response, enumerable: false, writable: true });
  return Object.assign(error, { Code: refusal.code }, refusal.members);
}

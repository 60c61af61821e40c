// What each purpose may do. Decided from AWS's access levels and reviewed lists, before anything is sent.

import { VedetteError } from '../../domain/errors.ts';
import type { Purpose } from './contract.ts';
import { findOperation } from './operations/operations.ts';
import reviews from './operations/purposes.json' with { type: 'json' };

interface Review {
  readonly operations: readonly string[];
  readonly why: string;
}

const neverRead = reasonByOperation(reviews.read.never);
const allowed = { run: reasonByOperation(reviews.run), deliver: reasonByOperation(reviews.deliver) };

/**
 * Why a purpose may not use an operation; undefined when it may.
 *
 * - *read*: operations that AWS classes as List or Read, less those that return data or credentials or start work
 * - *run* and *deliver*: what their reviewed lists name, and reads
 * - *change*: any known operation; the playbook that declares it answers for it
 */
export function refusalOf(purpose: Purpose, operation: string): string | undefined {
  const known = findOperation(operation);
  if (known === undefined) return 'no SDK client of this version has it';
  if (known.level === undefined) return 'AWS lists no IAM action for it yet';
  if (purpose === 'change') return undefined;
  if (purpose !== 'read' && allowed[purpose].has(operation)) return undefined;
  const never = neverRead.get(operation);
  if (never !== undefined) return `it ${never}`;
  if (known.level === 'List' || known.level === 'Read') return undefined;
  return `AWS classes it as ${known.level}`;
}

/**
 * Checks what a client is wanted for.
 * @returns the declared operations as a set
 * @throws VedetteError `operation-not-allowed` when one of them does not belong to the purpose
 */
export function declareOperations(purpose: Purpose, operations: readonly string[]): ReadonlySet<string> {
  for (const operation of operations) {
    const refusal = refusalOf(purpose, operation);
    if (refusal !== undefined) throw notAllowed(purpose, operation, refusal);
  }
  return new Set(operations);
}

/**
 * Refuses an operation that was not declared.
 * @throws VedetteError `operation-not-declared`
 */
export function requireDeclared(purpose: Purpose | 'session', declared: ReadonlySet<string>, operation: string): void {
  if (declared.has(operation)) return;
  throw new VedetteError(
    'operation-not-declared',
    `${operation} was refused before anything was sent: the client was obtained for "${purpose}" and does not declare it.`,
    { hint: `Declare ${operation} where the client is asked for, if it belongs there.`, place: { action: operation } },
  );
}

function notAllowed(purpose: Purpose, operation: string, refusal: string): VedetteError {
  return new VedetteError(
    'operation-not-allowed',
    `${operation} may not be used for the purpose "${purpose}": ${refusal}.`,
    {
      hint: 'What each purpose may do stands in src/platform/aws/operations/purposes.json.',
      place: { action: operation },
    },
  );
}

function reasonByOperation(rows: readonly Review[]): ReadonlyMap<string, string> {
  return new Map(rows.flatMap((row) => row.operations.map((operation) => [operation, row.why] as const)));
}

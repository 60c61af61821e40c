// What every client carries: refusal of undeclared operations, the budget, the audit and the count of calls.

import type { STSClient } from '@aws-sdk/client-sts';
import type { Clock } from '../clock/clock.ts';
import { line } from '../terminal/sanitize.ts';
import type { Budget, Lease } from './budget/budget.ts';
import type { CallRecord, CallSink } from './contract.ts';
import { rememberOrigin } from './error-origin.ts';
import { operationName, serviceOf } from './operations/operations.ts';

/** For whom and where a client calls. */
export interface CallContext {
  account: string;
  /** The account whose request rates it counts against, when that is another. */
  payer?: string;
  role: string;
  region: string;
  purpose: CallRecord['purpose'];
  /** Throws when the operation may not be used through this client, or not by whoever sent this command. */
  allow(operation: string, command: object): void;
  /** Told of every attempt. */
  onCall(): void;
  /** Makes of a refusal what it means for whoever made the call; undefined leaves it as it is. */
  explain?: ((error: unknown, region: string) => Error | undefined) | undefined;
}

/** What all clients share. */
export interface CallRuntime {
  budget: Budget;
  audit: CallSink;
  clock: Clock;
}

/** Any SDK client, as far as middleware goes: they are all alike in this, and only their inputs differ. */
export type SdkClient = Pick<STSClient, 'config' | 'middlewareStack'>;

/** What the SDK says of a call to middleware. */
interface CommandNames {
  clientName?: string;
  commandName?: string;
}

interface Answer {
  $metadata?: { requestId?: string; httpStatusCode?: number };
}

/** What the SDK's standard retry takes for throttling. */
const throttlingNames = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
]);

/**
 * Installs the middleware on a client.
 *
 * The refusal stands first of all, before anything is validated or sent. Budget, audit and count stand inside the
 * SDK's retry, so that every attempt passes through them, and before signing, so that no signature ages in the queue.
 * They have no names: by its name a command's own middleware could take the place of one.
 */
export function installCallMiddleware(client: SdkClient, runtime: CallRuntime, call: CallContext): void {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const operation = operationName(context.clientName ?? '', context.commandName ?? '');
      try {
        call.allow(operation, commandOf(context));
      } catch (error) {
        runtime.audit.record(recordOf(runtime, call, operation, 'refused', ''));
        throw error;
      }
      return next(args);
    },
    { step: 'initialize', priority: 'high' },
  );
  client.middlewareStack.addRelativeTo(
    <A, R extends { output: object }>(next: (args: A) => Promise<R>, context: CommandNames) =>
      async (args: A): Promise<R> => {
        const { clientName = '', commandName = '' } = context;
        const operation = operationName(clientName, commandName);
        const place = {
          account: call.payer ?? call.account,
          region: call.region,
          service: serviceOf(clientName) ?? clientName,
          operation,
        };
        const lease = await runtime.budget.acquire(place, abortSignalOf(context));
        const record = recordOf(runtime, call, operation, 'ok', '');
        call.onCall();
        try {
          const result = await next(args);
          const { $metadata } = result.output as Answer;
          finish(runtime, lease, 'answered', { ...record, requestId: requestIdOf($metadata) });
          return result;
        } catch (error) {
          rememberOrigin(error, { account: call.account, region: call.region, operation });
          const { name, requestId, throttled } = describe(error);
          finish(runtime, lease, throttled ? 'throttled' : 'failed', { ...record, outcome: name, requestId });
          throw call.explain?.(error, call.region) ?? error;
        }
      },
    { relation: 'before', toMiddleware: 'httpSigningMiddleware' },
  );
}

function finish(runtime: CallRuntime, lease: Lease, outcome: Parameters<Lease['done']>[0], record: CallRecord): void {
  lease.done(outcome);
  runtime.audit.record(record);
}

function recordOf(
  runtime: CallRuntime,
  call: CallContext,
  operation: string,
  outcome: string,
  requestId: string,
): CallRecord {
  const colon = operation.indexOf(':');
  return {
    at: runtime.clock.now().toISOString(),
    account: call.account,
    role: call.role,
    purpose: call.purpose,
    service: operation.slice(0, colon),
    action: operation.slice(colon + 1),
    region: call.region,
    outcome,
    requestId,
  };
}

function describe(error: unknown): { name: string; requestId: string; throttled: boolean } {
  if (typeof error !== 'object' || error === null) return { name: 'Error', requestId: '', throttled: false };
  const { name, $metadata } = error as Answer & { name?: unknown };
  const code = typeof name === 'string' ? line(name, 100) : 'Error';
  return {
    name: code,
    requestId: requestIdOf($metadata),
    throttled: $metadata?.httpStatusCode === 429 || throttlingNames.has(code),
  };
}

/** Whatever answers in AWS's place chooses it, and the audit is exported byte for byte. */
function requestIdOf(metadata: Answer['$metadata']): string {
  return typeof metadata?.requestId === 'string' ? line(metadata.requestId, 200) : '';
}

/** What the SDK puts into the operation's own context. */
function operationOf(context: object): { abortSignal?: unknown; commandInstance?: unknown } {
  return (context as { __smithy_context?: object }).__smithy_context ?? {};
}

function abortSignalOf(context: object): AbortSignal | undefined {
  const { abortSignal } = operationOf(context);
  return abortSignal instanceof AbortSignal ? abortSignal : undefined;
}

/** A command that the SDK does not tell of is one that nobody has declared. */
function commandOf(context: object): object {
  const { commandInstance } = operationOf(context);
  return typeof commandInstance === 'object' && commandInstance !== null ? commandInstance : {};
}

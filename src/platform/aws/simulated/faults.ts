// Faults that a test or a bench asks for.

export type FaultKind = 'denied' | 'throttled' | 'timeout' | 'malformed';

/** What is left out matches everything. */
export interface Fault {
  kind: FaultKind;
  /** For example `s3`. */
  service?: string;
  /** The SDK operation, for example `GetBucketPolicy`. */
  operation?: string;
  account?: string;
  region?: string;
  /** How often it strikes; always when not given. */
  times?: number;
}

export interface CallFacts {
  service: string;
  operation: string;
  account: string;
  region: string;
}

/** Chooses the fault for a call. */
export type Faults = (call: CallFacts) => FaultKind | undefined;

function matches(fault: Fault, call: CallFacts): boolean {
  return (
    (fault.service === undefined || fault.service === call.service) &&
    (fault.operation === undefined || fault.operation === call.operation) &&
    (fault.account === undefined || fault.account === call.account) &&
    (fault.region === undefined || fault.region === call.region)
  );
}

/** The first fault of the list that matches and has strikes left. */
export function faultsFrom(list: readonly Fault[]): Faults {
  const left = new Map(list.map((fault) => [fault, fault.times ?? Number.POSITIVE_INFINITY]));
  return (call) => {
    const fault = list.find((candidate) => matches(candidate, call) && (left.get(candidate) ?? 0) > 0);
    if (fault === undefined) return undefined;
    left.set(fault, (left.get(fault) ?? 0) - 1);
    return fault.kind;
  };
}

/** What the SDK's HTTP handler throws when no answer comes in time. */
export function timeoutError(): Error {
  return Object.assign(new Error('Request timed out: no answer within the configured time.'), { name: 'TimeoutError' });
}

/** What the SDK's deserialiser throws when the body is not what it should be. */
export function malformedError(requestId: string): Error {
  const error = new SyntaxError(
    'Unexpected token \'<\', "<html><bod"... is not valid JSON\n  Deserialization error: to see the raw response, inspect the hidden field {error}.$response on this object.',
  );
  return Object.assign(error, { $metadata: { httpStatusCode: 200, requestId, attempts: 1, totalRetryDelay: 0 } });
}

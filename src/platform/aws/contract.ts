// What the rest of the product knows of AWS access: sessions by purpose, and errors by class.

import type { Partition } from '../../domain/arn.ts';
import type { UnreadReason } from '../../domain/evidence.ts';

/**
 * Why a client is wanted. `read` may only read; `run` may start what is allow-listed; `deliver` publishes;
 * `change` changes. Each is refused every operation that is not declared for it.
 */
export const purposes = ['read', 'run', 'deliver', 'change'] as const;
export type Purpose = (typeof purposes)[number];

export interface ClientRequest {
  region: string;
  purpose: Purpose;
  /** The declared operations, `<service>:<SDK operation>`. */
  operations: readonly string[];
}

/** Any AWS SDK client class. */
export type SdkClientClass<C> = new (configuration: never) => C;

/** Access to one account. Credentials renew themselves. */
export interface AccountAccess {
  readonly account: string;
  readonly partition: Partition;
  /** A client from the pool; the same arguments give the same client while it is in use. */
  client<C>(Client: SdkClientClass<C>, request: ClientRequest): C;
  /** Calls made so far through this access, retries included. */
  readonly calls: number;
}

/** Access to AWS, from the credentials that the user gave. */
export interface AwsAccess {
  /** Who we are: the result of sts:GetCallerIdentity. */
  identity(): Promise<{ account: string; arn: string; partition: Partition }>;
  /** Our own account, without assuming a role. */
  own(): Promise<AccountAccess>;
  /**
   * Another account, by assuming the configured role; its own account is accessed directly unless configured otherwise.
   * @throws VedetteError `assume-role-refused` (with the reason as far as AWS tells it) when it cannot be entered.
   */
  account(id: string): Promise<AccountAccess>;
  /** Calls made in all, retries included. */
  readonly calls: number;
  readonly simulated: boolean;
  close(): Promise<void>;
}

/** One call to AWS, or one that was refused before it was sent, as the call audit keeps it. */
export interface CallRecord {
  /** ISO 8601: when it was sent. */
  at: string;
  account: string;
  /** The role's ARN; empty for the credentials that the user gave. */
  role: string;
  /** `session` for the calls by which access itself is obtained: GetCallerIdentity and AssumeRole. */
  purpose: Purpose | 'session';
  service: string;
  /** The SDK operation, for example `GetBucketEncryption`. */
  action: string;
  region: string;
  /** `ok`, or AWS's error code. */
  outcome: string;
  /** AWS's request id; empty when there was no answer. */
  requestId: string;
}

/** Takes the record of every call. Must not throw. */
export interface CallSink {
  record(call: CallRecord): void;
}

/** The class of an AWS error. `absent` is an answer, the others are reasons for a gap. */
export type AwsErrorClass = 'absent' | UnreadReason;

export interface ClassifiedError {
  class: AwsErrorClass;
  /** AWS's error code, for example `AccessDenied`. */
  code: string;
  /** AWS's words, bounded and without control characters. */
  detail: string;
  /** What refuses, when AWS says it: for a hint that does not suggest an Allow where a guardrail denies. */
  deniedBy:
    | 'identity'
    | 'scp'
    | 'rcp'
    | 'boundary'
    | 'session'
    | 'resource'
    | 'vpc-endpoint'
    | 'region-disabled'
    | 'unknown'
    | null;
  /** True when AWS names an explicit deny: an Allow would not help. */
  explicitDeny?: boolean;
}

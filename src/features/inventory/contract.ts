// The contract of a collector: what it reads, with which operations, and how it hands over evidence.

import type { Partition } from '../../domain/arn.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { AnyResource, ResourceType } from '../../domain/resource.ts';
import type { SecretMatch } from '../../domain/secret.ts';

/** Any AWS SDK client class, as a value to construct. */
export type ClientClass<C> = new (configuration: never) => C;

/** What a collector may use. Everything it knows of the outside comes through here. */
export interface CollectContext {
  account: string;
  partition: Partition;
  /** The unit's region; for a global collector the partition's home region (`us-east-1`, `cn-north-1`, `us-gov-west-1`). */
  region: string;
  /** ISO 8601, now. */
  now(): string;
  /** Aborted when the unit's time is over or the scan stops. Pass it to long loops and as `{ abortSignal }`. */
  signal: AbortSignal;
  /** Where an earlier run of this unit stopped: the last page's `cursor`; undefined at the start. */
  cursor: string | undefined;
  /**
   * A read client of this account. It refuses every operation that the collector does not declare.
   * `region` defaults to the unit's region (a bucket's settings are read in the bucket's region).
   */
  client<C>(Client: ClientClass<C>, region?: string): C;
  /**
   * Reads one part of a resource that has a call of its own.
   * @param operation the declared operation, for example `s3:GetBucketPolicy`
   * @param get the call
   * @param absent error names (or codes) by which AWS says "there is none", for example `NoSuchBucketPolicy`
   * @returns the value, null when AWS says that there is none, or the reason why it could not be read
   *   (which is recorded as a gap as well). Never throws but for an aborted signal.
   */
  read<T>(operation: string, get: () => Promise<T>, absent?: readonly string[]): Promise<Evidence<T | null>>;
  /** Secrets recognised in a text, with their location prefixed; the text is not kept. */
  findSecrets(text: string, location: string): readonly SecretMatch[];
}

/** Resources that were read since the last page; `cursor` lets a later run go on after them. */
export interface Page {
  resources: readonly AnyResource[];
  cursor?: string;
}

/**
 * A collector reads one kind of evidence of one account and region.
 * Its id is its path: `collectors/s3/bucket.ts` is `s3/bucket`.
 * `collect` throws what the SDK throws when its main list cannot be read; the scheduler classifies it and records a gap,
 * and the unit then counts as incomplete: nothing is concluded from what it did not show.
 */
export interface Collector {
  /** `global` runs once per account; `regional` once per enabled region. */
  scope: 'global' | 'regional';
  types: readonly ResourceType[];
  /** `<service>:<SDK operation>`, for example `s3:GetBucketEncryption`. The read role is generated from these. */
  operations: readonly string[];
  /** CloudTrail events that make this evidence stale, `<eventSource without .amazonaws.com>:<eventName>`. */
  events: readonly string[];
  collect(context: CollectContext): AsyncIterable<Page>;
  /** Reads one resource again; undefined when it is gone. */
  refresh?(context: CollectContext, arn: string): Promise<AnyResource | undefined>;
}

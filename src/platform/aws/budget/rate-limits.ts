// The rates that AWS publishes (or that we assume) as data, and what of them we use at the start.

import table from './rate-limits.json' with { type: 'json' };

/** A token bucket's size and refill: requests, and requests per second. */
export interface RateLimit {
  readonly rate: number;
  readonly burst: number;
}

interface Row extends RateLimit {
  readonly per: string;
}

const services: Readonly<Record<string, Row>> = table.services;
const operations: Readonly<Record<string, Row>> = table.operations;

/**
 * The limit that an operation counts against.
 * @returns the limit and the name of its bucket, which is the service or the operation
 */
export function rateLimitOf(service: string, operation: string): { limit: RateLimit; bucket: string } {
  const own = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  if (own !== undefined) return { limit: own, bucket: operation };
  const row = (Object.hasOwn(services, service) ? services[service] : undefined) ?? table.default;
  return { limit: row, bucket: row.per === 'operation' ? operation : service };
}

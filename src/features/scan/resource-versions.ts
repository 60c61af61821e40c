// Resources by content: every version is kept once, and the newest of each resource is known.

import { createHash } from 'node:crypto';
import type pg from 'pg';
import { canonicalJson } from '../../domain/json.ts';
import type { AnyResource } from '../../domain/resource.ts';
import { storableJson } from '../../platform/store/storable.ts';

/** SHA-256 over what a resource is, hexadecimal; when it was read does not count. */
export function hashOf(resource: AnyResource): string {
  const { collectedAt: _, ...content } = resource;
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}

/**
 * The part of a statement (after `with`) that writes resources: `r` holds them. `$1` is the organisation.
 * @param scan the parameter that holds the scan's id
 * @param rows the parameter that holds the resources with their hashes, as JSON
 */
export const newestResources = (scan: string, rows: string): string => `r as materialized (
    select * from jsonb_to_recordset(${rows}::jsonb) as r(hash text, type text, arn text, account text, region text, name text,
      tags jsonb, config jsonb, "collectedAt" timestamptz)
  ), version as (
    insert into resource_version (organization_id, hash, type, arn, account, region, name, tags, config, first_collected_at)
    select $1, r.hash, r.type, r.arn, r.account, r.region, r.name, r.tags, r.config, r."collectedAt" from r
    on conflict do nothing
  ), newest as (
    insert into resource (organization_id, account, region, type, arn, hash, scan, collected_at)
    select distinct on (r.region, r.type, r.arn) $1, r.account, r.region, r.type, r.arn, r.hash, ${scan}, r."collectedAt" from r
    on conflict (organization_id, account, region, type, arn) do update
      set hash = excluded.hash, scan = excluded.scan, collected_at = excluded.collected_at
      where resource.collected_at <= excluded.collected_at
  )`;

/**
 * Writes resources that were read outside a scan, and forgets those that are gone. What scans saw stays as it was.
 * @param scan the id of the scan that saw them last
 * @param gone of resources that AWS says are no more, at the time `at` (ISO 8601)
 */
export async function saveResources(
  client: Pick<pg.PoolClient, 'query'>,
  organization: string,
  scan: string,
  resources: readonly AnyResource[],
  gone: readonly { account: string; region: string; type: string; arn: string }[],
  at: string,
): Promise<void> {
  await client.query(
    `with ${newestResources('$2', '$3')}
     delete from resource using jsonb_to_recordset($4::jsonb) as g(account text, region text, type text, arn text)
      where resource.organization_id = $1 and resource.account = g.account and resource.region = g.region
        and resource.type = g.type and resource.arn = g.arn and resource.collected_at <= $5`,
    [
      organization,
      scan,
      storableJson(resources.map((resource) => ({ hash: hashOf(resource), ...resource }))),
      storableJson(gone),
      at,
    ],
  );
}

// Retention: evidence of old scans goes, findings and their transitions stay.

import type { Store } from '../../platform/store/contract.ts';

/** Tables that hold one scan's evidence; the scan itself and its accounts' scores are kept as history. */
const evidenceTables = ['manifest', 'unit', 'gap', 'verdict_count'] as const;

/**
 * Deletes the evidence of an organisation's scans that began before `before` (ISO 8601): manifests, units, gaps and
 * verdict counts, and the resource versions that nothing refers to any more. The two newest finished scans that left
 * nothing out are kept whatever their age, and so is every scan that is under way.
 * @returns ids of the scans whose evidence went
 */
export async function pruneScans(store: Store, organizationId: string, before: string): Promise<string[]> {
  return await store.transaction(async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `select id from scan
        where organization_id = $1 and started_at < $2 and status <> 'running'
          and id not in (select id from scan where organization_id = $1 and status = 'finished' and options @> '{"complete": true}'
                          order by started_at desc, id desc limit 2)
          and exists (select from unit where unit.organization_id = $1 and unit.scan = scan.id)
        order by id`,
      [organizationId, before],
    );
    const scans = rows.map((row) => row.id);
    if (scans.length === 0) return [];
    for (const table of evidenceTables) {
      await client.query(`delete from ${table} where organization_id = $1 and scan = any($2::text[])`, [
        organizationId,
        scans,
      ]);
    }
    await client.query(
      `delete from resource_version v
        where v.organization_id = $1 and v.first_collected_at < $2
          and not exists (select from resource r where r.organization_id = $1 and r.hash = v.hash)
          and not exists (select from (select unnest(hashes) as hash from manifest where organization_id = $1) m where m.hash = v.hash)`,
      [organizationId, before],
    );
    return scans;
  });
}

// Stored evidence of the security services, account by account, in the shape that they are judged from.

import type { AnyResource, Resource, ResourceType } from '../../domain/resource.ts';
import type { Store } from '../../platform/store/contract.ts';
import {
  type SecurityService,
  type ServiceEvidence,
  securityServices,
  securityServiceTypes,
} from './security-services.ts';
import { type RegisteredCollector, unitKey } from './unit.ts';

/** How the security services of one region of an account stand. */
export interface RegionServices {
  region: string;
  /** When the oldest evidence was read, ISO 8601; null when some was never read to its end. */
  readAt: string | null;
  services: readonly SecurityService[];
}

interface UnitRow {
  region: string;
  collector: string;
  status: 'pending' | 'done' | 'incomplete';
  scan: string;
  finishedAt: string | null;
}

/** The newest unit of each region and collector; with `scan` empty where a later scan could not enter the account. */
async function newestUnits(
  store: Store,
  organizationId: string,
  account: string,
  collectors: readonly string[],
): Promise<UnitRow[]> {
  const { rows: units } = await store.pool.query<UnitRow>(
    `select distinct on (region, collector) region, collector, status, scan, finished_at as "finishedAt"
       from unit where organization_id = $1 and account = $2 and collector = any($3::text[])
      order by region, collector, scan desc`,
    [organizationId, account, collectors],
  );
  const { rows: refused } = await store.pool.query<{ scan: string }>(
    `select scan from scan_account where organization_id = $1 and account = $2 and status in ('denied', 'failed')
      order by scan desc limit 1`,
    [organizationId, account],
  );
  const since = refused[0]?.scan ?? '';
  return units.map((unit) => (unit.scan > since ? unit : { ...unit, status: 'incomplete', scan: '' }));
}

type StoredResource = AnyResource & { scan: string };

async function storedResources(store: Store, organizationId: string, account: string): Promise<StoredResource[]> {
  const { rows } = await store.pool.query<StoredResource>(
    `select r.scan, v.type, v.arn, v.account, v.region, v.name, v.tags, v.config, r.collected_at as "collectedAt"
       from resource r join resource_version v on v.organization_id = r.organization_id and v.hash = r.hash
      where r.organization_id = $1 and r.account = $2 and r.type = any($3::text[]) order by r.region, r.type, r.arn`,
    [organizationId, account, securityServiceTypes],
  );
  return rows;
}

/**
 * The security services of every region of an account that was read, by region; empty when none was.
 * What the newest scan could not read, or an account that it could not enter, is `unknown`.
 */
export async function accountServices(
  store: Store,
  organizationId: string,
  account: string,
  collectors: readonly RegisteredCollector[],
): Promise<RegionServices[]> {
  const concerned = collectors.filter(({ collector }) =>
    collector.types.some((type) => (securityServiceTypes as readonly ResourceType[]).includes(type)),
  );
  const collectorOf = (type: ResourceType): RegisteredCollector | undefined =>
    concerned.find(({ collector }) => collector.types.includes(type));
  const ids = concerned.map((one) => one.id);
  const units = await newestUnits(store, organizationId, account, ids);
  const byKey = new Map(units.map((unit) => [unitKey(unit.region, unit.collector), unit]));
  const regions = [...new Set(units.map((unit) => unit.region))].filter((region) => region !== 'global').sort();
  const resources = await storedResources(store, organizationId, account);

  const unitOf = (type: ResourceType, region: string): UnitRow | undefined => {
    const one = collectorOf(type);
    return one && byKey.get(unitKey(one.collector.scope === 'global' ? 'global' : region, one.id));
  };
  const isDone = (type: ResourceType, region: string): boolean => unitOf(type, region)?.status === 'done';
  // What an earlier scan saw tells nothing of now where the newest one could not look.
  const ofType = <T extends ResourceType>(type: T): Resource<T>[] =>
    resources.filter(
      (resource) => resource.type === type && resource.scan === unitOf(type, resource.region)?.scan,
    ) as unknown as Resource<T>[];
  const evidenceOf = (region: string): ServiceEvidence => ({
    region,
    readable: (type) => ({
      resources: ofType(type).filter((resource) => resource.region === region),
      complete: isDone(type, region),
    }),
    readableEverywhere: (type) => ({
      resources: ofType(type),
      complete: regions.every((one) => isDone(type, one)),
    }),
  });
  const readAt = (region: string): string | null => {
    const times = units.filter((unit) => unit.region === region).map((unit) => unit.finishedAt);
    return times.includes(null) ? null : (times.sort()[0] ?? null);
  };
  return regions.map((region) => ({
    region,
    readAt: readAt(region),
    services: securityServices(evidenceOf(region)),
  }));
}

// Which of AWS's security services watch one region of one account, from what was read there.

import { type Evidence, isUnread } from '../../domain/evidence.ts';
import type { Resource, ResourceType } from '../../domain/resource.ts';

/**
 * `delegated`: it is on here and another account administers it or owns it. `unknown`: what was read does not tell, for
 * example because a permission is missing; that is never the same as `disabled`.
 */
export type ServiceStatus = 'enabled' | 'disabled' | 'delegated' | 'unknown';

export const securityServiceNames = [
  'guardduty',
  'securityhub',
  'inspector',
  'macie',
  'config',
  'access-analyzer',
  'cloudtrail',
] as const;
/** The types that show how they stand. */
export const securityServiceTypes = [
  'AWS::GuardDuty::Detector',
  'AWS::SecurityHub::Hub',
  'AWS::InspectorV2::AccountStatus',
  'AWS::Macie::Session',
  'AWS::Config::ConfigurationRecorder',
  'AWS::AccessAnalyzer::Analyzer',
  'AWS::CloudTrail::Trail',
] as const satisfies readonly ResourceType[];
export type SecurityServiceName = (typeof securityServiceNames)[number];

export interface SecurityService {
  service: SecurityServiceName;
  status: ServiceStatus;
  /** The administrator's or owner's account id with `delegated`, else null. */
  administrator: string | null;
  /** Protection plans by AWS's name (GuardDuty, Inspector). Plans that AWS did not name are not in it. */
  plans: Readonly<Record<string, Exclude<ServiceStatus, 'delegated'>>>;
}

/** What was read of one type; `complete` is false when something may be missing. */
interface Read<T extends ResourceType> {
  resources: readonly Resource<T>[];
  complete: boolean;
}

/** Evidence of one account, as checks see it: `readable` in the region that is asked about, the other in all regions. */
export interface ServiceEvidence {
  readable<T extends ResourceType>(type: T): Read<T>;
  readableEverywhere<T extends ResourceType>(type: T): Read<T>;
  /** The region that is asked about. */
  region: string;
}

type Judged = Pick<SecurityService, 'status'> & Partial<SecurityService>;

/** On here; by whom depends on the administrator. One who could not be read does not make it less on. */
function on(administrator: Evidence<string | null>): Judged {
  if (isUnread(administrator) || administrator === null) return { status: 'enabled' };
  return { status: 'delegated', administrator };
}

function planOf(status: string): 'enabled' | 'disabled' | 'unknown' {
  if (status === 'ENABLED') return 'enabled';
  return status === 'DISABLED' ? 'disabled' : 'unknown';
}

const plansOf = (statuses: Readonly<Record<string, string>>): SecurityService['plans'] =>
  Object.fromEntries(Object.entries(statuses).map(([plan, status]) => [plan, planOf(status)]));

/** The strongest of several: one that is on counts, one that is unknown keeps the rest from saying "off". */
function strongest(judged: readonly Judged[], read: { complete: boolean }): Judged {
  const order: readonly ServiceStatus[] = ['enabled', 'delegated', 'unknown'];
  for (const status of order) {
    const found = judged.find((one) => one.status === status);
    if (found !== undefined) return found;
  }
  // Nothing there, or nothing that is on: it is off when all was read, else nobody knows.
  return read.complete ? (judged[0] ?? { status: 'disabled' }) : { status: 'unknown' };
}

function guardDuty(evidence: ServiceEvidence): Judged {
  const read = evidence.readable('AWS::GuardDuty::Detector');
  const judged = read.resources.map(({ config }): Judged => {
    const plans = Object.fromEntries(Object.entries(config.features).filter(([name]) => !name.includes('.')));
    return config.status === 'ENABLED'
      ? { ...on(config.administratorAccount), plans: plansOf(plans) }
      : { status: 'disabled' };
  });
  return strongest(judged, read);
}

function securityHub(evidence: ServiceEvidence): Judged {
  const read = evidence.readable('AWS::SecurityHub::Hub');
  return strongest(
    read.resources.map(({ config }) => on(config.administratorAccount)),
    read,
  );
}

/** `ENABLING`, `SUSPENDED` and the like are neither on nor off. */
function inspector(evidence: ServiceEvidence): Judged {
  const read = evidence.readable('AWS::InspectorV2::AccountStatus');
  const judged = read.resources.map(({ config }): Judged => {
    const plans = plansOf(config.resourceStatus);
    const status = planOf(config.status);
    return status === 'enabled' ? { ...on(config.administratorAccount), plans } : { status, plans };
  });
  // Inspector always says how it stands: an answer that is not there says nothing.
  return strongest(judged, { complete: read.complete && judged.length > 0 });
}

function macie(evidence: ServiceEvidence): Judged {
  const read = evidence.readable('AWS::Macie::Session');
  const judged = read.resources.map(({ config }): Judged =>
    config.status === 'ENABLED' ? on(config.administratorAccount) : { status: 'disabled' },
  );
  return strongest(judged, read);
}

function config(evidence: ServiceEvidence): Judged {
  const read = evidence.readable('AWS::Config::ConfigurationRecorder');
  const judged = read.resources.map(({ config: { recording } }): Judged => {
    if (isUnread(recording)) return { status: 'unknown' };
    return { status: recording ? 'enabled' : 'disabled' };
  });
  return strongest(judged, read);
}

function accessAnalyzer(evidence: ServiceEvidence): Judged {
  const read = evidence.readable('AWS::AccessAnalyzer::Analyzer');
  const judged = read.resources.map(({ config: { status } }): Judged => ({
    status: status === 'ACTIVE' ? 'enabled' : status === 'DISABLED' || status === 'FAILED' ? 'disabled' : 'unknown',
  }));
  return strongest(judged, read);
}

/** A trail records here when this is its home, or when it records in every region. Organisation trails are the owner's. */
function cloudTrail(evidence: ServiceEvidence): Judged {
  const read = evidence.readableEverywhere('AWS::CloudTrail::Trail');
  const here = read.resources.filter(({ config: trail }) => trail.multiRegion || trail.homeRegion === evidence.region);
  const judged = here.map(({ account, config: { logging, ownerAccount } }): Judged => {
    if (isUnread(logging)) return { status: 'unknown' };
    if (!logging) return { status: 'disabled' };
    return on(ownerAccount === account ? null : ownerAccount);
  });
  return strongest(judged, read);
}

const judges: Readonly<Record<SecurityServiceName, (evidence: ServiceEvidence) => Judged>> = {
  guardduty: guardDuty,
  securityhub: securityHub,
  inspector,
  macie,
  config,
  'access-analyzer': accessAnalyzer,
  cloudtrail: cloudTrail,
};

/** How each security service stands in `evidence.region`. Pure: the same evidence gives the same answer. */
export function securityServices(evidence: ServiceEvidence): readonly SecurityService[] {
  return securityServiceNames.map((service) => ({
    administrator: null,
    plans: {},
    ...judges[service](evidence),
    service,
  }));
}

// The contract of a check: data about it and one pure function from evidence to a judgement.

import type { Account, Organization } from '../../domain/account.ts';
import type { Partition } from '../../domain/arn.ts';
import type { Resource, ResourceType } from '../../domain/resource.ts';
import type { Severity } from '../../domain/severity.ts';
import type { Judgement } from '../../domain/verdict.ts';

/** Names of the same rule elsewhere. */
interface Controls {
  /** Security Hub control ids, for example `S3.5`. */
  securityHub?: readonly string[];
  /** AWS Config rule names (managed-rule identifiers in kebab-case). Each is an alias of the check. */
  configRules?: readonly string[];
  cis30?: readonly string[];
  cis50?: readonly string[];
  /** MITRE ATT&CK technique ids. */
  attack?: readonly string[];
  /** Prowler check ids, for importing its mute lists. Each is an alias of the check. */
  prowler?: readonly string[];
}

interface Fix {
  /** What to do, in one or two sentences. */
  text: string;
  /** AWS CLI commands; `<angle brackets>` mark what to fill in. */
  cli?: string;
  cloudformation?: string;
  terraform?: string;
}

/**
 * A parameter that an administrator may set, for example the maximum age of an access key.
 * `<partition>` in a string's value becomes the partition of the judged account. Of `oneOf`, values are taken in any
 * case; `form` is what every member of a list must be.
 */
export type Parameter = { description: string } & (
  | { type: 'number'; default: number; minimum?: number; maximum?: number }
  | { type: 'string'; default: string; oneOf?: readonly string[] }
  | { type: 'strings'; default: readonly string[]; oneOf?: readonly string[]; form?: 'port' | 'port range' }
);

/** Everything a check may look at beside its subject. All of it is evidence of the same account. */
export interface CheckContext {
  account: Account;
  partition: Partition;
  /** The region that is judged, or `global`. */
  region: string;
  /** Regions of this account that were in the scan. */
  regions: readonly string[];
  /** Undefined when Organizations is out of reach. */
  organization: Organization | undefined;
  /** The time at which evidence is judged. */
  now: Date;
  /**
   * All resources of a type that the judged region (or the account, for types without a region) holds.
   * @throws EvidenceUnread when they were not wholly read: the judgement becomes `unknown`.
   */
  resources<T extends ResourceType>(type: T): readonly Resource<T>[];
  /** What was read of a type, with `complete: false` when something may be missing: for "at least one" questions. */
  readable<T extends ResourceType>(type: T): { resources: readonly Resource<T>[]; complete: boolean };
  /** As `resources`, over all regions of the scan. Only in checks whose `subject` is `account`. */
  everywhere<T extends ResourceType>(type: T): readonly Resource<T>[];
  /** As `readable`, over all regions of the scan. */
  readableEverywhere<T extends ResourceType>(type: T): { resources: readonly Resource<T>[]; complete: boolean };
  /** The value of a declared parameter. */
  parameter(name: string): number | string | readonly string[];
}

interface CheckBase {
  /** Raised when the rule changes what it says of the same evidence. Default 1. */
  version?: number;
  title: string;
  severity: Severity;
  /** One sentence: why this severity. */
  severityReason: string;
  /** Other names by which people may ask for it (Config rules and Prowler ids need not be repeated). */
  aliases?: readonly string[];
  /** Why it matters, two or three sentences. */
  why: string;
  fix: Fix;
  /** AWS documentation pages. */
  references: readonly string[];
  controls: Controls;
  /** Resource types it looks at beside its subject. */
  needs?: readonly ResourceType[];
  parameters?: Readonly<Record<string, Parameter>>;
}

/** Judges each resource of one type. */
export interface ResourceCheck<T extends ResourceType = ResourceType> extends CheckBase {
  subject: T;
  evaluate(resource: Resource<T>, context: CheckContext): Judgement;
}

/** Judges an account, or each of its regions, as a whole (for example "is GuardDuty enabled here?"). */
export interface ScopeCheck extends CheckBase {
  subject: 'account' | 'region';
  needs: readonly ResourceType[];
  evaluate(context: CheckContext): Judgement;
}

/**
 * A check. Its id is its path: `catalogue/s3/bucket-ssl-requests-only.ts` is `s3-bucket-ssl-requests-only`.
 * `evaluate` is pure; it throws nothing but `EvidenceUnread` (through `known` and `resources`).
 */
export type Check = { [T in ResourceType]: ResourceCheck<T> }[ResourceType] | ScopeCheck;

/** Types a check of one resource type without losing the type. */
export function resourceCheck<T extends ResourceType>(check: ResourceCheck<T>): ResourceCheck<T> {
  return check;
}

export function scopeCheck(check: ScopeCheck): ScopeCheck {
  return check;
}

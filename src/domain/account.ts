// Accounts and the organisation around them. Words as in AWS Organizations.

import type { Partition } from './arn.ts';
import type { Evidence } from './evidence.ts';

/** `CLOSED` is what AWS calls the 90 days after closure; `LEFT` is ours: seen before, no longer in the organisation. */
export const accountStatuses = ['ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE', 'CLOSED', 'LEFT'] as const;
export type AccountStatus = (typeof accountStatuses)[number];

/** What the organisation's people say of an account: from tags, OU rules or a file. */
export interface AccountContext {
  owner?: string;
  environment?: string;
  criticality?: string;
  dataClass?: string;
}

export interface Account {
  id: string;
  name: string;
  email: string;
  status: AccountStatus;
  /** Names of the organisational units from the root, for example `/Workloads/Production`; `/` directly under the root. */
  ouPath: string;
  /** Ids from the root (`r-…`) down to the parent OU. */
  ouIds: readonly string[];
  /** ISO 8601; empty when Organizations did not say. */
  joinedAt: string;
  tags: Evidence<Readonly<Record<string, string>>>;
  context: AccountContext;
  isManagement: boolean;
}

export interface OrganizationalUnit {
  id: string;
  name: string;
  parentId: string;
  path: string;
}

export const policyTypes = [
  'SERVICE_CONTROL_POLICY',
  'RESOURCE_CONTROL_POLICY',
  'DECLARATIVE_POLICY_EC2',
  'TAG_POLICY',
  'BACKUP_POLICY',
  'AISERVICES_OPT_OUT_POLICY',
  'CHATBOT_POLICY',
  'S3_POLICY',
  'SECURITYHUB_POLICY',
  'INSPECTOR_POLICY',
  'BEDROCK_POLICY',
  'UPGRADE_ROLLOUT_POLICY',
] as const;
export type PolicyType = (typeof policyTypes)[number];

export interface OrganizationPolicy {
  id: string;
  arn: string;
  name: string;
  type: string;
  awsManaged: boolean;
  /** The document's text as AWS gave it. */
  content: Evidence<string>;
  /** Root, OU and account ids that it is attached to. */
  targets: Evidence<readonly string[]>;
}

export interface DelegatedAdministrator {
  account: string;
  /** Service principals, for example `guardduty.amazonaws.com`. */
  services: Evidence<readonly string[]>;
}

/**
 * What discovery found. When Organizations is out of reach, `id` is the single account's id prefixed with `account-`,
 * `reachable` is false and there is exactly one account.
 */
export interface Organization {
  id: string;
  partition: Partition;
  managementAccount: Evidence<string>;
  reachable: boolean;
  rootId: string;
  /** Ids of all accounts; not there when the list may lack some: then nobody can be called an outsider. */
  accountIds?: readonly string[];
  units: readonly OrganizationalUnit[];
  policies: Evidence<readonly OrganizationPolicy[]>;
  delegatedAdministrators: Evidence<readonly DelegatedAdministrator[]>;
  /** Service principals with trusted access. */
  trustedServices: Evidence<readonly string[]>;
  /** Central root access management: true when members' root credentials can be managed centrally. */
  rootCredentialsManagement: Evidence<boolean>;
  simulated: boolean;
}

// IAM evidence, from GetAccountAuthorizationDetails, the credential report and the account's settings.

import type { Evidence } from '../evidence.ts';

/** A policy document as AWS gave it: JSON text, URL-decoded, never parsed before it is judged. */
export interface InlinePolicy {
  name: string;
  document: string;
}

export interface AttachedPolicy {
  name: string;
  arn: string;
}

export interface UserConfig {
  userId: string;
  path: string;
  createdAt: string;
  groups: readonly string[];
  inlinePolicies: readonly InlinePolicy[];
  attachedPolicies: readonly AttachedPolicy[];
  permissionsBoundaryArn: string | null;
}

export interface GroupConfig {
  groupId: string;
  path: string;
  createdAt: string;
  inlinePolicies: readonly InlinePolicy[];
  attachedPolicies: readonly AttachedPolicy[];
}

export interface RoleConfig {
  roleId: string;
  /** `/aws-service-role/…` marks a service-linked role. */
  path: string;
  createdAt: string;
  trustPolicy: string;
  inlinePolicies: readonly InlinePolicy[];
  attachedPolicies: readonly AttachedPolicy[];
  permissionsBoundaryArn: string | null;
  instanceProfileArns: readonly string[];
  lastUsedAt: string | null;
  lastUsedRegion: string | null;
}

/** Customer-managed policies, and the AWS-managed ones that are attached or used as a boundary. */
export interface PolicyConfig {
  policyId: string;
  path: string;
  awsManaged: boolean;
  attachmentCount: number;
  boundaryUsageCount: number;
  defaultVersionId: string;
  /** The default version's document text. */
  document: string;
  updatedAt: string;
  /** Names of the entities of this account that it is attached to (from the same answer). */
  attachedTo: { users: readonly string[]; groups: readonly string[]; roles: readonly string[] };
}

export interface AccessKey {
  active: boolean;
  lastRotated: string | null;
  lastUsed: string | null;
}

/**
 * One row of the credential report; the root user's row has `isRoot` (its ARN ends in `:root`).
 * `N/A`, `no_information` and `not_supported` are null.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
export interface CredentialReportConfig {
  isRoot: boolean;
  createdAt: string;
  /** Null for the root user, for whom AWS reports `not_supported`. */
  passwordEnabled: boolean | null;
  passwordLastUsed: string | null;
  passwordLastChanged: string | null;
  mfaActive: boolean;
  accessKeys: readonly [AccessKey, AccessKey];
  certificatesActive: readonly [boolean, boolean];
  /** When AWS generated the report: it may be up to four hours old. */
  generatedAt: string;
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html */
export interface AccountSummaryConfig {
  rootAccessKeysPresent: boolean;
  rootMfaEnabled: boolean;
  /** False when root credentials were deleted by central root access management; null when AWS does not say. */
  rootPasswordPresent: boolean | null;
  users: number;
  /** Serial numbers of virtual MFA devices assigned to the root user. */
  rootVirtualMfaDevices: Evidence<readonly string[]>;
}

export interface PasswordPolicyConfig {
  /** Null when the account has none and AWS's default applies. */
  policy: {
    minimumLength: number;
    requireSymbols: boolean;
    requireNumbers: boolean;
    requireUppercase: boolean;
    requireLowercase: boolean;
    allowUsersToChange: boolean;
    maxAgeDays: number | null;
    reusePrevention: number | null;
    hardExpiry: boolean;
  } | null;
}

export interface ServerCertificateConfig {
  path: string;
  uploadedAt: string;
  expiresAt: string | null;
}

/** Only whether a security contact exists: names, addresses and numbers are not kept. */
export interface AlternateContactConfig {
  security: boolean;
}

// What IAM holds of one account.

import type { ManifestEntry } from '../../manifest.ts';
import type { TrustPolicy } from '../../trust.ts';

/** A policy document as a value; it goes out as JSON text. */
export interface PolicyDocument {
  Version?: string;
  Statement: Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[];
}

/** Ages are days before today. */
export interface AccessKey {
  active: boolean;
  rotated: number;
  /** Undefined when it was never used. */
  used: number | undefined;
  usedFor: string;
  usedIn: string;
}

interface Identity {
  name: string;
  path: string;
  id: string;
  arn: string;
  created: number;
  inline: Map<string, PolicyDocument>;
  /** ARNs of attached managed policies. */
  attached: string[];
}

export interface User extends Identity {
  groups: string[];
  mfa: 'none' | 'virtual' | 'hardware';
  password: { used: number | undefined; changed: number } | undefined;
  keys: AccessKey[];
  boundary: string | undefined;
  tags: Record<string, string>;
}

export type Group = Identity;

export interface Role extends Identity {
  trust: TrustPolicy;
  description: string;
  boundary: string | undefined;
  instanceProfile: boolean;
  used: { days: number; region: string } | undefined;
  tags: Record<string, string>;
}

export interface ManagedPolicy {
  name: string;
  path: string;
  id: string;
  arn: string;
  awsManaged: boolean;
  description: string;
  document: PolicyDocument;
  updated: number;
}

export interface Root {
  password: boolean;
  mfa: 'none' | 'virtual' | 'hardware';
  accessKey: boolean;
  /** Days since it was used; undefined when never. */
  used: number | undefined;
}

export interface PasswordPolicy {
  minimumLength: number;
  symbols: boolean;
  numbers: boolean;
  uppercase: boolean;
  lowercase: boolean;
  maxAge: number | undefined;
  reuse: number | undefined;
}

export interface ServerCertificate {
  name: string;
  uploaded: number;
  /** Days since it expired; negative while it is valid. */
  expired: number;
}

export interface IamModel {
  alias: string;
  users: ReadonlyMap<string, User>;
  groups: ReadonlyMap<string, Group>;
  roles: ReadonlyMap<string, Role>;
  /** By ARN; of AWS's own the ones that are attached, used as a boundary, or known to be asked for. */
  policies: ReadonlyMap<string, ManagedPolicy>;
  root: Root;
  passwordPolicy: PasswordPolicy | undefined;
  serverCertificates: readonly ServerCertificate[];
  oidcProviders: readonly {
    arn: string;
    url: string;
    audiences: readonly string[];
    thumbprints: readonly string[];
    created: number;
  }[];
  samlProviders: readonly { arn: string; created: number }[];
  planted: readonly ManifestEntry[];
}

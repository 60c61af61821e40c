// An account's IAM while it is being made: what baseline and plants are written with.

import { type Recorder, recorder } from '../../manifest.ts';
import type { Site } from '../../site.ts';
import type { TrustPolicy, TrustStatement } from '../../trust.ts';
import { awsPolicies, awsPolicyArn } from './managed-policies.ts';
import type { AccessKey, Group, IamModel, ManagedPolicy, PolicyDocument, Role, User } from './state.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface UserOptions {
  groups?: readonly string[];
  mfa?: User['mfa'];
  password?: NonNullable<User['password']>;
  keys?: readonly Partial<AccessKey>[];
  attached?: readonly string[];
  inline?: Readonly<Record<string, PolicyDocument>>;
  boundary?: string;
  created?: number;
  path?: string;
  tags?: Record<string, string>;
}

export interface RoleOptions {
  trust: TrustStatement;
  attached?: readonly string[];
  inline?: Readonly<Record<string, PolicyDocument>>;
  path?: string;
  description?: string;
  boundary?: string;
  instanceProfile?: boolean;
  used?: Role['used'];
  tags?: Record<string, string>;
}

export interface IamDraft extends Pick<IamModel, 'planted'> {
  site: Site;
  record: Recorder;
  users: Map<string, User>;
  groups: Map<string, Group>;
  roles: Map<string, Role>;
  policies: Map<string, ManagedPolicy>;
  settings: Mutable<Pick<IamModel, 'root' | 'passwordPolicy'>>;
  serverCertificates: { name: string; uploaded: number; expired: number }[];
  oidcProviders: { arn: string; url: string; audiences: string[]; thumbprints: string[]; created: number }[];
  addUser(name: string, options?: UserOptions): User;
  addGroup(name: string, attached: readonly string[], inline?: Readonly<Record<string, PolicyDocument>>): Group;
  addRole(name: string, options: RoleOptions): Role;
  /** A customer-managed policy; its ARN. */
  addPolicy(
    name: string,
    document: PolicyDocument,
    options?: { path?: string; description?: string; updated?: number },
  ): string;
  /** The ARN of one of AWS's own policies, which the account then knows. */
  aws(name: string): string;
}

export function trust(statement: TrustStatement): TrustPolicy {
  return { Version: '2012-10-17', Statement: [statement] };
}

export function statements(...list: readonly Readonly<Record<string, unknown>>[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: list };
}

export function createDraft(site: Site): IamDraft {
  const { account } = site;
  const record = recorder(account, 'global');
  const users = new Map<string, User>();
  const groups = new Map<string, Group>();
  const roles = new Map<string, Role>();
  const policies = new Map<string, ManagedPolicy>();
  const age = (name: string): number =>
    site.random('iam-age', name).between(100, Math.max(101, site.profile.joinedDaysAgo));
  const identity = (prefix: string, kind: string, name: string, path: string) => ({
    name,
    path,
    id: prefix + site.base32(17, kind, name),
    arn: `arn:aws:iam::${account}:${kind}${path}${name}`,
  });
  const aws = (name: string): string => {
    const arn = awsPolicyArn(name);
    const known = awsPolicies[name];
    if (known === undefined) throw new Error(`The policy ${name} is not among the known ones of AWS.`);
    if (!policies.has(arn)) {
      policies.set(arn, {
        name,
        arn,
        awsManaged: true,
        id: `ANPA${site.base32(17, 'aws-policy', name)}`,
        updated: 400,
        ...known,
      });
    }
    return arn;
  };
  return {
    site,
    record,
    planted: record.entries,
    users,
    groups,
    roles,
    policies,
    settings: { root: { password: false, mfa: 'none', accessKey: false, used: undefined }, passwordPolicy: undefined },
    serverCertificates: [],
    oidcProviders: [],
    addUser: (name, options = {}) => {
      const user: User = {
        ...identity('AIDA', 'user', name, options.path ?? '/'),
        created: options.created ?? age(name),
        groups: [...(options.groups ?? [])],
        mfa: options.mfa ?? 'none',
        password: options.password,
        keys: (options.keys ?? []).map((key) => ({
          active: true,
          rotated: 20,
          used: 1,
          usedFor: 's3',
          usedIn: site.profile.usedRegions[0] ?? 'us-east-1',
          ...key,
        })),
        attached: [...(options.attached ?? [])],
        inline: new Map(Object.entries(options.inline ?? {})),
        boundary: options.boundary,
        tags: options.tags ?? {},
      };
      users.set(name, user);
      return user;
    },
    addGroup: (name, attached, inline = {}) => {
      const group: Group = {
        ...identity('AGPA', 'group', name, '/'),
        created: age(name),
        attached: [...attached],
        inline: new Map(Object.entries(inline)),
      };
      groups.set(name, group);
      return group;
    },
    addRole: (name, options) => {
      const role: Role = {
        ...identity('AROA', 'role', name, options.path ?? '/'),
        created: age(name),
        trust: trust(options.trust),
        description: options.description ?? '',
        attached: [...(options.attached ?? [])],
        inline: new Map(Object.entries(options.inline ?? {})),
        boundary: options.boundary,
        instanceProfile: options.instanceProfile ?? false,
        used: options.used,
        tags: options.tags ?? {},
      };
      roles.set(name, role);
      return role;
    },
    addPolicy: (name, document, options = {}) => {
      const made = identity('ANPA', 'policy', name, options.path ?? '/');
      policies.set(made.arn, {
        ...made,
        awsManaged: false,
        description: options.description ?? '',
        document,
        updated: options.updated ?? Math.floor(age(name) / 2),
      });
      return made.arn;
    },
    aws,
  };
}

// Root users, password policies and other settings that an account has once: an account gets at most one of each list.

import type { PlantKind } from '../../manifest.ts';
import type { Trait } from '../../traits.ts';
import { type IamDraft, statements } from './draft.ts';
import type { IamGroup } from './plants-credentials.ts';
import type { PasswordPolicy, Root } from './state.ts';

function root(kind: PlantKind, traits: readonly Trait[], state: Root, note: string): IamGroup {
  return (draft) => {
    draft.settings.root = state;
    const arn = draft.site.arn('iam', '', 'root');
    for (const trait of traits) draft.record.add(kind, trait, { type: 'AWS::IAM::Root', arn, note });
  };
}

/** One of these for an account's root user; the others keep what the baseline says. */
export const rootVariants: readonly (IamGroup | undefined)[] = [
  root(
    'plant',
    ['root-access-key'],
    { password: true, mfa: 'hardware', accessKey: true, used: 300 },
    'the root user has an access key',
  ),
  undefined,
  root(
    'plant',
    ['root-without-mfa'],
    { password: true, mfa: 'none', accessKey: false, used: 300 },
    'the root user signs in with a password alone',
  ),
  root(
    'clean-twin',
    ['root-access-key', 'root-without-mfa', 'root-virtual-mfa'],
    { password: true, mfa: 'hardware', accessKey: false, used: 300 },
    'root user with a hardware MFA device and no key',
  ),
  undefined,
  root(
    'plant',
    ['root-virtual-mfa'],
    { password: true, mfa: 'virtual', accessKey: false, used: 300 },
    "the root user's MFA device is an app",
  ),
  root(
    'plant',
    ['root-used-recently'],
    { password: true, mfa: 'hardware', accessKey: false, used: 2 },
    'the root user signed in two days ago',
  ),
  root(
    'clean-twin',
    ['root-used-recently'],
    { password: true, mfa: 'hardware', accessKey: false, used: 420 },
    'the root user was last used more than a year ago',
  ),
  undefined,
  root(
    'near-miss',
    ['root-without-mfa', 'root-virtual-mfa'],
    { password: false, mfa: 'none', accessKey: false, used: undefined },
    'the root user has no credentials at all: they are managed centrally',
  ),
];

const strong: PasswordPolicy = {
  minimumLength: 14,
  symbols: true,
  numbers: true,
  uppercase: true,
  lowercase: true,
  maxAge: 90,
  reuse: 24,
};

function password(kind: PlantKind, policy: PasswordPolicy | undefined, note: string): IamGroup {
  return (draft) => {
    draft.settings.passwordPolicy = policy;
    const arn = draft.site.arn('iam', '', 'password-policy');
    draft.record.add(kind, 'password-policy-weak', { type: 'AWS::IAM::PasswordPolicy', arn, note });
  };
}

export const passwordVariants: readonly (IamGroup | undefined)[] = [
  password('plant', undefined, "no policy at all: AWS's default applies"),
  undefined,
  password('near-miss', strong, 'fourteen characters and 24 remembered passwords: exactly at the limit'),
  undefined,
  password('plant', { ...strong, minimumLength: 13 }, 'thirteen characters'),
  password('clean-twin', { ...strong, minimumLength: 20 }, 'twenty characters'),
  undefined,
  password('plant', { ...strong, reuse: undefined }, 'old passwords may be used again at once'),
  password('plant', { ...strong, minimumLength: 8, symbols: false }, 'eight characters without symbols'),
];

/** Takes AWSSupportAccess away from everybody; the twin keeps it. */
function support(kind: PlantKind): IamGroup {
  return (draft: IamDraft) => {
    const arn = draft.aws('AWSSupportAccess');
    if (kind === 'plant') {
      for (const role of draft.roles.values()) role.attached = role.attached.filter((attached) => attached !== arn);
    }
    const note = kind === 'plant' ? 'nobody may talk to AWS Support' : 'a role may talk to AWS Support';
    draft.record.add(kind, 'support-policy-unattached', { type: 'AWS::IAM::Policy', arn, note });
  };
}

/** AWSCloudShellFullAccess in somebody's hands, or a policy of the account's own that leaves out moving files. */
function cloudShell(kind: PlantKind): IamGroup {
  return (draft) => {
    const full = draft.aws('AWSCloudShellFullAccess');
    const careful = {
      Effect: 'Deny',
      Action: ['cloudshell:GetFileDownloadUrls', 'cloudshell:GetFileUploadUrls'],
      Resource: '*',
    };
    const own = draft.addPolicy(
      'shell-without-files',
      statements({ Effect: 'Allow', Action: 'cloudshell:CreateSession', Resource: '*' }, careful),
    );
    draft.addGroup('shell-users', [kind === 'plant' ? full : own]);
    const note = kind === 'plant' ? 'attached to the group shell-users' : 'attached to nobody: a narrower policy is';
    draft.record.add(kind, 'cloudshell-full-access', { type: 'AWS::IAM::Policy', arn: full, note });
  };
}

function certificates(draft: IamDraft): void {
  const specimens = [
    { name: 'shop-2024', expired: 30, kind: 'plant', note: 'expired thirty days ago' },
    { name: 'shop-2026', expired: -200, kind: 'clean-twin', note: 'valid for two hundred days more' },
    { name: 'shop-bridge', expired: -1.5, kind: 'near-miss', note: 'expires tomorrow' },
  ] as const;
  for (const { name, expired, kind, note } of specimens) {
    draft.serverCertificates.push({ name, uploaded: 400, expired });
    const arn = draft.site.arn('iam', '', `server-certificate/${name}`);
    draft.record.add(kind, 'server-certificate-expired', { type: 'AWS::IAM::ServerCertificate', arn, note });
  }
}

export const settingVariants: readonly (IamGroup | undefined)[] = [
  support('plant'),
  support('clean-twin'),
  cloudShell('plant'),
  cloudShell('clean-twin'),
  certificates,
  undefined,
];

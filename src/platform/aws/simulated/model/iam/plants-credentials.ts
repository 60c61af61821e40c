// Users whose credentials are not as they should be, each beside one whose are.

import type { PlantKind } from '../../manifest.ts';
import type { Trait } from '../../traits.ts';
import { type IamDraft, type UserOptions, statements } from './draft.ts';

export type IamGroup = (draft: IamDraft) => void;

interface UserSpecimen extends UserOptions {
  name: string;
  kind: PlantKind;
  trait: Trait;
  note: string;
  /** A second trait that it has, or has not, in the same way. */
  also?: Trait;
}

const readLogs = statements({ Effect: 'Allow', Action: 'logs:GetLogEvents', Resource: '*' });
const recently = { used: 3, changed: 30 };

/** Users by group; the members of a group live in one account. */
const groups: readonly (readonly UserSpecimen[])[] = [
  [
    {
      name: 'legacy-console',
      kind: 'plant',
      trait: 'console-user-without-mfa',
      password: recently,
      also: 'user-without-any-mfa',
      note: 'signs in with a password alone',
    },
    {
      name: 'legacy-console-mfa',
      kind: 'clean-twin',
      trait: 'console-user-without-mfa',
      password: recently,
      mfa: 'virtual',
      also: 'user-without-any-mfa',
      note: 'the same user with a virtual MFA device',
    },
    {
      name: 'report-agent',
      kind: 'near-miss',
      trait: 'console-user-without-mfa',
      keys: [{ rotated: 12 }],
      note: 'no MFA, and no console password either: it has a key alone',
    },
  ],
  [
    {
      name: 'exporter',
      kind: 'plant',
      trait: 'access-key-over-90-days',
      keys: [{ rotated: 91.5 }],
      note: 'active key made 91 days ago',
    },
    {
      name: 'importer',
      kind: 'clean-twin',
      trait: 'access-key-over-90-days',
      keys: [{ rotated: 10 }],
      note: 'active key made ten days ago',
    },
    {
      name: 'mirror',
      kind: 'near-miss',
      trait: 'access-key-over-90-days',
      keys: [{ rotated: 88.5 }],
      note: 'active key in its 89th day',
    },
    {
      name: 'archiver',
      kind: 'near-miss',
      trait: 'access-key-over-90-days',
      keys: [{ rotated: 400, active: false, used: 380 }],
      note: 'old key, but inactive',
    },
    {
      name: 'replicator',
      kind: 'plant',
      trait: 'access-key-over-90-days',
      keys: [{ rotated: 5 }, { rotated: 200 }],
      note: 'a young first key and an old second one, both active',
    },
  ],
  [
    {
      name: 'seasonal',
      kind: 'plant',
      trait: 'credentials-unused-45-days',
      password: { used: 46.5, changed: 60 },
      mfa: 'virtual',
      note: 'password last used 46 days ago',
    },
    {
      name: 'regular',
      kind: 'clean-twin',
      trait: 'credentials-unused-45-days',
      password: { used: 2, changed: 60 },
      mfa: 'virtual',
      note: 'password used this week',
    },
    {
      name: 'occasional',
      kind: 'near-miss',
      trait: 'credentials-unused-45-days',
      password: { used: 43.5, changed: 60 },
      mfa: 'virtual',
      note: 'password last used 43 days ago',
    },
    {
      name: 'newcomer',
      kind: 'near-miss',
      trait: 'credentials-unused-45-days',
      created: 5,
      password: { used: undefined, changed: 5 },
      mfa: 'virtual',
      note: 'password never used, but five days old',
    },
    {
      name: 'forgotten',
      kind: 'plant',
      trait: 'credentials-unused-45-days',
      created: 80,
      keys: [{ rotated: 80, used: undefined }],
      note: 'key made 80 days ago and never used',
    },
    {
      name: 'retired',
      kind: 'near-miss',
      trait: 'credentials-unused-45-days',
      keys: [{ active: false, rotated: 300, used: 200 }],
      note: 'long unused, but the key is inactive',
    },
  ],
  [
    {
      name: 'two-keys',
      kind: 'plant',
      trait: 'two-active-access-keys',
      keys: [{ rotated: 30 }, { rotated: 25 }],
      note: 'two active keys',
    },
    { name: 'one-key', kind: 'clean-twin', trait: 'two-active-access-keys', keys: [{ rotated: 30 }], note: 'one key' },
    {
      name: 'rotating',
      kind: 'near-miss',
      trait: 'two-active-access-keys',
      keys: [{ rotated: 3 }, { rotated: 80, active: false }],
      note: 'two keys of which one is inactive',
    },
  ],
  [
    {
      name: 'own-inline',
      kind: 'plant',
      trait: 'user-with-own-policies',
      keys: [{ rotated: 20 }],
      inline: { direct: readLogs },
      note: 'an inline policy of its own',
    },
    {
      name: 'through-group',
      kind: 'clean-twin',
      trait: 'user-with-own-policies',
      keys: [{ rotated: 20 }],
      groups: ['developers'],
      note: 'policies through a group alone',
    },
  ],
];

function plantUsers(specimens: readonly UserSpecimen[]): IamGroup {
  return (draft) => {
    for (const { name, kind, trait, also, note, ...options } of specimens) {
      const planted = { type: 'AWS::IAM::User', arn: draft.addUser(name, options).arn, note };
      draft.record.add(kind, trait, planted);
      if (also !== undefined) draft.record.add(kind, also, planted);
    }
  };
}

/** A user to whom policies are attached, and one whose only attachment is a permissions boundary. */
const attachedDirectly: IamGroup = (draft) => {
  const mark = (kind: PlantKind, arn: string, note: string): void =>
    draft.record.add(kind, 'user-with-own-policies', { type: 'AWS::IAM::User', arn, note });
  const keys = [{ rotated: 20 }];
  mark(
    'plant',
    draft.addUser('own-attached', { keys, attached: [draft.aws('AmazonS3ReadOnlyAccess')] }).arn,
    'a managed policy attached to the user itself',
  );
  mark('clean-twin', draft.addUser('by-group', { keys, groups: ['auditors'] }).arn, 'policies through a group alone');
  const boundary = draft.site.arn('iam', '', 'policy/developer-boundary');
  mark(
    'near-miss',
    draft.addUser('bounded', { keys, groups: ['developers'], boundary }).arn,
    'a permissions boundary, which grants nothing',
  );
};

export const credentialGroups: readonly IamGroup[] = [...groups.map(plantUsers), attachedDirectly];

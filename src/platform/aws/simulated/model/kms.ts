// The KMS of one region of one account.

import type { KeyMetadata, KeySpec, KeyState, KeyUsageType, OriginType } from '@aws-sdk/client-kms';
import { hostile } from '../hostile.ts';
import type { ManifestEntry, PlantKind } from '../manifest.ts';
import type { Trait } from '../traits.ts';
import type { PolicyDocument } from './iam/state.ts';
import { type Ground, dealtHere } from './region/ground.ts';

export interface KeyRecord {
  metadata: KeyMetadata;
  /** Undefined where rotation does not apply. */
  rotates: boolean | undefined;
  policy: PolicyDocument;
  aliases: readonly string[];
  tags: Readonly<Record<string, string>>;
  /** The role that may use it by a grant; undefined when there is none. */
  grantee: string | undefined;
}

export interface KmsModel {
  /** By key id. */
  keys: ReadonlyMap<string, KeyRecord>;
  planted: readonly ManifestEntry[];
}

interface KmsDraft {
  ground: Ground;
  keys: Map<string, KeyRecord>;
}

interface KeyOptions {
  manager?: 'AWS' | 'CUSTOMER';
  state?: KeyState;
  spec?: KeySpec;
  usage?: KeyUsageType;
  origin?: OriginType;
  rotates?: boolean | undefined;
  statements?: readonly Readonly<Record<string, unknown>>[];
  description?: string;
  alias?: string;
}

function ownerMayAll(ground: Ground): Readonly<Record<string, unknown>> {
  return {
    Sid: 'Enable IAM User Permissions',
    Effect: 'Allow',
    Principal: { AWS: ground.site.arn('iam', '', 'root') },
    Action: 'kms:*',
    Resource: '*',
  };
}

/** A symmetric key that rotates and belongs to its account alone, but for what is given. */
function addKey(draft: KmsDraft, name: string, options: KeyOptions = {}): KeyMetadata {
  const { ground } = draft;
  const { site } = ground;
  const id = site.uuid('key', ground.region, name);
  const state = options.state ?? 'Enabled';
  const metadata: KeyMetadata = {
    KeyId: id,
    Arn: ground.arn('kms', `key/${id}`),
    AWSAccountId: site.account,
    CreationDate: site.calendar.ago(site.random('key-age', ground.region, name).between(40, 900)),
    Description: options.description ?? `For ${name}`,
    Enabled: state === 'Enabled',
    KeyState: state,
    KeyManager: options.manager ?? 'CUSTOMER',
    KeySpec: options.spec ?? 'SYMMETRIC_DEFAULT',
    KeyUsage: options.usage ?? 'ENCRYPT_DECRYPT',
    Origin: options.origin ?? 'AWS_KMS',
    MultiRegion: false,
    ...(state === 'PendingDeletion' ? { DeletionDate: site.calendar.ago(-12) } : {}),
  };
  draft.keys.set(id, {
    metadata,
    rotates: 'rotates' in options ? options.rotates : true,
    policy: { Version: '2012-10-17', Statement: [ownerMayAll(ground), ...(options.statements ?? [])] },
    aliases: [options.alias ?? `alias/${name}`],
    tags: options.manager === 'AWS' ? {} : { purpose: name },
    grantee: name === 'data' ? site.arn('iam', '', 'role/app-etl') : undefined,
  });
  return metadata;
}

interface KeySpecimen extends KeyOptions {
  name: string;
  kind: PlantKind;
  note: string;
}

const anybody = {
  Sid: 'Anybody',
  Effect: 'Allow',
  Principal: '*',
  Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
  Resource: '*',
};

function groupsFor(ground: Ground): readonly { trait: Trait; specimens: readonly KeySpecimen[] }[] {
  return [
    {
      trait: 'key-without-rotation',
      specimens: [
        { name: 'static', kind: 'plant', note: 'a symmetric key that is not rotated', rotates: false },
        { name: 'rotating', kind: 'clean-twin', note: 'a symmetric key that is rotated' },
        {
          name: 'signing',
          kind: 'near-miss',
          note: 'asymmetric: AWS cannot rotate it',
          spec: 'RSA_2048',
          usage: 'SIGN_VERIFY',
          rotates: undefined,
        },
        {
          name: 'tokens',
          kind: 'near-miss',
          note: 'a key for authentication codes: AWS cannot rotate it',
          spec: 'HMAC_256',
          usage: 'GENERATE_VERIFY_MAC',
          rotates: undefined,
        },
        {
          name: 'brought',
          kind: 'near-miss',
          note: 'its material was imported: AWS cannot rotate it',
          origin: 'EXTERNAL',
          rotates: undefined,
        },
      ],
    },
    {
      trait: 'key-pending-deletion',
      specimens: [
        {
          name: 'condemned',
          kind: 'plant',
          note: 'will be deleted in twelve days',
          state: 'PendingDeletion',
          rotates: false,
        },
        { name: 'serving', kind: 'clean-twin', note: 'enabled' },
        { name: 'resting', kind: 'near-miss', note: 'disabled, but not to be deleted', state: 'Disabled' },
      ],
    },
    {
      trait: 'key-public',
      specimens: [
        { name: 'everybodys', kind: 'plant', note: 'anybody may decrypt with it', statements: [anybody] },
        { name: 'ours', kind: 'clean-twin', note: 'its own account alone' },
        {
          name: 'through-s3',
          kind: 'near-miss',
          note: 'everybody, but of this account and through S3',
          statements: [
            {
              ...anybody,
              Condition: {
                StringEquals: {
                  'kms:CallerAccount': ground.site.account,
                  'kms:ViaService': `s3.${ground.region}.amazonaws.com`,
                },
              },
            },
          ],
        },
        {
          name: 'organisation',
          kind: 'near-miss',
          note: 'everybody, but of this organisation',
          statements: [
            { ...anybody, Condition: { StringEquals: { 'aws:PrincipalOrgID': ground.site.organization.id } } },
          ],
        },
      ],
    },
  ];
}

export function kmsModel(ground: Ground): KmsModel {
  const draft: KmsDraft = { ground, keys: new Map() };
  if (ground.used) {
    for (const service of ['s3', 'ebs', 'rds', 'lambda']) {
      addKey(draft, `aws-${service}`, {
        manager: 'AWS',
        alias: `alias/aws/${service}`,
        description: `Default key that protects my ${service.toUpperCase()} data when no other key is defined`,
      });
    }
    addKey(
      draft,
      'data',
      ground.site.profile.index % 6 === 4 ? { description: hostile.script + hostile.colourEscape } : {},
    );
    if (ground.main) addKey(draft, 'logs');
  }
  for (const { trait, specimens } of dealtHere(groupsFor(ground), ground, 0.4)) {
    for (const { name, kind, note, ...options } of specimens) {
      const { Arn = '' } = addKey(draft, name, options);
      ground.record.add(kind, trait, { type: 'AWS::KMS::Key', arn: Arn, note });
    }
  }
  return { keys: draft.keys, planted: ground.record.entries };
}

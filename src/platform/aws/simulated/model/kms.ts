// The KMS of one region of one account.

import type { GrantListEntry, KeyMetadata } from '@aws-sdk/client-kms';
import { hostile } from '../hostile.ts';
import { type ManifestEntry, behindPerimeter } from '../manifest.ts';
import { keepsOutsidersOut } from '../organization/policies.ts';
import type { PolicyDocument } from './iam/state.ts';
import type { Grant, KeyOptions } from './kms-options.ts';
import { keyGroups, ofOutsiders } from './kms-plants.ts';
import { type Ground, dealtHere } from './region/ground.ts';

export interface KeyRecord {
  metadata: KeyMetadata;
  /** Undefined where rotation does not apply. */
  rotates: boolean | undefined;
  policy: PolicyDocument;
  aliases: readonly string[];
  tags: Readonly<Record<string, string>>;
  grants: readonly GrantListEntry[];
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
    grants: (options.grants ?? []).map((grant, index) => ({
      GrantId: site.hex(64, 'grant', id, index),
      KeyId: metadata.Arn,
      Name: `grant-${index + 1}`,
      CreationDate: site.calendar.ago(90),
      IssuingAccount: site.arn('iam', '', 'root'),
      ...grant,
    })),
  });
  return metadata;
}

/** What every account has: a role that works with data, and a service that keeps a volume for somebody. */
function usualGrants({ site, region }: Ground): readonly Grant[] {
  return [
    { GranteePrincipal: site.arn('iam', '', 'role/app-etl'), Operations: ['Decrypt', 'GenerateDataKey'] },
    {
      GranteePrincipal: `rds.${region}.amazonaws.com`,
      Operations: ['Decrypt', 'Encrypt', 'GenerateDataKeyWithoutPlaintext', 'CreateGrant', 'DescribeKey'],
      Constraints: { EncryptionContextSubset: { 'aws:rds:db-id': 'db-EXAMPLE' } },
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
    const marked = ground.site.profile.index % 6 === 4;
    addKey(draft, 'data', {
      grants: usualGrants(ground),
      ...(marked ? { description: hostile.script + hostile.colourEscape } : {}),
    });
    if (ground.main) addKey(draft, 'logs');
  }
  for (const { trait, specimens } of dealtHere(keyGroups(ground), ground, 0.4)) {
    const closed = ofOutsiders.includes(trait) && keepsOutsidersOut(ground.site.profile.unit);
    for (const plain of specimens) {
      const { name, kind, note, ...options } = closed && plain.kind === 'plant' ? behindPerimeter(plain) : plain;
      const { Arn = '' } = addKey(draft, name, options);
      ground.record.add(kind, trait, { type: 'AWS::KMS::Key', arn: Arn, note });
    }
  }
  return { keys: draft.keys, planted: ground.record.entries };
}

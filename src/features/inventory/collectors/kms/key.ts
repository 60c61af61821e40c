// KMS keys with their policy, grants, rotation and aliases.

import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type GrantListEntry,
  KMSClient,
  type KeyMetadata,
  ListResourceTagsCommand,
  paginateListAliases,
  paginateListGrants,
  paginateListKeys,
} from '@aws-sdk/client-kms';
import { type Evidence, isUnread } from '../../../../domain/evidence.ts';
import type { AnyResource, Tags } from '../../../../domain/resource.ts';
import type { KmsGrant } from '../../../../domain/resources/kms.ts';
import { errorName, membersOf, resourceOf, tagsOf, textOrNull, timeOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { partsOf } from '../../parts.ts';
import { readPages, resumed } from '../../pages.ts';

type Aliases = Evidence<ReadonlyMap<string, readonly string[]>>;

/** The region's aliases by key id: one list for all keys instead of a call per key. */
async function readAliases(context: CollectContext, KeyId?: string): Promise<Aliases> {
  const operation = 'kms:ListAliases';
  const must = membersOf(operation);
  const read = await context.read(operation, async () => {
    const byKey = new Map<string, string[]>();
    const client = context.client(KMSClient);
    const pages = paginateListAliases({ client }, KeyId === undefined ? {} : { KeyId }, {
      abortSignal: context.signal,
    });
    for await (const page of pages)
      for (const { TargetKeyId, AliasName } of must(page.Aliases, 'Aliases')) {
        // AWS names aliases of keys that it has not made yet: they point nowhere.
        if (TargetKeyId === undefined || AliasName === undefined) continue;
        byKey.set(TargetKeyId, [...(byKey.get(TargetKeyId) ?? []), AliasName]);
      }
    return byKey;
  }, ['NotFoundException']);
  return read ?? new Map();
}

/**
 * What a key is for. Symmetric encryption keys serve one purpose only.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html (KeyUsage)
 */
function usageOf(key: KeyMetadata): string {
  const only = key.KeySpec === 'SYMMETRIC_DEFAULT' ? 'ENCRYPT_DECRYPT' : undefined;
  return membersOf('kms:DescribeKey')(key.KeyUsage ?? only, 'KeyUsage');
}

/**
 * Whether AWS rotates this kind of key: a symmetric encryption key with key material from KMS, while it is enabled.
 * https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
 */
function canRotate(key: KeyMetadata): boolean {
  return (
    key.KeyManager === 'CUSTOMER' &&
    key.KeySpec === 'SYMMETRIC_DEFAULT' &&
    usageOf(key) === 'ENCRYPT_DECRYPT' &&
    key.Origin === 'AWS_KMS' &&
    key.KeyState === 'Enabled'
  );
}

const grantsOperation = 'kms:ListGrants';

/** Grants to services are named in a member of their own, or, by services that do not use it yet, in that of users and roles. */
function grantOf(grant: GrantListEntry): KmsGrant {
  const must = membersOf(grantsOperation);
  const { EncryptionContextSubset, EncryptionContextEquals, SourceArn } = grant.Constraints ?? {};
  return {
    grantId: must(grant.GrantId, 'GrantId'),
    granteePrincipal: must(grant.GranteeServicePrincipal ?? grant.GranteePrincipal, 'GranteePrincipal'),
    retiringPrincipal: textOrNull(grant.RetiringServicePrincipal ?? grant.RetiringPrincipal),
    operations: must(grant.Operations, 'Operations'),
    encryptionContextSubset: { ...EncryptionContextSubset },
    encryptionContextEquals: EncryptionContextEquals === undefined ? null : { ...EncryptionContextEquals },
    sourceArn: textOrNull(SourceArn),
  };
}

/** All grants of a key in the order of their ids, so that evidence which did not change reads the same. */
async function readGrants(context: CollectContext, KeyId: string): Promise<KmsGrant[]> {
  const client = context.client(KMSClient);
  const pages = paginateListGrants({ client, pageSize: 100 }, { KeyId }, { abortSignal: context.signal });
  const grants: KmsGrant[] = [];
  for await (const page of pages)
    for (const grant of membersOf(grantsOperation)(page.Grants, 'Grants')) grants.push(grantOf(grant));
  return grants.sort((a, b) => (a.grantId < b.grantId ? -1 : 1));
}

async function describe(context: CollectContext, KeyId: string): Promise<KeyMetadata | undefined> {
  try {
    const answer = await context
      .client(KMSClient)
      .send(new DescribeKeyCommand({ KeyId }), { abortSignal: context.signal });
    return membersOf('kms:DescribeKey')(answer.KeyMetadata, 'KeyMetadata');
  } catch (error) {
    if (errorName(error) === 'NotFoundException') return undefined;
    throw error;
  }
}

async function readKey(context: CollectContext, id: string, aliases: Aliases): Promise<AnyResource | undefined> {
  const key = await describe(context, id);
  if (key === undefined) return undefined;
  const must = membersOf('kms:DescribeKey');
  const KeyId = must(key.KeyId, 'KeyId');
  const client = context.client(KMSClient);
  const options = { abortSignal: context.signal };
  const manager = must.oneOf(key.KeyManager, ['AWS', 'CUSTOMER'], 'KeyManager');
  const parts = partsOf(context, ['NotFoundException']);

  let rotationEnabled: Evidence<boolean | null> = null;
  let policy: Evidence<string | null> = null;
  let grants: Evidence<readonly KmsGrant[] | null> = null;
  let tags: Evidence<Tags> = {};
  if (canRotate(key))
    rotationEnabled = await parts.always('kms:GetKeyRotationStatus', async () => {
      const answer = await client.send(new GetKeyRotationStatusCommand({ KeyId }), options);
      return membersOf('kms:GetKeyRotationStatus')(answer.KeyRotationEnabled, 'KeyRotationEnabled');
    });
  if (manager === 'CUSTOMER') {
    policy = await parts.always('kms:GetKeyPolicy', async () => {
      const answer = await client.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }), options);
      return membersOf('kms:GetKeyPolicy')(answer.Policy, 'Policy');
    });
    grants = await parts.always(grantsOperation, () => readGrants(context, KeyId));
    tags = await parts.always('kms:ListResourceTags', async () => {
      const answer = await client.send(new ListResourceTagsCommand({ KeyId, Limit: 50 }), options);
      return tagsOf(membersOf('kms:ListResourceTags')(answer.Tags, 'Tags'));
    });
  }
  if (parts.vanished) return undefined;

  const names = isUnread(aliases) ? aliases : (aliases.get(KeyId) ?? []);
  return resourceOf(context, 'AWS::KMS::Key', {
    arn: must(key.Arn, 'Arn'),
    name: (isUnread(names) ? undefined : names[0]) ?? KeyId,
    tags,
    config: {
      keyId: KeyId,
      manager,
      state: must(key.KeyState, 'KeyState'),
      origin: must(key.Origin, 'Origin'),
      spec: must(key.KeySpec, 'KeySpec'),
      usage: usageOf(key),
      multiRegion: key.MultiRegionConfiguration?.MultiRegionKeyType ?? null,
      createdAt: must.time(key.CreationDate, 'CreationDate'),
      deletionAt: timeOrNull(key.DeletionDate),
      aliases: names,
      rotationEnabled,
      policy,
      grants,
    },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::KMS::Key'],
  operations: [
    'kms:ListKeys',
    'kms:ListAliases',
    'kms:DescribeKey',
    'kms:GetKeyRotationStatus',
    'kms:GetKeyPolicy',
    grantsOperation,
    'kms:ListResourceTags',
  ],
  events: [
    'kms:CreateKey',
    'kms:ScheduleKeyDeletion',
    'kms:CancelKeyDeletion',
    'kms:DisableKey',
    'kms:EnableKey',
    'kms:DisableKeyRotation',
    'kms:EnableKeyRotation',
    'kms:PutKeyPolicy',
    'kms:CreateGrant',
    'kms:RetireGrant',
    'kms:RevokeGrant',
    'kms:CreateAlias',
    'kms:UpdateAlias',
    'kms:DeleteAlias',
    'kms:TagResource',
    'kms:UntagResource',
  ],
  async *collect(context) {
    const aliases = await readAliases(context);
    const client = context.client(KMSClient);
    const keys = resumed(context.cursor, (startingToken) =>
      paginateListKeys({ client, startingToken, pageSize: 1000 }, {}, { abortSignal: context.signal }),
    );
    const must = membersOf('kms:ListKeys');
    yield* readPages(
      context,
      keys,
      (page) => ({ items: must(page.Keys, 'Keys'), next: page.NextMarker }),
      (key) => readKey(context, must(key.KeyId, 'Keys[].KeyId'), aliases),
    );
  },
  async refresh(context, arn) {
    return readKey(context, arn, await readAliases(context, arn));
  },
};

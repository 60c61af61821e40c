// KMS.

import type * as sdk from '@aws-sdk/client-kms';
import type { AliasListEntry } from '@aws-sdk/client-kms';
import type { Answers, Call } from '../call.ts';
import type { KeyRecord } from '../model/kms.ts';
import { page } from '../pages.ts';
import { refuse } from '../refusal.ts';

function keyOf(call: Call, id: string | undefined): KeyRecord {
  const key = call.account.region(call.region).kms.keys.get((id ?? '').slice((id ?? '').lastIndexOf('/') + 1));
  return key ?? refuse('NotFoundException', `Key '${id}' does not exist`);
}

function aliasesOf(call: Call, keys: Iterable<KeyRecord>): AliasListEntry[] {
  return [...keys].flatMap(({ aliases, metadata }) =>
    aliases.map((AliasName) => ({
      AliasName,
      AliasArn: call.site.arn('kms', call.region, AliasName),
      TargetKeyId: metadata.KeyId,
      CreationDate: metadata.CreationDate,
    })),
  );
}

const most = 100;
const badMarker = 'InvalidMarkerException';

export const kms: Answers<typeof sdk> = {
  ListKeys: (input, call) => {
    const { items, next } = page(
      [...call.account.region(call.region).kms.keys.values()],
      input.Marker,
      input.Limit ?? most,
      1000,
      badMarker,
    );
    return {
      Keys: items.map(({ metadata }) => ({ KeyId: metadata.KeyId, KeyArn: metadata.Arn })),
      Truncated: next !== undefined,
      NextMarker: next,
    };
  },
  ListAliases: (input, call) => {
    const { keys } = call.account.region(call.region).kms;
    const aliases = aliasesOf(call, input.KeyId === undefined ? keys.values() : [keyOf(call, input.KeyId)]);
    const { items, next } = page(aliases, input.Marker, input.Limit ?? 50, 100, badMarker);
    return { Aliases: [...items], Truncated: next !== undefined, NextMarker: next };
  },
  DescribeKey: (input, call) => ({ KeyMetadata: keyOf(call, input.KeyId).metadata }),
  GetKeyRotationStatus: (input, call) => {
    const { rotates, metadata } = keyOf(call, input.KeyId);
    if (rotates === undefined) {
      const why = metadata.Origin === 'EXTERNAL' ? `origin is ${metadata.Origin}` : `spec is ${metadata.KeySpec}`;
      refuse('UnsupportedOperationException', `You cannot perform this operation on key ${metadata.Arn}: its ${why}.`);
    }
    return { KeyRotationEnabled: rotates, KeyId: metadata.KeyId, ...(rotates ? { RotationPeriodInDays: 365 } : {}) };
  },
  GetKeyPolicy: (input, call) => ({
    Policy: JSON.stringify(keyOf(call, input.KeyId).policy, null, 2),
    PolicyName: 'default',
  }),
  ListKeyPolicies: (input, call) => {
    keyOf(call, input.KeyId);
    return { PolicyNames: ['default'], Truncated: false };
  },
  ListResourceTags: (input, call) => ({
    Tags: Object.entries(keyOf(call, input.KeyId).tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
    Truncated: false,
  }),
  ListGrants: (input, call) => {
    const { items, next } = page(keyOf(call, input.KeyId).grants, input.Marker, input.Limit ?? 50, 100, badMarker);
    return { Grants: [...items], Truncated: next !== undefined, NextMarker: next };
  },
};

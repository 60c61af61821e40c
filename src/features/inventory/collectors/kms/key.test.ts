import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, awsError, type Call, collected, collectedUntilError, refreshed, refuse } from '../testing.ts';
import { collector } from './key.ts';

const arnOf = (id: string): string => `arn:aws:kms:eu-west-1:111122223333:key/${id}`;

const metadata = (KeyId: string, more: object = {}): object => ({
  KeyId,
  Arn: arnOf(KeyId),
  KeyManager: 'CUSTOMER',
  KeyState: 'Enabled',
  Origin: 'AWS_KMS',
  KeySpec: 'SYMMETRIC_DEFAULT',
  KeyUsage: 'ENCRYPT_DECRYPT',
  CreationDate: new Date('2025-05-01T10:00:00Z'),
  ...more,
});

const keys: Record<string, object> = {
  'key-1': metadata('key-1', { MultiRegionConfiguration: { MultiRegionKeyType: 'PRIMARY' } }),
  'key-2': metadata('key-2', { KeyManager: 'AWS' }),
};

const idOf = ({ input }: Call): string => String(input['KeyId']).replace(/^.*\//, '');

const answers: Answers = {
  'kms:ListKeys': ({ input }) =>
    input['Marker'] === undefined
      ? { Keys: [{ KeyId: 'key-1' }], Truncated: true, NextMarker: 'second' }
      : { Keys: [{ KeyId: 'key-2' }], Truncated: false },
  'kms:ListAliases': {
    Aliases: [
      { AliasName: 'alias/app', TargetKeyId: 'key-1' },
      { AliasName: 'alias/old', TargetKeyId: 'key-1' },
      { AliasName: 'alias/aws/s3', TargetKeyId: 'key-2' },
      { AliasName: 'alias/aws/ebs' },
    ],
  },
  'kms:DescribeKey': (call) => {
    const KeyMetadata = keys[idOf(call)];
    if (KeyMetadata === undefined) throw awsError('NotFoundException');
    return { KeyMetadata };
  },
  'kms:GetKeyRotationStatus': { KeyRotationEnabled: true },
  'kms:GetKeyPolicy': { Policy: '{"Version":"2012-10-17"}' },
  'kms:ListGrants': ({ input }) =>
    input['Marker'] === undefined
      ? {
          Grants: [
            {
              GrantId: 'b-service',
              GranteeServicePrincipal: 'dynamodb.amazonaws.com',
              RetiringServicePrincipal: 'dynamodb.amazonaws.com',
              Operations: ['Decrypt'],
              Constraints: { SourceArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders' },
            },
          ],
          Truncated: true,
          NextMarker: 'more',
        }
      : {
          Grants: [
            {
              GrantId: 'a-role',
              GranteePrincipal: 'arn:aws:iam::444455556666:role/reader',
              Operations: ['Decrypt', 'GenerateDataKey'],
              Constraints: { EncryptionContextSubset: { app: 'orders' }, EncryptionContextEquals: { app: 'orders' } },
            },
          ],
          Truncated: false,
        },
  'kms:ListResourceTags': { Tags: [{ TagKey: 'owner', TagValue: 'payments' }] },
};

/** The answers with one key in the place of two. */
const oneKey = (more: object): Answers => ({
  ...answers,
  'kms:ListKeys': { Keys: [{ KeyId: 'key-1' }] },
  'kms:DescribeKey': { KeyMetadata: metadata('key-1', more) },
});

keepsItsPromises('kms/key', {
  collector,
  answers,
  parts: {
    'kms:ListAliases': ['config.aliases'],
    'kms:GetKeyRotationStatus': ['config.rotationEnabled'],
    'kms:GetKeyPolicy': ['config.policy'],
    'kms:ListGrants': ['config.grants'],
    'kms:ListResourceTags': ['tags'],
  },
});

describe('kms/key', () => {
  test('reads customer keys in full and of AWS managed keys what there is', async () => {
    const { resources, pages } = await collected(collector, answers);
    expect(resources).toMatchObject([
      {
        arn: arnOf('key-1'),
        name: 'alias/app',
        region: 'eu-west-1',
        tags: { owner: 'payments' },
        config: {
          keyId: 'key-1',
          manager: 'CUSTOMER',
          multiRegion: 'PRIMARY',
          createdAt: '2025-05-01T10:00:00.000Z',
          deletionAt: null,
          aliases: ['alias/app', 'alias/old'],
          rotationEnabled: true,
          policy: '{"Version":"2012-10-17"}',
          grants: [
            {
              grantId: 'a-role',
              granteePrincipal: 'arn:aws:iam::444455556666:role/reader',
              retiringPrincipal: null,
              operations: ['Decrypt', 'GenerateDataKey'],
              encryptionContextSubset: { app: 'orders' },
              encryptionContextEquals: { app: 'orders' },
              sourceArn: null,
            },
            {
              grantId: 'b-service',
              granteePrincipal: 'dynamodb.amazonaws.com',
              retiringPrincipal: 'dynamodb.amazonaws.com',
              operations: ['Decrypt'],
              encryptionContextSubset: {},
              encryptionContextEquals: null,
              sourceArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
            },
          ],
        },
      },
      { arn: arnOf('key-2'), tags: {}, config: { manager: 'AWS', rotationEnabled: null, policy: null, grants: null } },
    ]);
    expect(pages.map((page) => page.cursor)).toEqual(['second', undefined]);
  });

  test('goes on from a cursor', async () => {
    const { resources } = await collected(collector, answers, { cursor: 'second' });
    expect(resources.map(({ name }) => name)).toEqual(['alias/aws/s3']);
  });

  test('begins anew when AWS no longer knows the cursor', async () => {
    const expired: Answers = {
      ...answers,
      'kms:ListKeys': ({ input }) => {
        if (input['Marker'] !== undefined) throw awsError('InvalidMarkerException');
        return { Keys: [{ KeyId: 'key-1' }, { KeyId: 'key-2' }] };
      },
    };
    const { resources } = await collected(collector, expired, { cursor: 'long ago' });
    expect(resources).toHaveLength(2);
  });

  test.each([
    ['an RSA key', { KeySpec: 'RSA_2048' }],
    ['an HMAC key', { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }],
    ['imported material', { Origin: 'EXTERNAL' }],
    ['a custom key store', { Origin: 'AWS_CLOUDHSM' }],
    ['a disabled key', { KeyState: 'Disabled' }],
    ['a key that is to be deleted', { KeyState: 'PendingDeletion', DeletionDate: new Date('2026-02-01T00:00:00Z') }],
  ])('does not ask for the rotation of %s', async (_name, more) => {
    const { resources, context } = await collected(collector, oneKey(more));
    expect(resources).toMatchObject([{ config: { rotationEnabled: null } }]);
    expect(context.calls.map(({ operation }) => operation)).not.toContain('kms:GetKeyRotationStatus');
  });

  test('what a symmetric key is for need not be said, what another is for is not guessed', async () => {
    const { resources } = await collected(collector, oneKey({ KeyUsage: undefined }));
    expect(resources).toMatchObject([{ config: { usage: 'ENCRYPT_DECRYPT', rotationEnabled: true } }]);
    const { error } = await collectedUntilError(collector, oneKey({ KeyUsage: undefined, KeySpec: 'RSA_2048' }));
    expect(error).toMatchObject({ code: 'malformed-answer' });
  });

  test.each([
    'kms:DescribeKey',
    'kms:GetKeyRotationStatus',
    'kms:GetKeyPolicy',
    'kms:ListGrants',
    'kms:ListResourceTags',
  ])('a key that is gone when %s asks for it is left out, without a gap', async (operation) => {
    const { resources, context } = await collected(collector, {
      ...oneKey({}),
      [operation]: refuse('NotFoundException'),
    });
    expect(resources).toEqual([]);
    expect(context.gaps).toEqual([]);
  });

  test('a key whose policy refuses us does not hide the others, and the unit fails', async () => {
    const { resources, error, pages } = await collectedUntilError(collector, {
      ...answers,
      'kms:DescribeKey': (call) => {
        if (idOf(call) === 'key-1') throw awsError('AccessDeniedException');
        return { KeyMetadata: keys['key-2'] };
      },
    });
    expect(error).toMatchObject({ name: 'AccessDeniedException' });
    expect(resources.map(({ arn }) => arn)).toEqual([arnOf('key-2')]);
    expect(pages.some((page) => page.cursor !== undefined)).toBe(false);
  });

  test('a grant of which AWS does not say whom it admits is not left out', async () => {
    const { resources } = await collected(collector, {
      ...oneKey({}),
      'kms:ListGrants': { Grants: [{ GrantId: 'one', Operations: ['Decrypt'] }] },
    });
    expect(resources).toMatchObject([{ config: { grants: { $unread: { operation: 'kms:ListGrants' } } } }]);
  });

  test('a key that is gone is not refreshed', async () => {
    expect(await refreshed(collector, answers, arnOf('gone'))).toBeUndefined();
  });
});

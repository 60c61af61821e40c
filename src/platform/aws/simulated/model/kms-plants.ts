// What is planted among the keys of a region.

import type { PlantKind } from '../manifest.ts';
import type { Trait } from '../traits.ts';
import type { Grant, KeyOptions } from './kms-options.ts';
import type { Ground } from './region/ground.ts';

interface KeySpecimen extends KeyOptions {
  name: string;
  kind: PlantKind;
  note: string;
}

const toOutsider: Grant = { GranteePrincipal: 'arn:aws:iam::111122223333:role/reader', Operations: ['Decrypt'] };

const anybody = {
  Sid: 'Anybody',
  Effect: 'Allow',
  Principal: '*',
  Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
  Resource: '*',
};

export function keyGroups(ground: Ground): readonly { trait: Trait; specimens: readonly KeySpecimen[] }[] {
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
    {
      trait: 'key-shared-outside-organization',
      specimens: [
        { name: 'lent', kind: 'plant', note: 'a grant to a role of an account outside', grants: [toOutsider] },
        {
          name: 'lent-for-one',
          kind: 'plant',
          note: 'a grant to an account outside, for one encryption context',
          grants: [
            {
              GranteePrincipal: 'arn:aws:iam::111122223333:root',
              Operations: ['Decrypt'],
              Constraints: { EncryptionContextEquals: { case: '1' } },
            },
          ],
        },
        {
          name: 'lent-inside',
          kind: 'clean-twin',
          note: 'a grant to a role of another account of the organisation',
          grants: [
            {
              GranteePrincipal: `arn:aws:iam::${ground.site.organization.security.id}:role/app-etl`,
              Operations: ['Decrypt'],
            },
          ],
        },
        {
          name: 'lent-to-service',
          kind: 'near-miss',
          note: 'a grant to a service, for one table of this account',
          grants: [
            {
              GranteeServicePrincipal: 'dynamodb.amazonaws.com',
              Operations: ['Decrypt'],
              Constraints: { SourceArn: ground.arn('dynamodb', 'table/orders') },
            },
          ],
        },
        {
          name: 'lent-in-vain',
          kind: 'near-miss',
          note: 'a grant to a role outside, but the key policy denies everything to other organisations',
          statements: [
            {
              ...anybody,
              Sid: 'OursAlone',
              Effect: 'Deny',
              Action: 'kms:*',
              Condition: { StringNotEquals: { 'aws:PrincipalOrgID': ground.site.organization.id } },
            },
          ],
          grants: [toOutsider],
        },
      ],
    },
  ];
}

/** Traits that are none where outsiders are kept out, whatever policies and grants say. */
export const ofOutsiders: readonly Trait[] = ['key-public', 'key-shared-outside-organization'];

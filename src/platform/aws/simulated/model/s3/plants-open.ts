// Buckets that are open to others, and buckets that look as if they were.

import { type S3Group, type Statement, group, policy, reading } from './group.ts';
import { tlsOnly } from './draft.ts';
import { blocksAll, blocksNothing } from './state.ts';

/** An unprotected bucket: whatever its policy or grants say holds. */
const open = { publicAccessBlock: blocksNothing } as const;
const aclsCount = { ...open, ownership: 'ObjectWriter' } as const;

const outsider = { AWS: 'arn:aws:iam::111122223333:root' } as const;

/** Rights to change who may do what with a bucket. */
function managing(bucket: string, principal: unknown, more: Statement = {}): Statement {
  return {
    Sid: 'Manage',
    Effect: 'Allow',
    Principal: principal,
    Action: ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy', 's3:PutObjectAcl'],
    Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
    ...more,
  };
}

/** Open to everybody. */
export const publicGroups: readonly S3Group[] = [
  group(
    'bucket-public-read',
    [
      {
        name: 'website',
        kind: 'plant',
        note: 'anybody may read, and nothing blocks it',
        but: (b) => ({ ...open, ...policy(reading(b), tlsOnly(b)), policyIsPublic: true }),
      },
      {
        name: 'website-blocked',
        kind: 'clean-twin',
        note: "the same policy, but the bucket's own block restricts it",
        but: (b) => ({ ...policy(reading(b), tlsOnly(b)), policyIsPublic: true, publicAccessBlock: blocksAll }),
      },
      {
        name: 'intranet',
        kind: 'near-miss',
        note: 'everybody, but of this organisation',
        but: (b, d) => ({
          ...open,
          ...policy(
            reading(b, { Condition: { StringEquals: { 'aws:PrincipalOrgID': d.site.organization.id } } }),
            tlsOnly(b),
          ),
        }),
      },
      {
        name: 'endpoint-only',
        kind: 'near-miss',
        note: 'everybody, but through one VPC endpoint',
        but: (b) => ({
          ...open,
          ...policy(
            reading(b, { Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-0123456789abcdef0' } } }),
            tlsOnly(b),
          ),
        }),
      },
    ],
    'off',
  ),
  group(
    'bucket-public-read',
    [
      {
        name: 'downloads',
        kind: 'plant',
        note: 'everybody has READ by the access control list',
        but: () => ({ ...aclsCount, grants: [{ group: 'global/AllUsers', permission: 'READ' }] }),
      },
      {
        name: 'partner-files',
        kind: 'plant',
        note: 'every AWS account has READ by the access control list',
        but: () => ({ ...aclsCount, grants: [{ group: 'global/AuthenticatedUsers', permission: 'READ' }] }),
      },
      { name: 'downloads-private', kind: 'clean-twin', note: 'the owner alone', but: () => aclsCount },
      {
        name: 'delivered-logs',
        kind: 'near-miss',
        note: "S3's log delivery may write: a group, but not the public",
        but: () => ({ ...aclsCount, grants: [{ group: 's3/LogDelivery', permission: 'WRITE' }] }),
      },
      {
        name: 'old-downloads',
        kind: 'near-miss',
        note: 'everybody has READ, but public lists are ignored',
        but: () => ({
          ownership: 'ObjectWriter',
          publicAccessBlock: { ...blocksNothing, IgnorePublicAcls: true },
          grants: [{ group: 'global/AllUsers', permission: 'READ' }],
        }),
      },
    ],
    'off',
  ),
  group(
    'bucket-public-write',
    [
      {
        name: 'dropbox',
        kind: 'plant',
        note: 'anybody may write by the policy',
        but: (b) => ({
          ...open,
          ...policy(reading(b, { Sid: 'Write', Action: 's3:PutObject' }), tlsOnly(b)),
          policyIsPublic: true,
        }),
      },
      {
        name: 'uploads',
        kind: 'plant',
        note: 'everybody has WRITE by the access control list',
        but: () => ({ ...aclsCount, grants: [{ group: 'global/AllUsers', permission: 'WRITE' }] }),
      },
      {
        name: 'inbox',
        kind: 'clean-twin',
        note: 'one account may write',
        but: (b, d) => ({
          ...open,
          ...policy(
            reading(b, { Principal: { AWS: d.site.arn('iam', '', 'root') }, Action: 's3:PutObject' }),
            tlsOnly(b),
          ),
        }),
      },
      {
        name: 'returns',
        kind: 'near-miss',
        note: 'a statement for everybody, but it denies writing',
        but: (b) => ({ ...open, ...policy(reading(b, { Effect: 'Deny', Action: 's3:PutObject' }), tlsOnly(b)) }),
      },
    ],
    'off',
  ),
  group(
    'bucket-public-read',
    [
      {
        name: 'open-data',
        kind: 'near-miss',
        note: "a public policy, and no block of the bucket's own: the account's block stops it",
        but: (b) => ({ publicAccessBlock: undefined, ...policy(reading(b), tlsOnly(b)), policyIsPublic: true }),
      },
      { name: 'closed-data', kind: 'clean-twin', note: 'no public policy', but: () => ({}) },
    ],
    'on',
  ),
];

/** Open to other accounts. */
export const sharedGroup: S3Group = group('bucket-policy-cross-account', [
  {
    name: 'shared',
    kind: 'plant',
    note: 'an account outside may change its policy',
    but: (b) => policy(tlsOnly(b), managing(b, outsider)),
  },
  {
    name: 'shared-inside',
    kind: 'plant',
    insider: true,
    note: 'another account of the organisation may change its policy',
    but: (b, d) =>
      policy(tlsOnly(b), managing(b, { AWS: `arn:aws:iam::${d.site.organization.security.id}:role/app-api` })),
  },
  {
    name: 'unshared',
    kind: 'clean-twin',
    note: 'the same rights for its own account',
    but: (b, d) => policy(tlsOnly(b), managing(b, { AWS: d.site.arn('iam', '', 'root') })),
  },
  {
    name: 'refused',
    kind: 'near-miss',
    note: 'names an account outside in order to deny',
    but: (b) => policy(tlsOnly(b), managing(b, outsider, { Effect: 'Deny' })),
  },
  {
    name: 'overruled',
    kind: 'near-miss',
    note: 'allows an account outside what another statement denies to all other accounts',
    but: (b, d) =>
      policy(
        tlsOnly(b),
        managing(b, outsider),
        managing(b, '*', {
          Sid: 'OursAlone',
          Effect: 'Deny',
          Condition: { StringNotEquals: { 'aws:PrincipalAccount': d.site.account } },
        }),
      ),
  },
  {
    name: 'lent',
    kind: 'near-miss',
    note: 'an account outside may read its objects, and nothing else',
    but: (b) => policy(tlsOnly(b), reading(b, { Principal: outsider })),
  },
]);

// Buckets that are not as they should be, each group beside its clean twin and near-misses.

import { plantPointBlocks, plantPublicPoints, plantSharedPoints } from './access-points.ts';
import { tlsOnly } from './draft.ts';
import { type S3Group, type Statement, group, policy, reading } from './group.ts';
import { publicGroups, sharedGroup } from './plants-open.ts';
import { blocksAll } from './state.ts';

const transport = (bucket: string, more: Statement): Statement => ({ ...tlsOnly(bucket), ...more });

export const bucketGroups: readonly S3Group[] = [
  group('bucket-policy-allows-http', [
    { name: 'exports', kind: 'plant', note: 'no policy at all', but: () => ({ policy: undefined }) },
    {
      name: 'invoices',
      kind: 'plant',
      note: 'a policy without a word on transport',
      but: (b, d) => policy(reading(b, { Principal: { AWS: d.site.arn('iam', '', 'root') } })),
    },
    { name: 'imports', kind: 'clean-twin', note: 'denies everything that comes without TLS', but: () => ({}) },
    {
      name: 'drafts',
      kind: 'near-miss',
      note: 'the condition is the boolean false, not the text',
      but: (b) => policy(transport(b, { Condition: { Bool: { 'aws:SecureTransport': false } } })),
    },
    {
      name: 'offers',
      kind: 'near-miss',
      note: "the condition key's case is unusual, which does not matter",
      but: (b) => policy(transport(b, { Condition: { Bool: { 'AWS:securetransport': ['false'] } } })),
    },
  ]),
  group('bucket-policy-allows-http', [
    {
      name: 'letters',
      kind: 'plant',
      note: 'denies requests that do come over TLS',
      but: (b) => policy(transport(b, { Condition: { Bool: { 'aws:SecureTransport': 'true' } } })),
    },
    {
      name: 'parcels',
      kind: 'plant',
      note: 'denies reading alone without TLS: writing is not denied',
      but: (b) => policy(transport(b, { Action: 's3:GetObject' })),
    },
    {
      name: 'stamps',
      kind: 'plant',
      note: 'denies one principal alone',
      but: (b) => policy(transport(b, { Principal: { AWS: 'arn:aws:iam::111122223333:root' } })),
    },
    {
      name: 'ledgers',
      kind: 'clean-twin',
      note: 'denies everybody, and allows one account besides',
      but: (b, d) => policy(tlsOnly(b), reading(b, { Principal: { AWS: d.site.arn('iam', '', 'root') } })),
    },
  ]),
  ...publicGroups,
  group('bucket-public-access-block-off', [
    { name: 'scratch', kind: 'plant', note: 'no block at all', but: () => ({ publicAccessBlock: undefined }) },
    {
      name: 'staging-area',
      kind: 'plant',
      note: 'three of the four settings',
      but: () => ({ publicAccessBlock: { ...blocksAll, RestrictPublicBuckets: false } }),
    },
    { name: 'vault', kind: 'clean-twin', note: 'all four settings', but: () => ({ publicAccessBlock: blocksAll }) },
  ]),
  group('bucket-without-default-encryption', [
    {
      name: 'ancient',
      kind: 'plant',
      note: 'answers as buckets of before January 2023 did: no default encryption',
      but: () => ({ encryption: undefined }),
    },
    {
      name: 'modern',
      kind: 'clean-twin',
      note: 'encrypted with keys of S3',
      but: () => ({ encryption: { algorithm: 'AES256', key: undefined } }),
    },
    {
      name: 'twice',
      kind: 'near-miss',
      note: 'encrypted in two layers',
      but: (_, d) => ({
        encryption: {
          algorithm: 'aws:kms:dsse',
          key: d.site.arn('kms', d.site.profile.usedRegions[0] ?? 'us-east-1', 'alias/aws/s3'),
        },
      }),
    },
  ]),
  sharedGroup,
  group('bucket-without-versioning', [
    { name: 'daily', kind: 'plant', note: 'never versioned', but: () => ({ versioning: undefined }) },
    { name: 'weekly', kind: 'plant', note: 'versioning was suspended', but: () => ({ versioning: 'Suspended' }) },
    { name: 'monthly', kind: 'clean-twin', note: 'versioned', but: () => ({}) },
  ]),
  group('bucket-without-mfa-delete', [
    { name: 'contracts', kind: 'plant', note: 'versions can be deleted without MFA', but: () => ({}) },
    { name: 'deeds', kind: 'clean-twin', note: 'deleting a version needs MFA', but: () => ({ mfaDelete: true }) },
    {
      name: 'receipts',
      kind: 'near-miss',
      note: 'a lifecycle rule expires its objects, and AWS allows no MFA delete beside one',
      but: () => ({ expiresAfter: 3650 }),
    },
  ]),
  group('bucket-without-access-logging', [
    { name: 'unwatched', kind: 'plant', note: 'requests are not logged', but: () => ({ loggedTo: undefined }) },
    { name: 'watched', kind: 'clean-twin', note: 'requests are logged to another bucket', but: () => ({}) },
  ]),
  { plant: plantPointBlocks },
  { account: 'off', plant: plantPublicPoints },
  { plant: plantSharedPoints },
];

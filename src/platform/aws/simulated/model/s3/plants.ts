// Buckets that are not as they should be, each group beside its clean twin and near-misses.

import { type PlantKind, behindPerimeter } from '../../manifest.ts';
import { keepsOutsidersOut } from '../../organization/policies.ts';
import type { Trait } from '../../traits.ts';
import type { PolicyDocument } from '../iam/state.ts';
import { plantPointBlocks, plantPublicPoints, plantSharedPoints } from './access-points.ts';
import { type S3Draft, tlsOnly } from './draft.ts';
import { type Bucket, blocksAll, blocksNothing } from './state.ts';

interface BucketSpecimen {
  name: string;
  kind: PlantKind;
  note: string;
  but: (bucket: string, draft: S3Draft) => Partial<Bucket>;
  /** It opens the bucket to members of the organisation, whom no perimeter keeps out. */
  insider?: true;
}

export interface S3Group {
  /** What the account's own block must be for the group to mean what it says. */
  account?: 'on' | 'off';
  plant: (draft: S3Draft) => void;
}

type Statement = Readonly<Record<string, unknown>>;

function policy(...statements: readonly Statement[]): { policy: PolicyDocument } {
  return { policy: { Version: '2012-10-17', Statement: statements } };
}

function reading(bucket: string, more: Statement = {}): Statement {
  return {
    Sid: 'Read',
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${bucket}/*`,
    ...more,
  };
}

/** An unprotected bucket: whatever its policy or grants say holds. */
const open = { publicAccessBlock: blocksNothing } as const;
const aclsCount = { ...open, ownership: 'ObjectWriter' } as const;

/** Traits that are none where outsiders are kept out, whatever policies and lists say. */
const ofOutsiders: readonly Trait[] = ['bucket-public-read', 'bucket-public-write', 'bucket-policy-cross-account'];

function group(trait: Trait, specimens: readonly BucketSpecimen[], account?: 'on' | 'off'): S3Group {
  return {
    ...(account === undefined ? {} : { account }),
    plant: (draft) => {
      const closed = ofOutsiders.includes(trait) && keepsOutsidersOut(draft.site.profile.unit);
      for (const specimen of specimens) {
        const shut = closed && specimen.kind === 'plant' && specimen.insider !== true;
        const { name, kind, note, but } = shut ? behindPerimeter(specimen) : specimen;
        const bucket = draft.addBucket(name, (full) => but(full, draft));
        draft.record.add(kind, trait, { type: 'AWS::S3::Bucket', arn: `arn:aws:s3:::${bucket.name}`, note });
      }
    },
  };
}

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
  group('bucket-policy-cross-account', [
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
  ]),
  group('bucket-without-versioning', [
    { name: 'daily', kind: 'plant', note: 'never versioned', but: () => ({ versioning: undefined }) },
    { name: 'weekly', kind: 'plant', note: 'versioning was suspended', but: () => ({ versioning: 'Suspended' }) },
    { name: 'monthly', kind: 'clean-twin', note: 'versioned', but: () => ({}) },
  ]),
  group('bucket-without-mfa-delete', [
    { name: 'contracts', kind: 'plant', note: 'versions can be deleted without MFA', but: () => ({}) },
    { name: 'deeds', kind: 'clean-twin', note: 'deleting a version needs MFA', but: () => ({ mfaDelete: true }) },
  ]),
  group('bucket-without-access-logging', [
    { name: 'unwatched', kind: 'plant', note: 'requests are not logged', but: () => ({ loggedTo: undefined }) },
    { name: 'watched', kind: 'clean-twin', note: 'requests are logged to another bucket', but: () => ({}) },
  ]),
  { plant: plantPointBlocks },
  { account: 'off', plant: plantPublicPoints },
  { plant: plantSharedPoints },
];

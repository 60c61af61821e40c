// Access points: with and without their public access block, and with policies that admit somebody.

import { type PlantKind, behindPerimeter } from '../../manifest.ts';
import { keepsOutsidersOut } from '../../organization/policies.ts';
import type { Site } from '../../site.ts';
import type { Trait } from '../../traits.ts';
import { type S3Draft, tlsOnly } from './draft.ts';
import { type AccessPoint, blocksAll, blocksNothing } from './state.ts';

interface Specimen {
  name: string;
  kind: PlantKind;
  note: string;
  /** To whom it is open: a Principal element. */
  to: unknown;
  condition?: Readonly<Record<string, unknown>>;
  block?: AccessPoint['publicAccessBlock'];
  inVpc?: true;
  /** Whether the bucket behind it has a policy that lets anything through; it has when not given. */
  passed?: false;
}

const outsider = { AWS: 'arn:aws:iam::111122223333:root' };

function publicOnes({ organization }: Site): readonly Specimen[] {
  return [
    {
      name: 'gate-everybodys',
      kind: 'plant',
      note: 'everybody may read through it, and nothing blocks it',
      to: '*',
      block: blocksNothing,
    },
    {
      name: 'gate-blocked',
      kind: 'near-miss',
      note: 'everybody by its policy, but its public access block stops it',
      to: '*',
    },
    {
      name: 'gate-in-vain',
      kind: 'near-miss',
      note: 'everybody by its policy, but the bucket behind it lets nobody through',
      to: '*',
      block: blocksNothing,
      passed: false,
    },
    {
      name: 'gate-inner',
      kind: 'near-miss',
      note: 'everybody by its policy, but it is reached from one VPC alone',
      to: '*',
      inVpc: true,
    },
    {
      name: 'gate-ours',
      kind: 'clean-twin',
      note: 'everybody of the organisation may read through it',
      to: '*',
      condition: { StringEquals: { 'aws:PrincipalOrgID': organization.id } },
      block: blocksNothing,
    },
  ];
}

function sharedOnes({ organization }: Site): readonly Specimen[] {
  const { id } = organization.security;
  return [
    { name: 'hatch-partner', kind: 'plant', note: 'an account outside may read through it', to: outsider },
    {
      name: 'hatch-inside',
      kind: 'clean-twin',
      note: 'a role of another account of the organisation may read through it',
      to: { AWS: `arn:aws:iam::${id}:role/app-etl` },
    },
    {
      name: 'hatch-in-vain',
      kind: 'near-miss',
      note: 'names an account outside, but the bucket behind it lets nobody through',
      to: outsider,
      passed: false,
    },
  ];
}

function plant(draft: S3Draft, trait: Trait, specimens: readonly Specimen[]): void {
  const { site } = draft;
  const passing = draft.addBucket(`behind-${trait}`, (full) => ({
    publicAccessBlock: blocksNothing,
    policy: {
      Version: '2012-10-17',
      Statement: [
        tlsOnly(full),
        {
          Sid: 'AccessPointsDecide',
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: '*',
          Resource: [`arn:aws:s3:::${full}`, `arn:aws:s3:::${full}/*`],
          Condition: { StringEquals: { 's3:DataAccessPointAccount': site.account } },
        },
      ],
    },
  }));
  const closed = draft.addBucket(`closed-${trait}`, { publicAccessBlock: blocksNothing });
  const shut = keepsOutsidersOut(site.profile.unit);
  for (const plain of specimens) {
    const one = shut && plain.kind === 'plant' ? behindPerimeter(plain) : plain;
    const bucket = one.passed === false ? closed : passing;
    const arn = site.arn('s3', bucket.region, `accesspoint/${one.name}`);
    draft.accessPoints.push({
      name: one.name,
      bucket: bucket.name,
      region: bucket.region,
      vpc: one.inVpc && site.ec2Id('vpc', bucket.region, 'main'),
      publicAccessBlock: one.block ?? blocksAll,
      policy: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'Readers',
            Effect: 'Allow',
            Principal: one.to,
            Action: ['s3:GetObject', 's3:GetObjectTagging'],
            Resource: `${arn}/object/*`,
            ...(one.condition === undefined ? {} : { Condition: one.condition }),
          },
        ],
      },
    });
    draft.record.add(one.kind, trait, { type: 'AWS::S3::AccessPoint', arn, note: one.note });
  }
}

/** Access points that are public; the account must not block public access as a whole. */
export function plantPublicPoints(draft: S3Draft): void {
  plant(draft, 'access-point-public', publicOnes(draft.site));
}

export function plantSharedPoints(draft: S3Draft): void {
  plant(draft, 'access-point-shared-outside-organization', sharedOnes(draft.site));
}

/** Access points without policies, one of them without its whole block. */
export function plantPointBlocks(draft: S3Draft): void {
  const bucket = draft.addBucket('through-points');
  const { site } = draft;
  const specimens = [
    {
      name: 'open-door',
      kind: 'plant',
      block: { ...blocksAll, BlockPublicPolicy: false },
      vpc: undefined,
      note: 'one of the four settings is off',
    },
    { name: 'side-door', kind: 'clean-twin', block: blocksAll, vpc: undefined, note: 'all four settings' },
    {
      name: 'inner-door',
      kind: 'near-miss',
      block: blocksAll,
      vpc: site.ec2Id('vpc', bucket.region, 'main'),
      note: 'reached from one VPC alone, all four settings',
    },
  ] as const;
  for (const { name, kind, block, vpc, note } of specimens) {
    draft.accessPoints.push({
      name,
      bucket: bucket.name,
      region: bucket.region,
      vpc,
      publicAccessBlock: block,
      policy: undefined,
    });
    const arn = site.arn('s3', bucket.region, `accesspoint/${name}`);
    draft.record.add(kind, 'access-point-public-access-block-off', { type: 'AWS::S3::AccessPoint', arn, note });
  }
}

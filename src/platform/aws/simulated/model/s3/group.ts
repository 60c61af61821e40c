// Groups of buckets: what is planted, beside its clean twin and near-misses.

import { type PlantKind, behindPerimeter } from '../../manifest.ts';
import { keepsOutsidersOut } from '../../organization/policies.ts';
import type { Trait } from '../../traits.ts';
import type { PolicyDocument } from '../iam/state.ts';
import type { S3Draft } from './draft.ts';
import type { Bucket } from './state.ts';

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

export type Statement = Readonly<Record<string, unknown>>;

export function policy(...statements: readonly Statement[]): { policy: PolicyDocument } {
  return { policy: { Version: '2012-10-17', Statement: statements } };
}

export function reading(bucket: string, more: Statement = {}): Statement {
  return {
    Sid: 'Read',
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${bucket}/*`,
    ...more,
  };
}

/** Traits that are none where outsiders are kept out, whatever policies and lists say. */
const ofOutsiders: readonly Trait[] = ['bucket-public-read', 'bucket-public-write', 'bucket-policy-cross-account'];

export function group(trait: Trait, specimens: readonly BucketSpecimen[], account?: 'on' | 'off'): S3Group {
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

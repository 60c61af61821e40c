// What was planted in the simulated organisation, in words of the world: no rule is named here.

import type { Trait } from './traits.ts';

/** A plant has the trait; a clean twin has not; a near-miss looks as if it had, and has not. */
export type PlantKind = 'plant' | 'clean-twin' | 'near-miss';

export interface ManifestEntry {
  account: string;
  /** A region's code, or `global`. */
  region: string;
  /** CloudFormation's type name where there is one, for example `AWS::S3::Bucket`. */
  type: string;
  /** The resource's ARN; for a setting of an account or region `arn:aws:<service>:<region>:<account>:<setting>`. */
  arn: string;
  trait: Trait;
  kind: PlantKind;
  /** Why it is what it is, for a person. */
  note: string;
  /** A secret value that lies in this resource: it must appear nowhere in what is stored or shown. */
  secret?: string;
}

/** Something that cannot be read, on purpose. */
export interface PlantedGap {
  account: string;
  /** Regions' codes; `*` alone for all that the account has. */
  regions: readonly string[];
  /** The IAM action, for example `s3:GetEncryptionConfiguration`; `*` for everything. */
  action: string;
  reason: 'denied' | 'throttled' | 'slow' | 'unreachable';
  note: string;
}

export interface Manifest {
  seed: string;
  entries: readonly ManifestEntry[];
  gaps: readonly PlantedGap[];
  /** All secret values, for searching. */
  secrets: readonly string[];
}

export interface Planted {
  type: string;
  arn: string;
  note: string;
  secret?: string;
}

/** What opens something to outsiders, where a resource control policy keeps them out: it looks open, and is not. */
export function behindPerimeter<T extends { kind: PlantKind; note: string }>(specimen: T): T {
  return {
    ...specimen,
    kind: 'near-miss',
    note: `${specimen.note}; but a resource control policy keeps outsiders out`,
  };
}

/** Collects entries while a model is built. */
export interface Recorder {
  readonly entries: readonly ManifestEntry[];
  add(kind: PlantKind, trait: Trait, planted: Planted): void;
}

export function recorder(account: string, region: string): Recorder {
  const entries: ManifestEntry[] = [];
  return {
    entries,
    add: (kind, trait, planted) => {
      entries.push({ account, region, trait, kind, ...planted });
    },
  };
}

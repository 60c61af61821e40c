// What watches one region of one account.

import type { ManifestEntry } from '../../manifest.ts';

export interface Recorder {
  recording: boolean;
  /** `all`: every type; `some`: a list of types; `except`: every type but a few. */
  scope: 'all' | 'some' | 'except';
  /** Whether users, roles and policies are recorded here. */
  global: boolean;
}

export interface Detector {
  id: string;
  enabled: boolean;
  /** Protection plans that are off. */
  off: readonly string[];
}

export interface WatchingModel {
  recorder: Recorder | undefined;
  analyzer: 'ACCOUNT' | 'ORGANIZATION' | undefined;
  detector: Detector | undefined;
  hub: boolean;
  /** Resource types that Inspector scans; undefined when it is off. */
  inspector: readonly ('ec2' | 'ecr' | 'lambda' | 'lambdaCode')[] | undefined;
  macie: 'ENABLED' | 'PAUSED' | undefined;
  planted: readonly ManifestEntry[];
}

// Status of the AWS security services in one account and region. A disabled service yields no resource,
// or one that says so; a refused call yields a gap and never reads as "not enabled".

import type { Evidence } from '../evidence.ts';

export interface ConfigurationRecorderConfig {
  recorderName: string;
  roleArn: string | null;
  recording: Evidence<boolean>;
  lastStatus: Evidence<string | null>;
  allSupported: boolean;
  includeGlobalResourceTypes: boolean;
  /** `ALL_SUPPORTED_RESOURCE_TYPES`, `INCLUSION_BY_RESOURCE_TYPES`, `EXCLUSION_BY_RESOURCE_TYPES` or null when AWS does not say. */
  recordingStrategy: string | null;
  excludedResourceTypes: readonly string[];
  /** Set for a service-linked recorder. */
  servicePrincipal: string | null;
  deliveryBucket: Evidence<string | null>;
}

export interface AnalyzerConfig {
  /** For example `ACCOUNT`, `ORGANIZATION`, `ACCOUNT_UNUSED_ACCESS`, `ORGANIZATION_INTERNAL_ACCESS`. */
  analyzerType: string;
  status: string;
}

export interface DetectorConfig {
  detectorId: string;
  status: 'ENABLED' | 'DISABLED';
  /**
   * Protection plans by AWS's name, for example `S3_DATA_EVENTS`: `ENABLED` or `DISABLED`. Parts of a plan are
   * `<plan>.<part>`, for example `RUNTIME_MONITORING.EKS_ADDON_MANAGEMENT`. A plan that AWS did not name is unknown, not disabled.
   */
  features: Readonly<Record<string, string>>;
  findingPublishingFrequency: string;
  /** The administrator's account when this one is a member; null when it stands alone. */
  administratorAccount: Evidence<string | null>;
}

export interface HubConfig {
  subscribedAt: string;
  autoEnableControls: boolean;
  enabledStandards: Evidence<readonly string[]>;
  administratorAccount: Evidence<string | null>;
}

/** https://docs.aws.amazon.com/inspector/v2/APIReference/API_BatchGetAccountStatus.html */
export interface InspectorStatusConfig {
  status: string;
  /** By resource type in AWS's words (`ec2`, `ecr`, `lambda`, `lambdaCode`, `codeRepository`): `ENABLED`, `DISABLED`, … */
  resourceStatus: Readonly<Record<string, string>>;
  /** The organisation's delegated administrator for Inspector when that is another account; null when there is none. */
  administratorAccount: Evidence<string | null>;
}

export interface MacieSessionConfig {
  status: 'ENABLED' | 'PAUSED' | 'DISABLED';
  administratorAccount: Evidence<string | null>;
}

// A resource as evidence: who it is, where it lies, and its typed configuration.

import type { Evidence } from './evidence.ts';
import type { ResourceConfigs } from './resource-configs.ts';

/** CloudFormation's type names where they exist, for example `AWS::S3::Bucket`. */
export type ResourceType = keyof ResourceConfigs;

export type Tags = Readonly<Record<string, string>>;

/** One resource of one account. Its key is (account, region, type, arn). */
export interface Resource<T extends ResourceType = ResourceType> {
  /** The ARN; for settings of an account or region without one, `arn:<partition>:<service>:<region>:<account>:<setting>`. */
  arn: string;
  type: T;
  account: string;
  /** The region's code, or `global`. A bucket lies in its own region. */
  region: string;
  name: string;
  tags: Evidence<Tags>;
  config: ResourceConfigs[T];
  /** ISO 8601: when AWS answered. */
  collectedAt: string;
}

/** A resource of any type, as a union that `type` discriminates. */
export type AnyResource = { [T in ResourceType]: Resource<T> }[ResourceType];

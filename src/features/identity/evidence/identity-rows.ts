// Users, roles, groups and managed policies of an account as the store has them.

import type { Evidence } from '../../../domain/evidence.ts';
import type { ResourceConfigs } from '../../../domain/resource-configs.ts';
import type { ResourceType, Tags } from '../../../domain/resource.ts';

export interface StoredResource<T extends ResourceType = ResourceType> {
  readonly type: T;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly tags: Evidence<Tags>;
  readonly config: ResourceConfigs[T];
  readonly collectedAt: string;
}

/** What of an account's IAM a question needs; each map may hold a part only. */
export interface IdentityRows {
  readonly principals: readonly (StoredResource<'AWS::IAM::User'> | StoredResource<'AWS::IAM::Role'>)[];
  /** By name. */
  readonly groups: ReadonlyMap<string, StoredResource<'AWS::IAM::Group'>>;
  /** By ARN. */
  readonly policies: ReadonlyMap<string, StoredResource<'AWS::IAM::Policy'>>;
}

/** The ARNs of managed policies that principals and groups refer to. */
export function policyArnsOf(
  principals: IdentityRows['principals'],
  groups: Iterable<StoredResource<'AWS::IAM::Group'>>,
): readonly string[] {
  const arns = new Set<string>();
  for (const { config } of principals) {
    for (const { arn } of config.attachedPolicies) arns.add(arn);
    if (config.permissionsBoundaryArn !== null) arns.add(config.permissionsBoundaryArn);
  }
  for (const { config } of groups) for (const { arn } of config.attachedPolicies) arns.add(arn);
  return [...arns];
}

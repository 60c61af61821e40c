// What is known of one resource, and its policy as a source.

import { parseArn } from '../../../domain/arn.ts';
import { isUnread, type Evidence } from '../../../domain/evidence.ts';
import { noPolicies, type KmsGrant, type S3Settings } from '../policy/policies.ts';
import { wordOf } from './control-levels.ts';
import { unreadPolicy, type SourcePolicy } from './source-policy.ts';

export interface ResourceEvidence {
  readonly arn: string;
  /** The account that owns it; undefined where it is not known, or where the resource is `*`. */
  readonly account: string | undefined;
  /** The resource in the evidence, or why it is not there. */
  readonly found: 'found' | 'not-collected' | 'unread' | 'missing' | 'none';
  readonly policy: SourcePolicy | undefined;
  readonly accessPointPolicy: SourcePolicy | undefined;
  readonly s3: S3Settings;
  readonly kmsGrants: readonly KmsGrant[];
  /** Its tags, where AWS evaluates them as `aws:ResourceTag`. */
  readonly tags: Readonly<Record<string, string>>;
  /** Condition keys that every request through it carries. */
  readonly context: Readonly<Record<string, readonly string[]>>;
  /** What is not known about it beside its policy, each a sentence. */
  readonly unknown: readonly string[];
}

/** Nothing is known yet. */
export function emptyOf(arn: string): ResourceEvidence {
  return {
    arn,
    account: undefined,
    found: 'none',
    policy: undefined,
    accessPointPolicy: undefined,
    s3: noPolicies.s3,
    kmsGrants: noPolicies.kmsGrants,
    tags: {},
    context: {},
    unknown: [],
  };
}

/** A policy as the evidence has it; undefined where there is none. */
export function sourceOf(
  policy: Evidence<string | null>,
  title: string,
  kind: 'resource' | 'trust' = 'resource',
): SourcePolicy | undefined {
  const about = { title, name: title, arn: undefined, kind, attachedTo: title.replace(/^.*?policy of /, '') };
  if (isUnread(policy)) return unreadPolicy(about, `${policy.$unread.operation} was ${wordOf(policy.$unread.reason)}`);
  return policy === null ? undefined : { ...about, text: policy };
}

/** The resource with a policy that could not be read. */
export function unreadOf(resource: ResourceEvidence, why: string, found: ResourceEvidence['found']): ResourceEvidence {
  const title = `the policy of ${resource.arn}`;
  const kind = parseArn(resource.arn)?.service === 'iam' ? 'trust' : 'resource';
  const about = { title, name: title, arn: undefined, kind, attachedTo: resource.arn } as const;
  return { ...resource, found, policy: unreadPolicy(about, why) };
}

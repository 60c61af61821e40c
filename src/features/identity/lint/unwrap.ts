// Answers of the AWS CLI hold a policy inside: `aws iam get-policy-version > file` is as good as the document itself.

import type { PolicyKind } from '../policy/document.ts';
import { parseJsonText } from '../policy/json-text.ts';

/** A policy and where it was found. */
export interface Wrapped {
  readonly text: string;
  /** JSON pointer into the answer. */
  readonly place: string;
  /** What it is attached to, where the answer tells. */
  readonly kind: PolicyKind | undefined;
}

/** Where answers keep the document: IAM, STS, Organizations, S3 and KMS, Secrets Manager, ECR, SNS and SQS. */
const shapes: readonly (readonly [path: readonly string[], kind: PolicyKind | undefined])[] = [
  [['PolicyVersion', 'Document'], undefined],
  [['Role', 'AssumeRolePolicyDocument'], 'trust'],
  [['AssumeRolePolicyDocument'], 'trust'],
  [['PolicyDocument'], undefined],
  [['Policy', 'Content'], undefined],
  [['Policy'], 'resource'],
  [['ResourcePolicy'], 'resource'],
  [['policyText'], 'resource'],
  [['Attributes', 'Policy'], 'resource'],
];

const organizationKinds: Readonly<Record<string, PolicyKind>> = {
  SERVICE_CONTROL_POLICY: 'service-control',
  RESOURCE_CONTROL_POLICY: 'resource-control',
};

/** The policy within an answer of the AWS CLI; undefined for anything else, a plain document among it. */
export function unwrap(text: string): Wrapped | undefined {
  const parsed = parseJsonText(text);
  if (!('value' in parsed) || member(parsed.value, 'Statement') !== undefined) return undefined;
  for (const [path, kind] of shapes) {
    let found: unknown = parsed.value;
    for (const step of path) found = member(found, step);
    const policy = typeof found === 'string' ? decode(found) : textOf(found);
    if (policy === undefined) continue;
    const type = member(member(member(parsed.value, 'Policy'), 'PolicySummary'), 'Type');
    return { text: policy, place: `/${path.join('/')}`, kind: organizationKinds[String(type)] ?? kind };
  }
  return undefined;
}

function member(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function textOf(value: unknown): string | undefined {
  return member(value, 'Statement') === undefined ? undefined : JSON.stringify(value);
}

/** JSON in a string, URL-encoded as the IAM API has it or plain. */
function decode(text: string): string | undefined {
  let plain = text;
  try {
    if (text.startsWith('%7B')) plain = decodeURIComponent(text);
  } catch {
    return undefined;
  }
  return plain.trimStart().startsWith('{') ? plain : undefined;
}

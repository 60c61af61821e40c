// A policy as the evidence has it: its text, what it is called, and what it is attached to. A policy that could not be
// read stands as one whose statements hold "if it allows" and "unless it denies": so what is not known stays open in
// every answer that depends on it, and in no other.

import type { PolicyDocument, PolicyKind } from '../policy/document.ts';
import { parsePolicy } from '../policy/parse.ts';
import type { Admitted } from '../questions/admitted.ts';

export interface SourcePolicy {
  /** What answers call it; distinct among the policies of one question. */
  readonly title: string;
  /** The policy's own name. */
  readonly name: string;
  readonly arn: string | undefined;
  readonly kind: PolicyKind;
  /** For people: `role app`, `group admins`, `OU /Workloads`. */
  readonly attachedTo: string;
  readonly text: string;
  /** Why it is not known, a sentence without its end; undefined for a policy that was read. */
  readonly unread?: string;
  /** What else grants as this policy does and could not be read: its text has a statement for that. */
  readonly beside?: { readonly title: string; readonly unread: string };
  /** The key that other accounts need as well: `text` has statements for that, `ownText` is what AWS gave. */
  readonly key?: SecretKey;
  readonly ownText?: string;
}

/** The key under which a secret lies: other accounts read the value only if they may use it as well. */
export interface SecretKey {
  /** The secret's account: the key that AWS manages is for it alone. */
  readonly account: string;
  /** The ARN; null for the key that AWS manages, which no other account can use. */
  readonly arn: string | null;
  /** The accounts that its policy and grants can admit. */
  readonly admitted: Admitted;
}

/** Condition keys that stand for what a policy says that could not be read. They are not keys of AWS. */
const keyStart = { allow: 'vedette:allowed-by', deny: 'vedette:denied-by' } as const;

/** The key under which something that could not be read allows. */
export function allowKey(title: string): string {
  return `${keyStart.allow}/${title.slice(0, 300)}`;
}

const keyNeeded = 'vedette:may-decrypt-with/';

/** The condition key that stands for whether the caller may decrypt with a key. It is none of AWS. */
export function needKey(arn: string): string {
  return `${keyNeeded}${arn}`;
}

/** The key's ARN where a condition key stands for its use; undefined for all others. */
export function neededKey(key: string): string | undefined {
  return key.startsWith(keyNeeded) ? key.slice(keyNeeded.length) : undefined;
}

/** Whether a condition key stands for an unread policy, and for which. */
export function unreadKey(key: string): { effect: 'allow' | 'deny'; title: string } | undefined {
  for (const effect of ['allow', 'deny'] as const) {
    if (key.startsWith(`${keyStart[effect]}/`)) return { effect, title: key.slice(keyStart[effect].length + 1) };
  }
  return undefined;
}

const withPrincipal: readonly PolicyKind[] = ['resource', 'trust', 'resource-control', 'vpc-endpoint'];

/**
 * A policy that could not be read.
 *
 * @param about as for a policy that was read
 * @param why for people, such as `iam:GetPolicyVersion was denied`
 * @param known conditions that all its statements are known to have, as a Condition element
 */
export function unreadPolicy(
  about: Omit<SourcePolicy, 'text' | 'unread'>,
  why: string,
  known: Readonly<Record<string, unknown>> = {},
): SourcePolicy {
  const { kind, title } = about;
  const statement = (effect: 'allow' | 'deny'): Record<string, unknown> => ({
    Effect: effect === 'allow' ? 'Allow' : 'Deny',
    ...(withPrincipal.includes(kind) ? { Principal: '*' } : {}),
    Action: '*',
    ...(kind === 'trust' ? {} : { Resource: '*' }),
    Condition: { ...known, Bool: { [`${keyStart[effect]}/${title.slice(0, 300)}`]: 'true' } },
  });
  // A resource control policy can only deny; RCPFullAWSAccess is implied.
  const effects = kind === 'resource-control' ? (['deny'] as const) : (['allow', 'deny'] as const);
  return {
    ...about,
    text: JSON.stringify({ Version: '2012-10-17', Statement: effects.map(statement) }),
    unread: why,
  };
}

/** The keys of unread policies and of keys to decrypt with: every request carries them, with values that nobody knows. */
export function unreadKeys(policies: readonly SourcePolicy[]): readonly string[] {
  return policies.flatMap(({ title, unread, beside, key }) => [
    ...(unread === undefined ? [] : [allowKey(title), `${keyStart.deny}/${title.slice(0, 300)}`]),
    ...(beside === undefined ? [] : [allowKey(beside.title)]),
    ...(key === undefined || key.arn === null ? [] : [needKey(key.arn)]),
  ]);
}

/** A policy's text with more statements; undefined for one that could not be read, and for what is no document. */
export function withStatements({ text, unread }: SourcePolicy, more: readonly object[]): string | undefined {
  const document = unread === undefined ? objectIn(text) : undefined;
  if (document === undefined) return undefined;
  const written = document['Statement'];
  const statements: readonly unknown[] = Array.isArray(written) ? written : written === undefined ? [] : [written];
  return JSON.stringify({ ...document, Statement: [...statements, ...more] });
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** The policy as the engine reads it. */
export function documentOf(policy: SourcePolicy): PolicyDocument {
  return parsePolicy(policy.text, { name: policy.title, kind: policy.kind });
}

/** A title at the beginning of a sentence: names stay as they are written. */
export function opening(title: string): string {
  return title.startsWith('the ') ? `The ${title.slice(4)}` : title;
}

// The request context: what each condition key holds, and who decides that.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html

import type { KeyClass } from './truth.ts';

/** What is known about a key: its values, that it is absent, that it is there with a value we do not know, or nothing. */
export type KeyValue =
  | { readonly state: 'known'; readonly values: readonly string[] }
  | { readonly state: 'absent' | 'present' | 'unknown' };

export interface RequestContext {
  /** Looks a key up, without regard to case. */
  get(key: string): KeyValue;
}

const absent: KeyValue = { state: 'absent' };
const unknown: KeyValue = { state: 'unknown' };
const present: KeyValue = { state: 'present' };

export interface ContextInput {
  /** Keys and values the request is known to carry. An empty list is an absent key. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** Keys the request carries with values that are not known. */
  readonly present?: readonly string[];
  /** True when a key that is not named is absent, false when nothing is known about it. */
  readonly complete: boolean;
}

/**
 * Builds a context.
 *
 * @param input what the asker knows; it wins over `filled`
 * @param filled what AWS itself fills in from principal, action and resource; `aws:PrincipalTag/*` stands for all tags
 */
export function createContext(input: ContextInput, filled: ReadonlyMap<string, KeyValue> = new Map()): RequestContext {
  const known = new Map<string, KeyValue>();
  for (const [key, value] of filled) known.set(key.toLowerCase(), value);
  for (const [key, values] of Object.entries(input.values)) {
    known.set(key.toLowerCase(), values.length === 0 ? absent : { state: 'known', values });
  }
  for (const key of input.present ?? []) known.set(key.toLowerCase(), present);
  if (input.complete) addEncryptionContextKeys(known, input);
  const otherwise = input.complete ? absent : unknown;
  const tags = known.get('aws:principaltag/*') ?? otherwise;
  return {
    get(key) {
      const lower = key.toLowerCase();
      return known.get(lower) ?? (lower.startsWith('aws:principaltag/') ? tags : otherwise);
    },
  };
}

const multivaluedKeys =
  /^(?:aws:(?:calledvia|tagkeys|(?:principal|resource|source|vpce)orgpaths|principalservicenameslist)|dynamodb:(?:attributes|leadingkeys|firstpartitionkeyvalues|secondpartitionkeyvalues)|kms:encryptioncontextkeys|s3:requestobjecttagkeys|sts:transitivetagkeys|.*:amr)$/;

/**
 * Whether a request may carry several values of the key at once.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function isMultivalued(key: string): boolean {
  return multivaluedKeys.test(key.toLowerCase());
}

const encryptionContextPair = 'kms:encryptioncontext:';

/**
 * The names of the pairs in the encryption context, which AWS lists in a key of its own: those of the pairs that are given.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-context-keys
 */
function addEncryptionContextKeys(known: Map<string, KeyValue>, input: ContextInput): void {
  const listed = 'kms:encryptioncontextkeys';
  if (known.has(listed)) return;
  const names = [...Object.keys(input.values), ...(input.present ?? [])]
    .filter((key) => key.toLowerCase().startsWith(encryptionContextPair))
    .filter((key) => known.get(key.toLowerCase())?.state !== 'absent')
    .map((key) => key.slice(encryptionContextPair.length));
  if (names.length > 0) known.set(listed, { state: 'known', values: names });
}

const secretKeys = /^(?:sts:externalid|.*:(?:sub|aud|azp|amr|oaud|jti|email))$/;
const environmentKeys =
  /^(?:aws:(?:sourceip|vpcsourceip|sourcevpc|sourcevpce|sourcevpcarn|vpceaccount|vpceorgid|vpceorgpaths|multifactorauthpresent|multifactorauthage|securetransport|currenttime|epochtime|tokenissuetime|viaawsservice|calledvia|calledviafirst|calledvialast|sourcearn|sourceaccount|sourceowner|sourceorgid|sourceorgpaths|ec2instancesourcevpc|ec2instancesourceprivateipv4|federatedprovider|signinsessionarn)|ec2:sourceinstancearn|s3:(?:tlsversion|signatureage|signatureversion|authtype)|kms:viaservice)$/;
const attackerKeys =
  /^(?:aws:(?:requesttag\/.*|tagkeys|requestedregion|useragent|referer|sourceidentity)|sts:(?:rolesessionname|sourceidentity|durationseconds|transitivetagkeys)|kms:encryptioncontext.*|s3:(?:prefix|delimiter|max-keys|x-amz-.*|requestobjecttag.*|versionid)|sns:(?:endpoint|protocol))$/;

/**
 * Who decides what a key holds; keys that are not listed are facts of the inventory, known to AWS and fixed.
 */
export function classOfKey(key: string): KeyClass {
  const lower = key.toLowerCase();
  if (secretKeys.test(lower)) return 'secret';
  if (environmentKeys.test(lower)) return 'environment';
  if (attackerKeys.test(lower)) return 'attacker-chosen';
  return 'static';
}

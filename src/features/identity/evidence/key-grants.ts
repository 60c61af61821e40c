// The grants of a key as the engine takes them, and what is not known of them.
// https://docs.aws.amazon.com/kms/latest/developerguide/grants.html

import { isUnread, type Evidence, type Unread } from '../../../domain/evidence.ts';
import type { KeyConfig, KmsGrant as CollectedGrant } from '../../../domain/resources/kms.ts';
import type { KmsGrant } from '../policy/policies.ts';
import { wordOf } from './control-levels.ts';
import { allowKey, withStatements, type SourcePolicy } from './source-policy.ts';

/** Collected grants as the engine takes them. */
export function engineGrants(grants: readonly CollectedGrant[]): readonly KmsGrant[] {
  return grants.map(({ granteePrincipal, operations, ...constraints }) => ({
    granteePrincipal,
    operations,
    encryptionContextSubset: constraints.encryptionContextSubset,
    encryptionContextEquals: constraints.encryptionContextEquals ?? undefined,
    sourceArn: constraints.sourceArn ?? undefined,
  }));
}

/**
 * The operations that a grant can allow, in lower case.
 * https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#terms-grant-operations
 */
const grantable = new Set(
  `creategrant decrypt derivesharedsecret describekey encrypt generatedatakey generatedatakeypair
   generatedatakeypairwithoutplaintext generatedatakeywithoutplaintext generatemac getpublickey reencryptfrom reencryptto
   retiregrant sign verify verifymac`.split(/\s+/),
);

export interface KeyGrants {
  readonly kmsGrants: readonly KmsGrant[];
  /** Sentences for grants that are not known and may allow the action. */
  readonly unknown: readonly string[];
  /** Why they are not known, a sentence without its end; undefined where they are, or cannot allow the action. */
  readonly unread: string | undefined;
}

/** The grants of a key as far as they bear on an action. */
export function grantsOf(config: KeyConfig, action: string): KeyGrants {
  // Keys that were read before grants were collected have none in the store.
  const grants = config.grants as Evidence<readonly CollectedGrant[] | null> | undefined;
  if (grants !== undefined && grants !== null && !isUnread(grants)) {
    return { kmsGrants: engineGrants(grants), unknown: [], unread: undefined };
  }
  if (!grantable.has(action.toLowerCase().replace(/^kms:/, ''))) {
    return { kmsGrants: [], unknown: [], unread: undefined };
  }
  const [sentence, unread] = whyUnknown(grants);
  return { kmsGrants: [], unknown: [`${sentence}: one of them may allow this as well.`], unread };
}

function whyUnknown(grants: Unread | null | undefined): readonly [sentence: string, why: string] {
  if (grants === null) return ['Grants of keys that AWS manages are not collected', 'they are not collected'];
  if (grants === undefined) {
    return ['Grants of the key were not collected by the last scan', 'the last scan did not collect them'];
  }
  const why = `${grants.$unread.operation} was ${wordOf(grants.$unread.reason)}`;
  return [`Grants of the key could not be read (${why})`, why];
}

/**
 * A key's policy with a statement for grants that could not be read: they stand as if one of them named whoever asks, if
 * it allows. A policy that could not be read itself leaves all open already.
 */
export function withUnreadGrants(policy: SourcePolicy, grants: NonNullable<SourcePolicy['beside']>): SourcePolicy {
  const text = withStatements(policy, [unreadGrant(grants.title, [...grantable])]);
  return text === undefined ? policy : { ...policy, text, beside: grants };
}

function unreadGrant(title: string, operations: readonly string[]): object {
  return {
    Effect: 'Allow',
    Principal: '*',
    Action: operations.map((name) => `kms:${name}`),
    Resource: '*',
    // A grant names a principal or a service, never callers without credentials: only of those nothing says which they are.
    Condition: { Bool: { [allowKey(title)]: 'true' }, Null: { 'aws:PrincipalIsAWSService': 'false' } },
  };
}

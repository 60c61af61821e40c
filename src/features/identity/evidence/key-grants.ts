// The grants of a key as the engine takes them, and what is not known of them.
// https://docs.aws.amazon.com/kms/latest/developerguide/grants.html

import { isUnread, type Evidence } from '../../../domain/evidence.ts';
import type { KeyConfig, KmsGrant as CollectedGrant } from '../../../domain/resources/kms.ts';
import type { KmsGrant } from '../policy/policies.ts';
import { wordOf } from './control-levels.ts';

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

/** The grants of a key, and a sentence for those that are not known. */
export function grantsOf(config: KeyConfig): { kmsGrants: readonly KmsGrant[]; unknown: readonly string[] } {
  // Keys that were read before grants were collected have none in the store.
  const grants = config.grants as Evidence<readonly CollectedGrant[] | null> | undefined;
  const mayAllow = 'one of them may allow this as well.';
  if (grants === null)
    return { kmsGrants: [], unknown: [`Grants of keys that AWS manages are not collected: ${mayAllow}`] };
  if (grants === undefined)
    return { kmsGrants: [], unknown: [`Grants of the key were not collected by the last scan: ${mayAllow}`] };
  if (isUnread(grants)) {
    const { operation, reason } = grants.$unread;
    return {
      kmsGrants: [],
      unknown: [`Grants of the key could not be read (${operation} was ${wordOf(reason)}): ${mayAllow}`],
    };
  }
  return { kmsGrants: engineGrants(grants), unknown: [] };
}

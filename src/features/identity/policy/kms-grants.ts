// KMS grants: they allow named operations to one principal beside the key policy, and never deny.
// https://docs.aws.amazon.com/kms/latest/developerguide/grants.html

import type { Asked } from './judge.ts';
import { matchPrincipals } from './match-principal.ts';
import type { PrincipalEntry } from './document.ts';
import type { KmsGrant } from './policies.ts';
import type { GrantHit } from './resource-side.ts';
import { all, any, test } from './truth.ts';
import type { Truth } from './truth.ts';

export interface Granted {
  readonly direct: Truth;
  readonly role: Truth;
  readonly hits: readonly GrantHit[];
}

/** What the grants of a key allow, by how they name the requester. */
export function grantedByKms(grants: readonly KmsGrant[], asked: Asked): Granted {
  const direct: Truth[] = [];
  const role: Truth[] = [];
  const hits: GrantHit[] = [];
  for (const [index, grant] of grants.entries()) {
    if (!grant.operations.some((operation) => `kms:${operation.toLowerCase()}` === asked.action)) continue;
    const kind = /\.amazonaws\.com(?:\.cn)?$/.test(grant.granteePrincipal) ? 'Service' : 'AWS';
    const entry: PrincipalEntry = { kind, value: grant.granteePrincipal };
    for (const match of matchPrincipals([entry], asked.principal, asked.context)) {
      const truth = all([match.truth, constraints(grant, asked)]);
      (match.reach === 'direct' ? direct : role).push(truth);
      if (truth !== false) hits.push({ name: `kmsGrants[${index}]`, what: 'A grant of the key', truth });
    }
  }
  return { direct: any(direct), role: any(role), hits };
}

/** Operations without an encryption context: constraints on it do not apply to them. */
const withoutContext = new Set(['kms:describekey', 'kms:retiregrant']);

/**
 * The grant's constraints: on the encryption context, which the request carries in `kms:EncryptionContext:…` keys, and on
 * the resource on whose behalf a service makes it, which is as a condition on `aws:SourceArn`.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html
 */
function constraints(grant: KmsGrant, asked: Asked): Truth {
  const source = grant.sourceArn === undefined || madeFor(grant.sourceArn, asked);
  return withoutContext.has(asked.action) ? source : all([source, encryptionContext(grant, asked)]);
}

function encryptionContext(grant: KmsGrant, asked: Asked): Truth {
  const exact = grant.encryptionContextEquals;
  const pairs = { ...grant.encryptionContextSubset, ...exact };
  const held = Object.entries(pairs).map(([name, value]) => holds(`kms:EncryptionContext:${name}`, value, asked));
  if (exact !== undefined) {
    const keys = asked.context.get('kms:EncryptionContextKeys');
    const others = keys.state === 'known' && keys.values.some((key) => !Object.hasOwn(exact, key));
    if (others) return false;
    if (keys.state === 'present' || keys.state === 'unknown') {
      held.push(test('kms:EncryptionContextKeys', 'attacker-chosen', 'ForAllValues:StringEquals', Object.keys(exact)));
    }
  }
  return all(held);
}

function madeFor(arn: string, asked: Asked): Truth {
  const given = asked.context.get('aws:SourceArn');
  if (given.state === 'known') return given.values.includes(arn);
  return given.state === 'absent' ? false : test('aws:SourceArn', 'environment', 'ArnEquals', [arn]);
}

function holds(key: string, value: string, asked: Asked): Truth {
  const given = asked.context.get(key);
  if (given.state === 'known') return given.values.includes(value);
  return given.state === 'absent' ? false : test(key, 'attacker-chosen', 'StringEquals', [value]);
}

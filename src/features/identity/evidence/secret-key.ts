// The key under which a secret lies: other accounts read the value only if they may use that key as well.
// https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html

import { needKey, withStatements, type SecretKey, type SourcePolicy } from './source-policy.ts';

/** The action that gives a secret's value to other accounts. */
export function readsValue(action: string): boolean {
  return action.toLowerCase() === 'secretsmanager:getsecretvalue';
}

/** What the key means for whoever reads the value, a sentence. */
export function keySentence({ arn }: SecretKey): string {
  if (arn === null) return 'The secret lies under the key that AWS manages: no other account can read its value.';
  return `The value is read with kms:Decrypt on ${arn}: ask who can do that as well.`;
}

/** Why the key keeps a caller of another account out, and what would let him in. */
export function keyDenial({ arn }: SecretKey): string {
  return arn === null
    ? 'The secret lies under the key that AWS manages, which no other account can use: move it under a key of your own, and let the caller use that.'
    : `Neither the policy nor a grant of ${arn} admits the caller's account: it must allow kms:Decrypt, and so must the caller's own policies.`;
}

/**
 * A secret's policy with statements for its key: accounts that the key cannot admit are denied, and of the others
 * whoever may not decrypt with it. A policy that could not be read leaves all open already.
 */
export function withKey(policy: SourcePolicy, key: SecretKey): SourcePolicy {
  const text = withStatements(policy, denials(key));
  return text === undefined ? policy : { ...policy, text, key, ownText: policy.text };
}

function denials({ account, arn, admitted }: SecretKey): readonly object[] {
  if (arn === null) return [deniedBut('KeyOfItsOwnAccount', [account])];
  const use = deniedBut('KeyAsWell', [account], { Bool: { [needKey(arn)]: 'false' } });
  return admitted === 'everyone' ? [use] : [deniedBut('KeyForOthers', [account, ...admitted]), use];
}

/** Denies the value to all but these accounts. */
function deniedBut(Sid: string, accounts: readonly string[], more: object = {}): object {
  return {
    Sid,
    Effect: 'Deny',
    Principal: '*',
    Action: 'secretsmanager:GetSecretValue',
    Resource: '*',
    Condition: { StringNotEquals: { 'aws:PrincipalAccount': accounts }, ...more },
  };
}

// Conditions in words, for people who have never read a policy.

import { neededKey, unreadKey } from '../evidence/source-policy.ts';
import type { Answer } from '../policy/answer.ts';
import { testsOf, type Expression, type KeyClass, type Test } from '../policy/truth.ts';

/** What well-known keys mean, as the subject of a sentence. Keys in lower case; a name that ends in `/` is a prefix. */
const keyWords: readonly (readonly [key: string, words: string])[] = [
  ['aws:sourceip', "the caller's IP address"],
  ['aws:vpcsourceip', "the caller's private IP address"],
  ['aws:sourcevpc', 'the VPC that the request comes from'],
  ['aws:sourcevpce', 'the VPC endpoint that the request comes through'],
  ['aws:sourcearn', 'the resource on whose behalf the service calls'],
  ['aws:sourceaccount', 'the account on whose behalf the service calls'],
  ['aws:sourceorgid', 'the organisation on whose behalf the service calls'],
  ['aws:principalorgid', "the caller's organisation"],
  ['aws:principalorgpaths', "the place of the caller's account in its organisation"],
  ['aws:principalarn', 'the caller'],
  ['aws:principalaccount', "the caller's account"],
  ['aws:userid', "the caller's unique id"],
  ['aws:username', "the caller's user name"],
  ['aws:currenttime', 'the time of the request'],
  ['aws:requestedregion', 'the region of the request'],
  ['aws:useragent', "the caller's user agent"],
  ['aws:referer', 'the referring page'],
  ['aws:calledvia', 'a service that forwards the request'],
  ['aws:resourceorgid', "the resource's organisation"],
  ['aws:resourceaccount', "the resource's account"],
  ['aws:multifactorauthage', 'the seconds since the sign-in with MFA'],
  ['aws:principaltag/', "the caller's tag"],
  ['aws:resourcetag/', "the resource's tag"],
  ['aws:requesttag/', 'the tag in the request'],
  ['aws:tagkeys', 'the tag keys in the request'],
  ['sts:externalid', 'the external id that the caller gives'],
  ['sts:rolesessionname', 'the session name that the caller chooses'],
  ['iam:passedtoservice', 'the service that the role is passed to'],
  ['iam:permissionsboundary', 'the permissions boundary that is set'],
  ['kms:calleraccount', "the caller's account"],
  ['kms:viaservice', 'the service that uses the key for the caller'],
  ['s3:prefix', 'the prefix that is listed'],
  ['s3:x-amz-acl', 'the ACL that the request sets'],
];

/** Keys that are true or false, as whole sentences: holding, and not. */
const switches: Readonly<Record<string, readonly [yes: string, no: string]>> = {
  'aws:securetransport': ['the request is sent over TLS', 'the request is sent without TLS'],
  'aws:multifactorauthpresent': ['the caller signed in with MFA', 'the caller signed in without MFA'],
  'aws:viaawsservice': ['an AWS service makes the request for the caller', 'the caller makes the request directly'],
  'aws:principalisawsservice': ['the caller is an AWS service', 'the caller is not an AWS service'],
};

const classWords: Readonly<Record<KeyClass, string>> = {
  static: 'a fact of the accounts that is not in the evidence',
  'attacker-chosen': 'the caller chooses it',
  environment: 'it depends on where and how the call is made',
  secret: 'known to whoever holds it',
};

const verbs: Readonly<Record<string, readonly [is: string, isNot: string]>> = {
  like: ['matches', 'does not match'],
  ip: ['is in', 'is not in'],
  less: ['is below', 'is not below'],
  more: ['is above', 'is not above'],
  atMost: ['is at most', 'is above'],
  atLeast: ['is at least', 'is below'],
  equal: ['is', 'is not'],
};

function verbOf(operator: string): readonly [string, string] {
  const name = operator.replace(/^.*:/, '').replace(/IfExists$/, '');
  const kind = name.endsWith('LessThanEquals')
    ? 'atMost'
    : name.endsWith('GreaterThanEquals')
      ? 'atLeast'
      : name.endsWith('LessThan')
        ? 'less'
        : name.endsWith('GreaterThan')
          ? 'more'
          : name.includes('IpAddress')
            ? 'ip'
            : name.includes('Like')
              ? 'like'
              : 'equal';
  return verbs[kind] ?? ['is', 'is not'];
}

function subjectOf(key: string): string {
  const lower = key.toLowerCase();
  for (const [name, words] of keyWords) {
    if (name === lower) return words;
    if (name.endsWith('/') && lower.startsWith(name)) return `${words} "${key.slice(name.length)}"`;
  }
  return key;
}

function listOf(values: readonly string[]): string {
  const shown = values.slice(0, 8);
  const rest = values.length > shown.length ? ` or one of ${values.length - shown.length} more` : '';
  return `${shown.join(' or ')}${rest}`;
}

/** "The policies of" somebody and "the grants of" a key are several. */
function unreadVerb(title: string, effect: 'allow' | 'deny', holds: boolean): string {
  const many = /^the (?:policies|grants) of /.test(title);
  if (!holds) return `${many ? 'do' : 'does'} not ${effect}`;
  if (many) return effect;
  return effect === 'allow' ? 'allows' : 'denies';
}

/** One test as a clause without "if". */
export function testWords(test: Test, holds = true): string {
  const { key, operator, values } = test;
  const unread = unreadKey(key);
  if (unread !== undefined) {
    return `${unread.title}, which could not be read, ${unreadVerb(unread.title, unread.effect, holds)} it`;
  }
  const [value = ''] = values;
  const needed = neededKey(key);
  if (needed !== undefined)
    return `the caller ${(value === 'true') === holds ? 'may' : 'may not'} kms:Decrypt with ${needed}`;
  const sentences = switches[key.toLowerCase()];
  if (sentences !== undefined && operator.startsWith('Bool') && values.length === 1) {
    const optional = operator.endsWith('IfExists') && holds ? ', or nothing is said of it' : '';
    return `${(value.toLowerCase() === 'true') === holds ? sentences[0] : sentences[1]}${optional}`;
  }
  const subject = subjectOf(key);
  if (operator === 'Null') return `${subject} is ${(value === 'true') === holds ? 'not given' : 'given'}`;
  if (operator === 'names the resource in' || operator === 'gives') {
    return `${subject} ${holds ? 'fits' : 'does not fit'} ${listOf(values)}`;
  }
  const every = operator.startsWith('ForAllValues:') ? 'every one of ' : '';
  const some = operator.startsWith('ForAnyValue:') ? 'one of ' : '';
  const optional = operator.endsWith('IfExists') ? ', where it is given' : '';
  const verb = verbOf(operator)[holds ? 0 : 1];
  return `${every}${some}${subject} ${verb} ${listOf(values)}${optional}`;
}

/** An expression as a clause; bounded. */
export function expressionWords(expression: Expression): string {
  const text = words(expression);
  return text.length > 1200 ? `${text.slice(0, 1200)}…` : text;
}

function words(expression: Expression): string {
  if (expression.kind === 'test') return testWords(expression);
  if (expression.kind === 'not') return testWords(expression.of, false);
  const joined = expression.of.map((part) =>
    part.kind === 'all' || part.kind === 'any' ? `(${words(part)})` : words(part),
  );
  return joined.join(expression.kind === 'all' ? ', and ' : ', or ');
}

/** What must hold for a conditional request to be allowed, one clause for each part that must hold. */
export function conditionWords(condition: Answer['condition']): readonly string[] {
  if (condition === undefined) return [];
  const clauses = (condition.kind === 'all' ? condition.of : [condition]).map(expressionWords);
  // An unread policy that must allow and must not deny is one thing to know.
  return clauses.flatMap((clause) => {
    const parts = /^(.*, which could not be read,) (allows?|do(?:es)? not deny) it$/s.exec(clause);
    if (parts === null) return [clause];
    const [, start = '', verb = ''] = parts;
    const many = verb === 'allow' || verb === 'do not deny';
    const [allows, passes] = many ? ['allow', 'do not deny'] : ['allows', 'does not deny'];
    if (!clauses.includes(`${start} ${verb === allows ? passes : allows} it`)) return [clause];
    return verb === allows ? [`${start} ${allows} it and ${passes} it`] : [];
  });
}

/** True where a condition rests on a policy that could not be read: whether it holds is not known. */
export function restsOnUnread(condition: string): boolean {
  return condition.includes('which could not be read');
}

/** Who decides what the keys of a condition hold: each key with its class in words, unread policies and keys to decrypt with aside. */
export function keyNotes(condition: Answer['condition']): readonly { key: string; class: KeyClass; words: string }[] {
  const keys = new Map<string, KeyClass>();
  for (const test of testsOf(condition ?? true)) {
    if (unreadKey(test.key) === undefined && neededKey(test.key) === undefined) keys.set(test.key, test.keyClass);
  }
  return [...keys].map(([key, keyClass]) => ({ key, class: keyClass, words: classWords[keyClass] }));
}

/** The unread policies that an answer rests on, by title. */
export function unreadIn(condition: Answer['condition']): readonly string[] {
  const titles = testsOf(condition ?? true).flatMap((test) => unreadKey(test.key)?.title ?? []);
  return [...new Set(titles)];
}

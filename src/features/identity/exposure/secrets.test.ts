import { expect, test } from 'vitest';
import { exposureOf } from './exposure-of.ts';
import { documentOf, queue, type Part } from './testing/said.ts';

const id = (value: string | readonly string[], operator = 'StringEquals') => ({
  Condition: { [operator]: { 'sts:ExternalId': value } },
});

/** What everybody whom the trust policy admits must hold. */
function secrets(...statements: readonly Part[]): readonly string[] {
  const trust = statements.map((one) => ({
    Effect: 'Allow',
    Principal: { AWS: '444455556666' },
    Action: 'sts:AssumeRole',
    ...one,
  }));
  const role = {
    ...queue,
    kind: 'role',
    arn: 'arn:aws:iam::111122223333:role/app',
    policy: documentOf(trust),
  } as const;
  const { accesses } = exposureOf(role);
  expect(accesses.length).toBe(1);
  return accesses[0]?.secrets ?? [];
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
test('an external id is a secret where every way asks for one that is spelt out', () => {
  expect(secrets(id('blue'))).toEqual(['external-id']);
  expect(secrets(id(['blue', 'green']))).toEqual(['external-id']);
  expect(secrets({})).toEqual([]);
  expect(secrets(id('*', 'StringLike'))).toEqual([]);
  expect(secrets(id(['blue', 'gre?n'], 'StringLike'))).toEqual([]);
  expect(secrets(id('blue', 'StringEqualsIfExists'))).toEqual([]);
  expect(secrets(id('blue', 'StringNotEquals'))).toEqual([]);
});

test('two ways of which one asks for none ask for none', () => {
  const roles = ['a', 'b'].map((name) => ({ Principal: { AWS: `arn:aws:iam::444455556666:role/${name}` } }));
  expect(secrets({ ...roles[0], ...id('blue') }, { ...roles[1], ...id('green') })).toEqual(['external-id']);
  expect(secrets({ ...roles[0], ...id('blue') }, { ...roles[1] })).toEqual([]);
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
test.each<[string | readonly string[], readonly string[]]>([
  ['repo:example/app:ref:refs/heads/main', ['subject']],
  ['repo:example/*', ['subject']],
  ['o:e/*', ['subject']],
  ['repo:example*', []],
  ['repo:*', []],
  ['*', []],
  ['', []],
  [['repo:example/*', 'repo:other/*'], ['subject']],
  [['repo:example/*', 'repo:*'], []],
])('a subject such as %s', (subject, wanted) => {
  const host = 'token.actions.githubusercontent.com';
  const found = secrets({
    Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringLike: { [`${host}:sub`]: subject } },
  });
  expect(found).toEqual(wanted);
});

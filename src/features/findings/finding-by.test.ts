import { afterAll, beforeAll, expect, test } from 'vitest';
import { UsageError } from '../../domain/errors.ts';
import type { CommandEnvironment } from '../../platform/command/environment.ts';
import { thrown } from '../../platform/command/testing.ts';
import { type TestStore, testStore } from '../../platform/store/testing.ts';
import { findingBy } from './finding-by.ts';
import { commitAlone, organization, scope, verdict } from './testing.ts';

let store: TestStore;
const environment = { invocation: 'vedette', demo: false, samePlace: [] } as unknown as CommandEnvironment;
const whole = 'vf-abcdef0123456789abcdef0123456789';
const neighbour = 'vf-abcdef0999999999abcdef0123456789';

beforeAll(async () => {
  store = await testStore();
  await commitAlone(
    store,
    scope(1, [
      verdict('lonely', 'fail', { findingId: whole }),
      verdict('crowded', 'fail', { findingId: neighbour }),
      verdict('crowded', 'fail', { findingId: 'vf-00000000000000000000000000000001' }),
      ...Array.from({ length: 12 }, (_, n) =>
        verdict(`many\u001b[31m${n}`, 'fail', { findingId: `vf-777777${String(n).padStart(26, '0')}` }),
      ),
    ]),
  );
  await commitAlone(
    store,
    scope(1, [verdict('elsewhere', 'fail', { findingId: 'vf-eeeeee00000000000000000000000000' })], {
      organization: 'o-another',
    }),
  );
});
afterAll(async () => await store.close());

const by = (name: string, accounts?: string[]) => findingBy(environment, store, { organization, accounts }, name);

test.each([whole, 'vf-abcdef01', 'VF-ABCDEF01', 'vf-abcdef01234…', 'arn:aws:s3:::lonely'])(
  '%s is the finding',
  async (name) => {
    expect((await by(name)).id).toBe(whole);
  },
);

test.each([
  ['one that there is not', 'vf-123456'],
  ['fewer than six digits', 'vf-abcde'],
  ['nothing but the prefix', 'vf-'],
  ['the sign of a pattern', 'vf-abcdef0%'],
  ['an id without its prefix', 'abcdef01'],
  ['the end of an id', 'vf-0123456789'],
  ['a resource without findings', 'arn:aws:s3:::none'],
  ['the beginning of a resource', 'arn:aws:s3:::lone'],
  ["another organisation's", 'vf-eeeeee'],
])('%s is none', async (_name, name) => {
  const error = (await thrown(by(name))) as UsageError;
  expect(error).toBeInstanceOf(UsageError);
  expect(error.message).toBe(`There is no finding "${name}".`);
  expect(error.hint).toContain('"vedette findings list"');
});

test('one outside the accounts of the caller is none', async () => {
  expect((await thrown(by('vf-abcdef01', ['444455556666']))) as Error).toMatchObject({
    message: expect.stringContaining('no finding') as unknown,
  });
});

test.each(['vf-abcdef0', 'arn:aws:s3:::crowded'])('%s means several, which are named', async (name) => {
  const error = (await thrown(by(name))) as UsageError;
  expect(error).toBeInstanceOf(UsageError);
  expect(error.message).toContain(`"${name}" may mean several`);
  expect(error.hint).toContain(`${neighbour}  high, new: s3-logs, arn:aws:s3:::crowded`);
  expect(error.hint?.split('\n')).toHaveLength(3);
});

test('of many candidates ten are named, inert', async () => {
  const { hint = '' } = (await thrown(by('vf-777777'))) as UsageError;
  expect(hint.split('\n')).toHaveLength(12);
  expect(hint).toMatch(/and more$/);
  expect(hint).not.toContain('\u001b');
});

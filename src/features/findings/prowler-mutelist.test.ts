import { describe, expect, test } from 'vitest';
import { readProwlerMutelist } from './prowler-mutelist.ts';
import { compileRule } from './suppression-rule.ts';

const aliases: Readonly<Record<string, string[]>> = {
  iam_user_hardware_mfa_enabled: ['iam-user-mfa-enabled'],
  s3_bucket_object_versioning: ['s3-bucket-versioning-enabled'],
  ec2_ebs_default_encryption: ['ec2-ebs-encryption-by-default'],
};
const read = (text: string) => readProwlerMutelist(text, (id) => aliases[id] ?? [], 'mutelist.yaml');

const list = `
Mutelist:
  Accounts:
    "111122223333":
      Checks:
        "iam_user_hardware_mfa_enabled":
          Regions: ["us-east-1"]
          Resources: ["user-1", "^[[:alnum:]]+-robot$"]
          Description: "Robots have no hands"
        "ecs_something_else":
          Regions: ["*"]
          Resources: ["*"]
    "*":
      Checks:
        "s3_bucket_object_versioning":
          Regions: ["*"]
          Resources: ["*"]
          Tags: ["stage=test", "owner=data|owner=web"]
        "ec2_ebs_default_encryption":
          Regions: ["*"]
          Resources: ["*"]
          Exceptions:
            Accounts: ["444455556666"]
            Regions: ["eu-.*"]
    "777788889999":
      Checks:
        "*":
          Regions: ["*"]
          Resources: ["*-sandbox"]
`;

const user = {
  finding: 'vf-1',
  check: 'iam-user-mfa-enabled',
  account: '111122223333',
  region: 'us-east-1',
  resource: 'arn:aws:iam::111122223333:user/user-1',
  tags: {},
};
const bucket = { ...user, check: 's3-bucket-versioning-enabled', resource: 'arn:aws:s3:::b' };
const ebs = { ...user, check: 'ec2-ebs-encryption-by-default' };
const subjects: readonly [string, typeof user & { tags: Record<string, string> }, boolean][] = [
  ['a named user', user, true],
  [
    'a user whom the pattern does not take',
    { ...user, resource: 'arn:aws:iam::111122223333:user/my_build-robot' },
    false,
  ],
  [
    'a user by pattern of letters and digits',
    { ...user, resource: 'arn:aws:iam::111122223333:user/build7-robot' },
    true,
  ],
  ['another region', { ...user, region: 'eu-west-1' }, false],
  ['another account', { ...user, account: '444455556666' }, false],
  ['another check', { ...user, check: 'iam-root-access-key-check' }, false],
  ['all tags', { ...bucket, tags: { stage: 'test', owner: 'web' } }, true],
  ['one tag of two', { ...bucket, tags: { stage: 'test' } }, false],
  ['no exception', ebs, true],
  ['one exception of two', { ...ebs, account: '444455556666' }, true],
  ['the exception', { ...ebs, account: '444455556666', region: 'eu-west-1' }, false],
  ['any check', { ...user, account: '777788889999', check: 'x', resource: 'arn:aws:s3:::play-sandbox' }, true],
];

test.each(subjects)('mutes as Prowler does: %s', (_, subject, expected) => {
  const rules = read(list).suppressions.map((one) => compileRule(one.rule));
  expect(rules.some((matches) => matches(subject))).toBe(expected);
});

test('takes the description as the reason, and names the checks that it does not know', () => {
  const { suppressions, unknownChecks } = read(list);
  expect(suppressions).toHaveLength(4);
  expect(suppressions[0]?.reason).toBe('Robots have no hands');
  expect(suppressions[1]?.reason).toContain('s3_bucket_object_versioning');
  expect(unknownChecks).toEqual(['ecs_something_else']);
});

const one = (entry: string): string => `Mutelist: {Accounts: {"*": {Checks: {s3_bucket_object_versioning: ${entry}}}}}`;

describe('refuses', () => {
  const refused: readonly [string, string, RegExp][] = [
    ['what is not YAML', 'Mutelist: [', /cannot be read/],
    ['another shape', 'Allowlist: {}', /not a Prowler mute list/],
    ['aliases', `a: &x [us-east-1]\n${one('{Regions: *x}')}`, /cannot be read/],
    ['custom tags', one('!!js/function "x"'), /cannot be read|not a Prowler/],
    ['local tags', one('!secret {Regions: ["*"]}'), /cannot be read/],
    ['a pattern that RE2 does not take', one('{Resources: ["(?=x)"]}'), /is not valid/],
    ['a deep file', one('['.repeat(20_000)), /cannot be read/],
    ['a large file', `# ${'x'.repeat(2_000_001)}`, /larger than 2 MB/],
    ['a key twice', 'Mutelist: {Accounts: {}, Accounts: {}}', /cannot be read/],
  ];
  test.each(refused)('%s', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});

test('an account called __proto__ is an account', () => {
  const text = 'Mutelist: {Accounts: {"__proto__": {Checks: {"*": {Resources: ["x"]}}}}}';
  expect(() => read(text)).not.toThrow();
  expect(({} as Record<string, unknown>)['Checks']).toBeUndefined();
});

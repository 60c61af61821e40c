import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UsageError } from '../../domain/errors.ts';
import { explainConfig, formatSettingValue } from './explain.ts';
import { loadConfig } from './load.ts';
import type { Config } from './load.ts';
import { definitionOf, flagOf, settingNames, variableOf } from './settings.ts';

let root = '';
const work = (): string => join(root, 'work');
const home = (): string => join(root, 'home');
const userFile = (): string => join(home(), '.config', 'vedette', 'config.yaml');

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vedette-config-'));
  mkdirSync(work());
  mkdirSync(join(home(), '.config', 'vedette'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

interface Given {
  flags?: Record<string, unknown>;
  env?: Record<string, string>;
  project?: string;
  user?: string;
}

function load({ flags = {}, env = {}, project, user }: Given): Promise<Config> {
  if (project !== undefined) writeFileSync(join(work(), 'vedette.yaml'), project);
  if (user !== undefined) writeFileSync(userFile(), user);
  return loadConfig({ flags, env, platform: 'linux', home: home(), workingFolder: work() });
}

async function failure(given: Given): Promise<UsageError> {
  const error: unknown = await load(given).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UsageError);
  return error as UsageError;
}

describe('precedence', () => {
  const layers = {
    flags: { maxInFlight: '5' },
    env: { VEDETTE_MAX_IN_FLIGHT: '4' },
    project: 'maxInFlight: 3\n',
    user: '# mine\nmaxInFlight: 2\n',
  };

  test.each([
    [layers, 5, 'flag', '--max-in-flight'],
    [{ ...layers, flags: {} }, 4, 'environment', 'VEDETTE_MAX_IN_FLIGHT'],
    [{ ...layers, flags: {}, env: {} }, 3, 'project file', 'vedette.yaml:1'],
    [{ user: layers.user }, 2, 'user file', 'config.yaml:2'],
    [{}, 150, 'default', 'default'],
  ])('%j gives %i from the %s', async (given, value, layer, source) => {
    const config = await load(given);
    expect(config.values.maxInFlight).toBe(value);
    expect(config.sourceOf('maxInFlight').layer).toBe(layer);
    expect(config.sourceOf('maxInFlight').name).toContain(source);
    expect(config.isSet('maxInFlight')).toBe(layer !== 'default');
  });

  test('a named file stands in the place of the project’s', async () => {
    writeFileSync(join(work(), 'other.json'), '{"maxInFlight": 7, "profile": "audit"}');
    const config = await load({ flags: { config: 'other.json' }, project: 'maxInFlight: 3\n' });
    expect(config.values.maxInFlight).toBe(7);
    expect(config.values.profile).toBe('audit');
    expect(config.files).toEqual([join(work(), 'other.json')]);
  });
});

describe('values', () => {
  test('lists, shares and ids in every way of writing', async () => {
    const config = await load({
      flags: { regions: ['eu-west-1', 'us-gov-west-1'], minCoverage: '95%' },
      env: { VEDETTE_EXCLUDE_REGIONS: 'us-east-1, us-east-2', DATABASE_URL: 'postgresql://u:secret@db/v?sslkey=x' },
      project: 'accounts: [012345678901, 111122223333]\nparameters:\n  access-keys-rotated:\n    maxAgeDays: 60\n',
    });
    expect(config.values).toMatchObject({
      regions: ['eu-west-1', 'us-gov-west-1'],
      minCoverage: 0.95,
      excludeRegions: ['us-east-1', 'us-east-2'],
      accounts: ['012345678901', '111122223333'],
      parameters: { 'access-keys-rotated': { maxAgeDays: 60 } },
      failOn: 'none',
    });
    expect(config.sourceOf('databaseUrl')).toEqual({ layer: 'environment', name: 'DATABASE_URL' });
  });

  test('paths are relative to what sets them', async () => {
    const config = await load({
      flags: { accountContextFile: 'accounts.yaml' },
      user: 'dataDir: ../../data\n',
    });
    expect(config.values.accountContextFile).toBe(join(work(), 'accounts.yaml'));
    expect(config.values.dataDir).toBe(join(home(), 'data'));
    expect((await load({ env: { VEDETTE_DATA_DIR: '~/v' } })).values.dataDir).toBe(join(home(), 'v'));
    rmSync(userFile());
    expect((await load({})).values.dataDir).toBe(join(home(), '.local/share/vedette'));
  });
});

describe('trouble', () => {
  test.each([
    [
      'an unknown key',
      { project: 'regions: [eu-west-1]\nmaxInFligth: 5\n' },
      ['vedette.yaml, line 2, maxInFligth: there is no such key'],
      'Did you mean maxInFlight?',
    ],
    [
      'an unknown key below',
      { project: 'accountContext:\n  ous:\n    - path: /A\n      ownr: x\n' },
      ['line 4, accountContext.ous[0].ownr'],
      'Did you mean owner?',
    ],
    [
      'a wrong value',
      { project: 'regions:\n  - eu-west-1\n  - Europe\n' },
      ['vedette.yaml, line 3, regions[1]: must be a region code'],
      undefined,
    ],
    ['a wrong type', { user: 'maxInFlight: many\n' }, ['config.yaml, line 1, maxInFlight'], undefined],
    ['broken YAML', { project: 'regions: [a\nb: 1\n' }, ['vedette.yaml, line', 'not valid YAML or JSON'], undefined],
    ['a list as document', { project: '- a\n' }, ['vedette.yaml, line 1'], undefined],
    [
      'a wrong flag',
      { flags: { failOn: 'serious' } },
      ['--fail-on: must be one of critical, high, medium, low, info, none', 'given: serious'],
      undefined,
    ],
    [
      'a wrong variable',
      { env: { VEDETTE_MIN_COVERAGE: '95' } },
      ['VEDETTE_MIN_COVERAGE: must be a share from 0 to 1', '90%', '(given: 95)'],
      undefined,
    ],
    [
      'a wrong secret is not shown',
      { env: { VEDETTE_DATABASE_URL: 'mysql://u:hunter2@db' } },
      ['VEDETTE_DATABASE_URL: must begin with postgresql://.'],
      undefined,
    ],
    ['a missing file', { flags: { config: 'none.yaml' } }, ['There is no configuration file', 'none.yaml'], '--config'],
  ] as const)('%s', async (_name, given, words, hint) => {
    const error = await failure(given);
    for (const word of words) expect(error.message).toContain(word);
    expect(error.hint ?? '').toContain(hint ?? '');
  });

  test('a folder in the place of the file', async () => {
    mkdirSync(join(work(), 'vedette.yaml'));
    expect((await failure({})).message).toContain('vedette.yaml cannot be read');
  });

  test.skipIf(process.platform === 'win32')('is not read to its end when it never ends', async () => {
    expect((await failure({ flags: { config: '/dev/zero' } })).message).toContain('larger than 1048576 bytes');
  });

  test('two project files', async () => {
    writeFileSync(join(work(), 'vedette.json'), '{}');
    expect((await failure({ project: 'color: never\n' })).message).toContain('more than one configuration file');
  });

  test('an unreadable file', async () => {
    writeFileSync(userFile(), 'color: never\n');
    chmodSync(userFile(), 0);
    chmodSync(root, 0o755);
    const isRoot = process.geteuid?.() === 0;
    // Root reads everything: it becomes another user for as long as it takes.
    if (isRoot) process.seteuid?.(65_534);
    try {
      expect((await failure({})).message).toContain('cannot be read: EACCES');
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  test('a misspelt variable is mentioned', async () => {
    const { warnings } = await load({ env: { VEDETTE_REGION: 'eu-west-1', VEDETTE_DATA_DIR: '/d' } });
    expect(warnings).toEqual(['VEDETTE_REGION is set but means nothing; did you mean VEDETTE_REGIONS?']);
  });
});

describe('a file found in the working folder', () => {
  const samples: Record<string, string> = {
    dataDir: '/tmp/x',
    databaseUrl: 'postgresql://evil.example/v',
    profile: 'admin',
    roleName: 'Admin',
    externalId: 'abc',
    sessionName: 'someone',
    sourceIdentity: 'someone',
    hubRole: 'arn:aws:iam::111122223333:role/Hub',
    retentionDays: '1',
  };

  test('covers every setting that is not open to it', () => {
    expect(settingNames.filter((name) => definitionOf(name).inProject !== true).sort()).toEqual(
      Object.keys(samples).sort(),
    );
  });

  test.each(Object.entries(samples))('may not set %s', async (key, value) => {
    const error = await failure({ project: `color: never\n${key}: ${value}\n` });
    expect(error.message).toContain(
      `vedette.yaml, line 2, ${key}: a file found in the working folder may not set this`,
    );
    expect(error.place).toMatchObject({ key });
    const config = await loadConfig({
      flags: {},
      env: { VEDETTE_CONFIG: 'vedette.yaml' },
      platform: 'linux',
      home: home(),
      workingFolder: work(),
    });
    expect(config.isSet(key as 'profile')).toBe(true);
  });

  test.each(['../secrets.yaml', '/etc/passwd', '~/x.yaml', 'a/../../x'])('may not name %s', async (path) => {
    expect((await failure({ project: `accountContextFile: ${path}\n` })).message).toContain('below that folder');
  });

  test('may not name a link that leads out of it', async () => {
    writeFileSync(join(root, 'secrets.yaml'), 'a: 1\n');
    symlinkSync(join(root, 'secrets.yaml'), join(work(), 'accounts.yaml'));
    const error = await failure({ project: 'color: never\naccountContextFile: accounts.yaml\n' });
    expect(error.message).toContain('vedette.yaml:2, accountContextFile: a file found in the working folder');
    expect(error.message).toContain('a link leads out of it');
    rmSync(join(work(), 'accounts.yaml'));
    writeFileSync(join(work(), 'real.yaml'), '');
    symlinkSync('real.yaml', join(work(), 'accounts.yaml'));
    expect((await load({})).values.accountContextFile).toBe(join(work(), 'accounts.yaml'));
  });

  test.skipIf(process.platform === 'win32')('is not read where it is a device, which may never end', async () => {
    symlinkSync('/dev/zero', join(work(), 'vedette.json'));
    expect((await failure({})).message).toContain('vedette.json is no plain file');
  });
});

describe('explain', () => {
  test('shows every setting with its source and no secret', async () => {
    const config = await load({
      env: { DATABASE_URL: 'postgresql://u:hunter2@db/v?password=hunter3', VEDETTE_EXTERNAL_ID: 'hunter4' },
      project: 'regions: [eu-west-1, eu-central-1]\n',
    });
    const rows = explainConfig(config);
    expect(rows.map(({ name }) => name)).toEqual(settingNames);
    expect(JSON.stringify(rows)).not.toMatch(/hunter/);
    const regions = rows.find(({ name }) => name === 'regions');
    expect(regions).toMatchObject({ layer: 'project file', flag: '--regions', variable: 'VEDETTE_REGIONS' });
    expect(formatSettingValue(regions?.value ?? null)).toBe('eu-west-1, eu-central-1');
  });

  test('flags and variables follow from the key', () => {
    expect(flagOf('excludeRegions')).toBe('--exclude-regions');
    expect(variableOf('excludeRegions')).toBe('VEDETTE_EXCLUDE_REGIONS');
  });
});

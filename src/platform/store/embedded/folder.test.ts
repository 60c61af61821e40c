import {
  chmod,
  chown,
  lchown,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { serverFolder } from './folder.ts';
import { canReach, parsePasswd } from './user.ts';

const isRoot = process.getuid?.() === 0;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp('/tmp/vedette-folder-');
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

const open = async (dataDir: string) => await serverFolder(dataDir, 18, join(folder, 'system'));

describe('the folder of the embedded server', () => {
  test('is made, closed to others, and the same the next time', async () => {
    await chmod(folder, 0o755);
    const dataDir = join(folder, 'new/data');
    const made = await open(dataDir);
    expect(made.base).toBe(join(dataDir, 'postgres'));
    const { mode, uid } = await stat(made.base);
    expect(mode & 0o777).toBe(0o700);
    expect(uid).toBe(made.user?.uid ?? process.getuid?.());
    expect((await stat(dataDir)).mode & 0o007).toBe(0);
    expect(await open(dataDir)).toEqual(made);
  });

  test('a file in the way', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(open(join(folder, 'file/data'))).rejects.toMatchObject({
      code: 'data-folder',
      message: expect.stringContaining('a part of the path is a file'),
    });
    await expect(open(join(folder, 'file'))).rejects.toMatchObject({ code: 'data-folder' });
  });

  test.runIf(process.platform === 'linux')('a place where nobody may make a folder ends at once', async () => {
    await expect(open('/proc/vedette/data')).rejects.toMatchObject({
      code: 'data-folder',
      place: { file: '/proc/vedette/data' },
    });
  });

  test("another PostgreSQL server's folder", async () => {
    await writeFile(join(folder, 'PG_VERSION'), '16\n');
    await expect(open(folder)).rejects.toMatchObject({
      code: 'data-folder',
      message: expect.stringContaining('another PostgreSQL'),
    });
  });

  test.each([
    ['something else', 'notes.txt', 'x', 'data-folder', 'not a PostgreSQL'],
    ['data of a newer PostgreSQL', 'PG_VERSION', '19\n', 'store-newer', 'written by PostgreSQL 19'],
    ['data of an older PostgreSQL', 'PG_VERSION', '17\n', 'store-older', 'written by PostgreSQL 17'],
  ])('refuses %s in it', async (_, file, text, code, message) => {
    const { data } = await open(folder);
    await mkdir(data);
    await writeFile(join(data, file), text);
    await expect(open(folder)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
      place: { file: expect.stringContaining('data') },
    });
  });

  test.runIf(isRoot)('root leaves a foreign postgres folder with its owner', async () => {
    const base = join(folder, 'postgres');
    await mkdir(base);
    await writeFile(join(base, 'precious'), '');
    await expect(open(folder)).rejects.toMatchObject({
      code: 'data-folder',
      message: expect.stringContaining('cannot reach'),
    });
    expect((await stat(base)).uid).toBe(0);
  });

  test.runIf(isRoot)('root believes no path to another place that it did not choose itself', async () => {
    await writeFile(join(folder, 'postgres-folder'), '/etc\n');
    await chmod(folder, 0o755);
    expect((await open(folder)).base).toBe(join(folder, 'postgres'));
    expect((await stat('/etc')).uid).toBe(0);
  });

  test.skipIf(process.platform === 'win32')('refuses a folder that everybody may write to', async () => {
    await chmod(folder, 0o1777);
    await expect(open(folder)).rejects.toMatchObject({
      code: 'data-folder',
      message: expect.stringContaining('every user of this machine'),
      hint: expect.stringContaining(join(folder, 'vedette')),
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test.runIf(isRoot)("root writes through no link in another user's data folder, and gives none away", async () => {
    const dataDir = join(folder, 'home/data');
    await mkdir(dataDir, { recursive: true });
    await chmod(folder, 0o755);
    // The server's user cannot pass, so that the place is noted in the data folder.
    await chmod(join(folder, 'home'), 0o700);
    await chown(dataDir, 4242, 4242);
    const precious = join(folder, 'precious');
    await writeFile(precious, 'as it was');
    await symlink(precious, join(dataDir, 'postgres-folder'));
    const { base } = await open(dataDir);
    expect(await readFile(precious, 'utf8')).toBe('as it was');
    expect(await readFile(join(dataDir, 'postgres-folder'), 'utf8')).toBe(`${base}\n`);

    const other = join(folder, 'other');
    await mkdir(other);
    await mkdir(join(folder, 'empty'), { mode: 0o755 });
    await symlink(join(folder, 'empty'), join(other, 'postgres'));
    await lchown(join(other, 'postgres'), 4242, 4242);
    await expect(open(other)).rejects.toMatchObject({
      code: 'data-folder',
      message: expect.stringContaining("is a link, and not root's"),
    });
    expect(await stat(join(folder, 'empty'))).toMatchObject({ uid: 0, mode: 0o40755 });
  });

  test.runIf(isRoot)('existing data keeps its owner, whoever that is', async () => {
    const data = join(folder, 'postgres/data');
    await mkdir(data, { recursive: true });
    await writeFile(join(data, 'PG_VERSION'), '18\n');
    for (const path of [join(folder, 'postgres'), data]) await chown(path, 4242, 4242);
    await chmod(folder, 0o755);
    expect((await open(folder)).user).toEqual({ uid: 4242, gid: 4242 });
  });
});

test('reach is told from the permission bits of every folder on the way', async () => {
  const user = { uid: 4242, gid: 4343 };
  await mkdir(join(folder, 'inner'), { mode: 0o777 });
  await chmod(join(folder, 'inner'), 0o755);
  const cases: readonly [number, boolean][] = [
    [0o700, false],
    [0o755, true],
    [0o701, true],
    [0o750, false],
  ];
  for (const [mode, expected] of cases) {
    await chmod(folder, mode);
    expect(await canReach(join(folder, 'inner'), user)).toBe(expected);
  }
});

test('reads users from passwd, and nothing from lines that are none', () => {
  const users = parsePasswd(
    'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65533::/:/bin/false\n# note\n+::::::\nbroken:x:a:b\n',
  );
  expect([...users]).toEqual([
    ['root', { uid: 0, gid: 0 }],
    ['nobody', { uid: 65534, gid: 65533 }],
  ]);
});

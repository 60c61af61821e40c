// Real servers, real kills. Processes are ended by their own ids.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  access,
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Store, openStore } from '../open.ts';
import { socketPath } from './endpoint.ts';
import { readPidFile, serverState } from './pid-file.ts';

const isRoot = process.getuid?.() === 0;
const folders: string[] = [];
const children: ChildProcess[] = [];

async function remove(path: string): Promise<void> {
  // Only when a test failed is a server left.
  const found = await serverState(join(path, 'postgres/data'));
  if (found.state === 'running') process.kill(found.pid, 'SIGKILL');
  await rm(path, { recursive: true, force: true });
}

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }
  for (const folder of folders.splice(0)) await remove(folder);
});

/** A folder with data, for tests that do not begin with an empty one: each leaves it stopped. */
let shared: string;
beforeAll(async () => {
  shared = await mkdtemp('/tmp/vedette-attach-');
});
afterAll(async () => await remove(shared));

async function folder(): Promise<string> {
  const made = await mkdtemp('/tmp/vedette-attach-');
  folders.push(made);
  return made;
}

async function open(dataDir: string, embedded = {}): Promise<Store> {
  return await openStore({ dataDir, connections: 2, embedded: { settings: { fsync: 'off' }, ...embedded } });
}

async function pidOf(dataDir: string): Promise<number | undefined> {
  return (await readPidFile(join(dataDir, 'postgres/data')))?.pid;
}

/** Another process that opens the store, says so, and closes it when its standard input ends. */
async function holder(dataDir: string): Promise<ChildProcess> {
  const code = `
    import { openStore } from ${JSON.stringify(new URL('../open.ts', import.meta.url).href)};
    const store = await openStore({ dataDir: ${JSON.stringify(dataDir)}, connections: 2, embedded: { settings: { fsync: 'off' } } });
    await store.pool.query("insert into meta values ('holder ' || $1, 'was here')", [process.pid]);
    process.stdout.write('open');
    process.stdin.resume().on('end', () => store.close());`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  await once(child.stdout!, 'data');
  return child;
}

/** Which of the holders have left their mark. */
async function marks(store: Store, ...holders: readonly ChildProcess[]): Promise<boolean[]> {
  const { rows } = await store.pool.query<{ key: string }>("select key from meta where key like 'holder %'");
  return holders.map((child) => rows.some(({ key }) => key === `holder ${child.pid}`));
}

async function killAndAwait(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

describe.skipIf(process.platform === 'win32')('the embedded server', () => {
  test('starts, keeps what is written, and stops with its last user', async () => {
    const dataDir = await folder();
    const first = await open(dataDir);
    await first.pool.query("insert into meta values ('kept', 'yes') on conflict do nothing");
    const second = await open(dataDir);
    await first.close();
    await first.close();
    expect((await second.pool.query("select value from meta where key = 'kept'")).rows).toEqual([{ value: 'yes' }]);
    await second.close();
    expect(await pidOf(dataDir)).toBeUndefined();
    expect((await stat(join(dataDir, 'postgres'))).mode & 0o777).toBe(0o700);

    const again = await open(dataDir);
    expect((await again.pool.query("select value from meta where key = 'kept'")).rows).toEqual([{ value: 'yes' }]);
    await again.close();
  });

  test('a process that attaches keeps it running after the one that started it has left', async () => {
    const dataDir = shared;
    const starter = await holder(dataDir);
    const store = await open(dataDir);
    starter.stdin!.end();
    await once(starter, 'exit');
    expect(starter.exitCode).toBe(0);
    expect(await marks(store, starter)).toEqual([true]);
    await store.close();
    expect(await pidOf(dataDir)).toBeUndefined();
  });

  test('processes that start it at once on an empty folder share one server', async () => {
    const dataDir = await folder();
    const [one, two, store] = await Promise.all([holder(dataDir), holder(dataDir), open(dataDir)]);
    expect(await marks(store, one, two)).toEqual([true, true]);
    await store.close();
    expect(await pidOf(dataDir)).toBeDefined();
    for (const child of [one, two]) {
      child.stdin!.end();
      await once(child, 'exit');
      expect(child.exitCode).toBe(0);
    }
    expect(await pidOf(dataDir)).toBeUndefined();
    expect(await readdir(join(dataDir, 'postgres'))).toEqual(
      expect.not.arrayContaining([expect.stringMatching(/^initial/)]),
    );
  });

  test('survives kill -9 of the process that started it, as an orphan that the next one finds and stops', async () => {
    const dataDir = shared;
    const starter = await holder(dataDir);
    const pid = await pidOf(dataDir);
    await killAndAwait(starter);
    const store = await open(dataDir);
    expect(await pidOf(dataDir)).toBe(pid);
    expect(await marks(store, starter)).toEqual([true]);
    await store.close();
    expect(await pidOf(dataDir)).toBeUndefined();
  });

  test('is started again after kill -9 of itself, for those that use it and for those that come', async () => {
    const dataDir = shared;
    const store = await open(dataDir);
    await store.pool.query("insert into meta values ('kept', 'yes') on conflict do nothing");
    const pid = (await pidOf(dataDir))!;
    process.kill(pid, 'SIGKILL');
    const other = await open(dataDir);
    expect(await pidOf(dataDir)).not.toBe(pid);
    expect((await other.pool.query("select value from meta where key = 'kept'")).rows).toEqual([{ value: 'yes' }]);
    // Its broken connections are replaced as they are found out.
    await store.pool.query('select 1').catch(() => undefined);
    await store.pool.query('select 1').catch(() => undefined);
    expect((await store.pool.query("select value from meta where key = 'kept'")).rows).toEqual([{ value: 'yes' }]);
    await other.close();
    expect(await pidOf(dataDir)).toBeDefined();
    await store.close();
    expect(await pidOf(dataDir)).toBeUndefined();
  });

  test('is not stopped by the Ctrl-C that its users get', async () => {
    const dataDir = shared;
    const code = `
      import { openStore } from ${JSON.stringify(new URL('../open.ts', import.meta.url).href)};
      process.once('SIGINT', async () => {
        const { rows } = await store.pool.query('select 42 as answer');
        await store.close();
        process.stdout.write('after ' + rows[0].answer, () => process.exit(130));
      });
      const store = await openStore({ dataDir: ${JSON.stringify(dataDir)}, embedded: { settings: { fsync: 'off' } } });
      process.stdout.write('open');
      setInterval(() => {}, 1000);`;
    // Its own process group, which gets the signal as that of a terminal does.
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    await once(child.stdout, 'data');
    process.kill(-child.pid!, 'SIGINT');
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    await once(child, 'exit');
    expect([said.toString(), child.exitCode]).toEqual(['after 42', 130]);
    expect(await pidOf(dataDir)).toBeUndefined();
  });

  test('starts over a stale pid file, also when its number now belongs to another program', async () => {
    const dataDir = shared;
    const starter = await holder(dataDir);
    const pid = (await pidOf(dataDir))!;
    await killAndAwait(starter);
    process.kill(pid, 'SIGKILL');
    // A program of the server's user: PostgreSQL alone would take it for a server and refuse to start.
    const { uid, gid } = await stat(join(dataDir, 'postgres/data'));
    const stranger = spawn('sleep', ['60'], { uid, gid, stdio: 'ignore' });
    children.push(stranger);
    await once(stranger, 'spawn');
    const file = join(dataDir, 'postgres/data/postmaster.pid');
    const lock = join(dataDir, 'postgres/.s.PGSQL.5432.lock');
    for (const path of [file, lock]) {
      await writeFile(path, (await readFile(path, 'utf8')).replace(String(pid), String(stranger.pid)));
    }
    const store = await open(dataDir);
    expect(await marks(store, starter)).toEqual([true]);
    await store.close();
  });

  test('waits for another start whose lock file is not written yet, and names one that never was', async () => {
    const dataDir = shared;
    await (await open(dataDir)).close();
    const lock = join(dataDir, 'postgres/data/postmaster.pid');
    const log = join(dataDir, 'postgres/server.log');
    await writeFile(log, '');
    await writeFile(lock, '');
    const opening = open(dataDir);
    while (!(await readFile(log, 'utf8')).includes('is empty'));
    await rm(lock);
    await (await opening).close();

    await writeFile(lock, '');
    await utimes(lock, new Date(0), new Date(0));
    await expect(open(dataDir)).rejects.toMatchObject({
      code: 'store-start',
      message: expect.stringContaining(lock),
      hint: expect.stringContaining('delete that file'),
    });
    await rm(lock);
    await (await open(dataDir)).close();
  });

  test('removes what a killed first start has left, and starts', async () => {
    const dataDir = shared;
    await (await open(dataDir)).close();
    const remains = join(dataDir, 'postgres/initial-999999999');
    await mkdir(remains);
    await writeFile(join(remains, 'PG_VERSION'), '18\n');
    await (await open(dataDir)).close();
    await expect(access(remains)).rejects.toThrow(/ENOENT/);
  });

  test('puts the socket in a short private folder when the path is too long for one', async () => {
    const dataDir = join(await folder(), 'x'.repeat(100));
    await mkdir(dataDir, { mode: 0o755 });
    await chmod(join(dataDir, '..'), 0o755);
    const store = await open(dataDir);
    expect((await store.pool.query('select count(*) as n from meta')).rows).toEqual([{ n: 3 }]);
    await store.close();
  });

  test('tells nothing to a server that somebody else put into the short folder first', async () => {
    const dataDir = join(await folder(), 'x'.repeat(100));
    await mkdir(dataDir, { mode: 0o755 });
    await chmod(join(dataDir, '..'), 0o755);
    const path = socketPath(join(dataDir, 'postgres'));
    await mkdir(dirname(path));
    folders.push(dirname(path));
    await chmod(dirname(path), 0o777);
    let asked = 0;
    const impostor = createServer((socket) => {
      asked += 1;
      socket.destroy();
    });
    await once(impostor.listen(path), 'listening');
    try {
      await expect(open(dataDir)).rejects.toMatchObject({
        code: 'store-socket',
        message: expect.stringContaining('belongs to somebody else'),
      });
    } finally {
      impostor.close();
    }
    expect(asked).toBe(0);
  });

  test.runIf(isRoot)("root writes the server's log through no link that the server's user put there", async () => {
    const dataDir = await folder();
    await chmod(dataDir, 0o755);
    await (await open(dataDir)).close();
    const precious = join(dataDir, 'precious');
    await writeFile(precious, 'as it was');
    const log = join(dataDir, 'postgres/server.log');
    await rm(log);
    await symlink(precious, log);
    await expect(open(dataDir)).rejects.toMatchObject({ code: 'data-folder' });
    expect(await readFile(precious, 'utf8')).toBe('as it was');
  });

  test('listens on loopback with a password where there are no sockets', async () => {
    const dataDir = await folder();
    const store = await open(dataDir, { transport: 'loopback' });
    const other = await open(dataDir, { transport: 'loopback' });
    const { rows } = await store.pool.query('select inet_server_addr()::text as address');
    expect(rows).toEqual([{ address: '127.0.0.1/32' }]);
    await expect(
      openStore({
        dataDir,
        databaseUrl: `postgres://vedette:wrong@127.0.0.1:${(await readPidFile(join(dataDir, 'postgres/data')))!.port}/postgres`,
      }),
    ).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining('refuses the user or password'),
    });
    await store.close();
    await other.close();
    expect(await pidOf(dataDir)).toBeUndefined();
  });

  test.runIf(isRoot)('root keeps the server elsewhere when its user cannot reach the data folder', async () => {
    const home = await folder();
    const systemFolder = await folder();
    await rm(systemFolder, { recursive: true });
    const dataDir = join(home, 'data');
    for (let time = 0; time < 2; time += 1) {
      const store = await open(dataDir, { systemFolder });
      expect((await store.pool.query('select count(*) as n from meta')).rows).toEqual([{ n: 3 }]);
      await store.close();
    }
    await rename(systemFolder, `${systemFolder}-away`);
    await expect(open(dataDir, { systemFolder })).rejects.toMatchObject({
      code: 'data-folder',
      message: expect.stringContaining('not there any more'),
    });
    await rename(`${systemFolder}-away`, systemFolder);
    const place = (await readFile(join(dataDir, 'postgres-folder'), 'utf8')).trim();
    expect(place.startsWith(`${systemFolder}/`)).toBe(true);
    expect((await stat(place)).mode & 0o777).toBe(0o700);
  });
});

// The command line on a data folder that fails it: full, closed to its user, read-only, or without its server.

import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canReach, parsePasswd } from '../../src/platform/store/embedded/user.ts';
import { readPidFile } from '../../src/platform/store/embedded/pid-file.ts';
import { openStore } from '../../src/platform/store/open.ts';
import { type Rows, differences, rowsOf } from './harness.ts';
import { type CliOptions, type Ended, type Running, cli, repository, startCli, temporaryFolder } from './run-cli.ts';

const place = temporaryFolder('store');
const limit = { timeout: 120_000 };
/** Long enough to be in its midst when the first finding is told. */
const scanArgs = ['demo', '--accounts', '12', '--regions', 'us-east-1,eu-west-1', '--output', 'json', '--data-dir'];

/** A command that ended with one error: what it said. */
function oneError({ code, stdout, stderr }: Ended): string {
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr.match(/^error: /gm)).toHaveLength(1);
  expect(stderr).not.toContain('fault of Vedette');
  expect(stderr).not.toContain('    at ');
  return stderr;
}

/** Starts a scan and holds it still in its midst, where something has been committed and more is to come. */
async function inTheMidst(dataDir: string): Promise<Running> {
  const running = startCli([...scanArgs, dataDir]);
  await running.says('CRITICAL');
  running.child.kill('SIGSTOP');
  return running;
}

/** What is in the store, but for the content of resources: fingerprints of secrets in it are keyed by installation. */
async function left(dataDir: string): Promise<Rows> {
  const store = await openStore({ dataDir: join(dataDir, 'demo') });
  try {
    const rows = await rowsOf(store);
    return {
      ...rows,
      resources: rows.resources.map((row) => ({ ...row, hash: '' })),
      manifests: rows.manifests.map(({ hashes, ...row }) => ({ ...row, seen: (hashes as string[]).length })),
    };
  } finally {
    await store.close();
  }
}

let undisturbed: Rows;
beforeAll(async () => {
  const dataDir = join(place.folder, 'undisturbed');
  await cli([...scanArgs, dataDir]);
  undisturbed = await left(dataDir);
}, 120_000);

test('an undisturbed scan leaves something to compare with', () => {
  expect(undisturbed.findings.length).toBeGreaterThan(300);
  expect(undisturbed.transitions).toHaveLength(undisturbed.findings.length);
});

/** The same command goes on and ends, and leaves what an undisturbed scan leaves. */
async function goesOn(dataDir: string): Promise<void> {
  const { code, stderr } = await cli([...scanArgs, dataDir]);
  expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('Going on with the scan') });
  expect(differences(await left(dataDir), undisturbed)).toEqual([]);
  expect(await cli(['audit-log', 'verify', '--demo', '--data-dir', dataDir])).toMatchObject({ code: 0 });
}

afterAll(() => place.remove());

describe('a disk of its own', () => {
  const mounted = temporaryFolder('disk');
  const disk = join(mounted.folder, 'disk');
  let refused = '';
  beforeAll(() => {
    mkdirSync(disk);
    try {
      // What initdb and the scan write is less than half of it.
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200m,mode=755', 'vedette-test', disk], { stdio: 'pipe' });
    } catch (error) {
      refused = `this user may not mount a file system: ${String((error as { stderr?: unknown }).stderr)}`;
    }
  });
  afterAll(async () => {
    if (refused === '') execFileSync('umount', ['--lazy', disk]);
    await mounted.remove();
  });

  /** Takes all that is left, to the last byte. */
  function fill(): string {
    const file = join(disk, 'filler');
    const filler = openSync(file, 'w');
    const block = Buffer.alloc(1 << 20);
    try {
      for (let bytes = block.length; bytes > 0;) {
        try {
          writeSync(filler, block, 0, bytes);
        } catch (error) {
          if ((error as { code?: string }).code !== 'ENOSPC') throw error;
          bytes >>= 1;
        }
      }
    } finally {
      closeSync(filler);
    }
    expect(statfsSync(disk).bavail).toBe(0);
    return file;
  }

  test('that gets full: it is said, and with space made the same command goes on', limit, async ({ skip }) => {
    skip(refused !== '', refused);
    const dataDir = join(disk, 'data');
    const running = await inTheMidst(dataDir);
    const filler = fill();
    running.child.kill('SIGCONT');
    const told = oneError(await running.ended);
    expect(told).toContain(`The database in ${join(dataDir, 'demo')} cannot go on: the disk is full.`);
    expect(told).toContain('Free space there. What was committed is kept: run the same command again');

    // Whichever comes first to need space: the server, or the call audit.
    expect(oneError(await cli([...scanArgs, dataDir]))).toContain('Free space there');
    expect(oneError(await cli([...scanArgs, join(disk, 'new')]))).toContain('the disk is full');
    rmSync(filler);
    await goesOn(dataDir);
  });

  test('that is read-only', limit, async ({ skip }) => {
    skip(refused !== '', refused);
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    expect(oneError(await cli([...scanArgs, join(disk, 'other')]))).toContain('the file system is read-only');
  });
});

describe('a folder that its user may not write', () => {
  const shut = join(place.folder, 'shut');
  const user = process.getuid?.() === 0 ? parsePasswd(readFileSync('/etc/passwd', 'utf8')).get('nobody') : undefined;
  const asOther: CliOptions = user === undefined ? {} : { user };
  let refused = '';
  beforeAll(async () => {
    mkdirSync(shut);
    chmodSync(shut, 0o555);
    if (process.getuid?.() !== 0) return;
    if (user === undefined) refused = 'root writes everywhere, and there is no user nobody';
    else if (!(await canReach(repository, user))) refused = `the user nobody cannot reach ${repository}`;
  });
  afterAll(() => chmodSync(shut, 0o755));

  test.for([
    ['with a folder to be made in it', join(shut, 'data')],
    ['itself', shut],
  ] as const)('%s', limit, async ([, dataDir], { skip }) => {
    skip(refused !== '', refused);
    const told = oneError(await cli([...scanArgs, dataDir], asOther));
    expect(told).toContain(`The data folder ${join(dataDir, 'demo')} cannot be used: this user may not write there.`);
    expect(told).toContain('choose another folder with --data-dir');
    const doctor = await cli(['doctor', '--demo', '--data-dir', dataDir], asOther);
    expect(doctor).toMatchObject({ code: 1, stderr: '' });
    expect(doctor.stdout).toMatch(/^PROBLEM {2}data folder .*this user may not write there/m);
  });

  test("because it is another user's: nothing of it is touched", limit, async ({ skip }) => {
    skip(refused !== '' || user === undefined, refused || 'only root can have a folder that this user does not own');
    const dataDir = join(place.folder, 'undisturbed');
    expect(oneError(await cli([...scanArgs, dataDir], asOther))).toContain('this user may not write there');
    expect(oneError(await cli(['audit-log', 'verify', '--demo', '--data-dir', dataDir], asOther))).toContain(
      'Give this user access to it',
    );
    expect(differences(await left(dataDir), undisturbed)).toEqual([]);
  });
});

test('a server that is killed: it is said, and the same command goes on', limit, async () => {
  const dataDir = join(place.folder, 'killed');
  const running = await inTheMidst(dataDir);
  const server = await readPidFile(join(dataDir, 'demo/postgres/data'));
  process.kill(server!.pid, 'SIGKILL');
  running.child.kill('SIGCONT');
  const told = oneError(await running.ended);
  expect(told).toContain(`The embedded database in ${join(dataDir, 'demo')} went away during the work.`);
  expect(told).toContain('What was committed is kept: run the same command again');
  await goesOn(dataDir);
});

describe('data of a newer program', () => {
  const dataDir = join(place.folder, 'undisturbed');
  const refusedBy = async (...commands: readonly string[][]): Promise<string[]> =>
    await Promise.all(commands.map(async (args) => oneError(await cli([...args, '--data-dir', dataDir]))));
  const commands = [scanArgs.slice(0, -1), ['findings', 'list', '--demo'], ['export', '--demo', '/nonexistent/file']];

  test('in its tables is left alone, and the way out is said', limit, async () => {
    const store = await openStore({ dataDir: join(dataDir, 'demo') });
    await store.pool.query("insert into vedette_migration values ('9999_later', 'x', now())");
    for (const told of await refusedBy(...commands)) {
      expect(told).toContain('written by a newer version of Vedette (schema 9999_later');
      expect(told).toContain('Use that newer version, or another data folder (--data-dir)');
    }
    await store.pool.query("delete from vedette_migration where tag = '9999_later'");
    await store.close();
    expect(differences(await left(dataDir), undisturbed)).toEqual([]);
  });

  test('of a newer PostgreSQL as well', limit, async () => {
    const file = join(dataDir, 'demo/postgres/data/PG_VERSION');
    const version = readFileSync(file, 'utf8');
    writeFileSync(file, '99\n');
    for (const told of await refusedBy(...commands)) {
      expect(told).toContain('was written by PostgreSQL 99');
      expect(told).toContain('Use the newer version of Vedette that wrote it.');
    }
    writeFileSync(file, version);
    expect(differences(await left(dataDir), undisturbed)).toEqual([]);
  });
});

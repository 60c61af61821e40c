// Starts the server, or finds it running; stops it when it is the last user's turn. PostgreSQL's own lock on its data
// directory is the only lock: of two that start at once one wins, and the other finds the winner's server.

import { spawn } from 'node:child_process';
import { type FileHandle, constants, open, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import { VedetteError, messageOf } from '../../../domain/errors.ts';
import type { StoreLog } from '../contract.ts';
import { codeOf, folderError } from '../failures.ts';
import { type Binaries, program, reachableBinaries } from './binaries.ts';
import { type Transport, closeSocketFolder, connectionOf, listenArguments } from './endpoint.ts';
import type { ServerFolder } from './folder.ts';
import { initialise, programError, serverEnvironment, spawnOptions, tail } from './initialise.ts';
import { serverState } from './pid-file.ts';
import { serverSettings, settingArguments } from './settings.ts';

export interface ServerOptions {
  transport: Transport;
  systemFolder: string;
  /** Beside or instead of `serverSettings`. */
  settings: Readonly<Record<string, string>>;
  log: StoreLog;
}

/** How long a start, a recovery after a crash, or a stop may take. */
const patienceMs = 120_000;
const stepMs = 20;
const logLimit = 5_000_000;

/** A connection to the running server; undefined when nothing listens or the server is not ready. */
export async function connect(folder: ServerFolder, transport: Transport): Promise<Client | undefined> {
  const config: ClientConfig | undefined = await connectionOf(folder, transport);
  if (config === undefined) return undefined;
  const client = new Client({ ...config, application_name: 'vedette presence', connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    const code = codeOf(error);
    // Nothing listens, the server starts or stops, or it went away while it greeted us.
    if (/^(ENOENT|ECONNREFUSED|ECONNRESET|EPIPE|57P0[123])$/.test(code)) return undefined;
    if (/Connection terminated unexpectedly/.test(messageOf(error))) return undefined;
    throw folderOrDatabase(folder, error);
  }
}

function folderOrDatabase(folder: ServerFolder, error: unknown): VedetteError {
  if (/^(EACCES|EPERM)$/.test(codeOf(error))) return folderError(folder.base, error);
  return programError('the server', folder, messageOf(error), error);
}

interface Started {
  /** Settles when the program ends: with what its log says. */
  ended: Promise<string>;
  failure: () => unknown;
}

/** Fails on a link: root writes this file in a folder of the server's user, which could lead it anywhere. */
const ownFile = constants.O_NOFOLLOW ?? 0;

/** The server's log, begun anew when it is long. */
async function openLog(file: string): Promise<FileHandle> {
  const handle = await open(file, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | ownFile, 0o600);
  try {
    if ((await handle.stat()).size > logLimit) await handle.truncate();
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function launch(
  folder: ServerFolder,
  binaries: Binaries,
  stalePid: number | undefined,
  options: ServerOptions,
): Promise<Started> {
  const logFile = join(folder.base, 'server.log');
  const output = await openLog(logFile).catch((error: unknown) => {
    throw folderError(folder.base, error);
  });
  const { size: from } = await output.stat();
  try {
    const settings = settingArguments({ ...serverSettings, ...options.settings });
    const listen = await listenArguments(folder, options.transport);
    const child = spawn(program(binaries, 'postgres'), ['-D', folder.data, ...listen, ...settings], {
      ...spawnOptions(folder.user, folder.base),
      // PostgreSQL takes a pid file that names this process for a stale one, and still checks the shared memory of a
      // server that may have left children behind. So a reused pid does not stop the start, and nothing is deleted.
      env: { ...serverEnvironment, ...(stalePid === undefined ? {} : { PG_GRANDPARENT_PID: String(stalePid) }) },
      stdio: ['ignore', output.fd, output.fd],
    });
    child.unref();
    let failure: unknown;
    const ended = new Promise<string>((done) => {
      const finish = async (): Promise<void> => {
        const text = await readFile(logFile, { flag: ownFile }).catch(() => Buffer.alloc(0));
        done(text.subarray(from).toString('utf8'));
      };
      child.once('error', (error) => {
        failure = error;
        void finish();
      });
      child.once('exit', () => void finish());
    });
    return { ended, failure: () => failure };
  } finally {
    await output.close();
  }
}

/** Another process was quicker, or children of a killed server are still on their way out. */
const passing =
  /lock file "[^"]*" already exists|pre-existing shared memory block|could not bind|Is another postmaster/;

/** A lock file is made first and written then: a start that looks in between finds nothing in it. */
const emptyLock = /lock file "([^"]*)" is empty/;
const lockPatienceMs = 5_000;

/** @throws VedetteError when the lock file is no server's that starts, but what a killed start has left */
async function judgeEmptyLock(folder: ServerFolder, name: string): Promise<void> {
  const file = resolve(folder.data, name);
  const made = await stat(file).then(
    (found) => (found.size === 0 ? found.mtimeMs : undefined),
    () => undefined,
  );
  if (made === undefined || Date.now() - made < lockPatienceMs) return;
  throw new VedetteError('store-start', `A PostgreSQL server that was starting left an empty lock file: ${file}.`, {
    hint: 'See that no other server is starting there, delete that file and repeat the command: nothing is lost.',
    place: { file },
  });
}

/** One attempt to start: a connection, or undefined when another start must be awaited. */
async function start(
  folder: ServerFolder,
  stalePid: number | undefined,
  options: ServerOptions,
): Promise<Client | undefined> {
  const binaries = await reachableBinaries(folder.user, options.systemFolder);
  await initialise(binaries, folder, options.transport, options.settings['fsync'] !== 'off');
  options.log.debug(`Starting PostgreSQL ${binaries.version} on ${folder.data}`);
  const { ended, failure } = await launch(folder, binaries, stalePid, options);
  let output: string | undefined;
  void ended.then((text) => {
    output = text;
  });
  for (const until = Date.now() + patienceMs; Date.now() < until; await pause(stepMs)) {
    const client = await connect(folder, options.transport);
    if (client !== undefined) return client;
    if (output === undefined) continue;
    if (failure() === undefined && passing.test(output)) return undefined;
    const lock = emptyLock.exec(output)?.[1];
    if (lock !== undefined) {
      await judgeEmptyLock(folder, lock);
      return undefined;
    }
    throw programError('postgres', folder, output, failure());
  }
  throw programError('postgres', folder, tail(output ?? 'It did not become ready in time.'));
}

/**
 * A connection to the server of the folder, which is started when it does not run: also after any of its processes,
 * or ours, was killed.
 * @throws VedetteError `store-start`, `store-binary` or `data-folder`
 */
export async function reach(folder: ServerFolder, options: ServerOptions): Promise<Client> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await pause(stepMs)) {
    const client = await connect(folder, options.transport);
    if (client !== undefined) return client;
    const found = await serverState(folder.data);
    // It starts, recovers or stops.
    if (found.state === 'running') continue;
    const started = await start(folder, found.state === 'stale' ? found.pid : undefined, options);
    if (started !== undefined) return started;
  }
  const found = await serverState(folder.data);
  const who = found.state === 'none' ? '' : ` (process ${found.pid})`;
  throw new VedetteError('store-start', `The PostgreSQL server of ${folder.base}${who} runs but does not answer.`, {
    hint: 'End that process, then repeat the command; nothing that was committed is lost.',
    place: { file: folder.base },
  });
}

/**
 * Stops the server and waits until it is gone: connections are ended, what was committed is kept.
 * A server whose process cannot be told for certain is left alone.
 */
export async function stop(folder: ServerFolder, options: ServerOptions): Promise<void> {
  const found = await serverState(folder.data);
  if (found.state !== 'running') return;
  if (process.platform === 'win32') {
    const binaries = await reachableBinaries(folder.user, options.systemFolder);
    const child = spawn(program(binaries, 'pg_ctl'), ['stop', '-D', folder.data, '-m', 'fast', '-w'], {
      stdio: 'ignore',
    });
    await new Promise((done) => child.once('close', done).once('error', done));
    return;
  }
  process.kill(found.pid, 'SIGINT');
  for (const until = Date.now() + patienceMs; Date.now() < until; await pause(stepMs)) {
    const now = await serverState(folder.data);
    if (now.state === 'running' && now.pid === found.pid) continue;
    await closeSocketFolder(folder.base);
    return;
  }
  options.log.warn(`The PostgreSQL server of ${folder.base} (process ${found.pid}) takes long to stop.`);
}

// The embedded server as the store sees it: how to connect, and how to leave.

import { realpath } from 'node:fs/promises';
import type { ClientConfig } from 'pg';
import type { StoreLog } from '../contract.ts';
import { findBinaries, majorOf } from './binaries.ts';
import { type Transport, connectionOf, defaultTransport } from './endpoint.ts';
import { defaultSystemFolder, serverFolder } from './folder.ts';
import { present } from './presence.ts';
import type { ServerOptions } from './server.ts';

export interface EmbeddedOptions {
  dataDir: string;
  log: StoreLog;
  transport?: Transport;
  /** Where root keeps what its unprivileged server must reach; default `/var/lib/vedette`. */
  systemFolder?: string;
  settings?: Readonly<Record<string, string>>;
}

export interface Embedded {
  connection: ClientConfig;
  /** Stops the server when no other process uses it. */
  release(): Promise<void>;
}

/**
 * Attaches to the embedded server of a data folder, starting it if need be.
 * @throws VedetteError `data-folder`, `store-newer`, `store-older`, `store-user`, `store-binary` or `store-start`
 */
export async function attach(options: EmbeddedOptions): Promise<Embedded> {
  const transport = options.transport ?? defaultTransport;
  const systemFolder = options.systemFolder ?? defaultSystemFolder;
  const server: ServerOptions = { transport, systemFolder, settings: options.settings ?? {}, log: options.log };
  const { version } = await findBinaries();
  const folder = await serverFolder(options.dataDir, majorOf(version), systemFolder);
  if (!folder.base.startsWith(await realpath(options.dataDir))) {
    options.log.info(`The database lies in ${folder.base}: its user cannot reach ${options.dataDir}.`);
  }
  const presence = await present(folder, server);
  const connection = await connectionOf(folder, transport);
  return { connection: connection ?? {}, release: presence.leave };
}

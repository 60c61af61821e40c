// Reads the configuration: flags over environment over the given or the project's file over the user's file over defaults.

import { realpath, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { UsageError, messageOf } from '../../domain/errors.ts';
import { longestDocument } from './document.ts';
import { defaultDataDir, projectFileNames, userConfigFile } from './folders.ts';
import type { Surroundings } from './folders.ts';
import { readEnvironmentLayer, readFileLayer, readFlagLayer, strayVariables } from './layers.ts';
import type { Layer, LayerName, Source } from './layers.ts';
import { readText } from './read-text.ts';
import { definitionOf, settingNames } from './settings.ts';
import type { SettingName, Settings } from './settings.ts';

export interface ConfigSurroundings extends Surroundings {
  workingFolder: string;
}

export interface LoadConfigOptions extends ConfigSurroundings {
  /** The options of the command by setting name, as commander gives them; `config` names a file. */
  flags: Readonly<Record<string, unknown>>;
}

export interface Config {
  values: Settings;
  /** Where a setting's value came from; `default` also for what is not set at all. */
  sourceOf(name: SettingName): Source;
  /** True when somebody set it, wherever. */
  isSet(name: SettingName): boolean;
  /** The files that were read, strongest first. */
  files: readonly string[];
  /** Sentences about what was ignored, for example a misspelt variable. */
  warnings: readonly string[];
}

/** The text of a file, or undefined when there is none. */
async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readText(file, longestDocument);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new UsageError(`The configuration file ${file} cannot be read: ${messageOf(error)}.`, {
      place: { file },
      cause: error,
      hint: 'Make it readable, move it away, or name another one with --config.',
    });
  }
}

/** True for a pipe or a device: what is merely found must not be waited for. */
async function isSpecial(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

/** @throws UsageError when a file that the project's file names lies elsewhere: a link may lead out of the folder */
async function refuseElsewhere(layer: Layer, folder: string): Promise<void> {
  for (const name of settingNames) {
    const placed = layer[name];
    if (placed === undefined || definitionOf(name).path !== true) continue;
    const real = await realpath(String(placed.value)).catch(() => undefined);
    if (real === undefined || !relative(await realpath(folder), real).startsWith('..')) continue;
    throw new UsageError(
      `${placed.source.name}, ${name}: a file found in the working folder may only name files below that folder, and a link leads out of it.`,
      { place: { file: placed.source.name, key: name } },
    );
  }
}

/** The project's file in the working folder, if there is one. */
async function findProjectFile(folder: string): Promise<{ file: string; content: string } | undefined> {
  const found: { file: string; content: string }[] = [];
  for (const name of projectFileNames) {
    const file = join(folder, name);
    if (await isSpecial(file))
      throw new UsageError(`${file} is no plain file.`, {
        place: { file },
        hint: 'Remove it, or name another one with --config.',
      });
    const content = await readIfThere(file);
    if (content !== undefined) found.push({ file, content });
  }
  if (found.length > 1)
    throw new UsageError(`There is more than one configuration file: ${found.map(({ file }) => file).join(' and ')}.`, {
      hint: 'Keep one of them, or name the one to use with --config.',
    });
  return found[0];
}

/**
 * Reads and checks the configuration.
 * A file that `--config` or `VEDETTE_CONFIG` names stands in the place of the project's file and is trusted;
 * one merely found in the working folder may not set endpoints, credentials, roles or folders.
 * @throws UsageError naming the flag, the variable, or file, line and key
 */
export async function loadConfig(options: LoadConfigOptions): Promise<Config> {
  const { env, flags, workingFolder } = options;
  const userFile = userConfigFile(options);
  const layers: Layer[] = [readFlagLayer(flags, options), readEnvironmentLayer(env, options)];
  const files: string[] = [];
  const add = (file: string, content: string, name: LayerName): Layer => {
    files.push(file);
    const layer = readFileLayer(content, file, name, { userFile, home: options.home });
    layers.push(layer);
    return layer;
  };

  const given = flags['config'] ?? (env['VEDETTE_CONFIG'] === '' ? undefined : env['VEDETTE_CONFIG']);
  if (typeof given === 'string') {
    const file = resolve(workingFolder, given);
    const content = await readIfThere(file);
    if (content === undefined)
      throw new UsageError(`There is no configuration file ${file}.`, {
        place: { file },
        hint: 'Check the name given with --config or VEDETTE_CONFIG.',
      });
    add(file, content, 'given file');
  } else {
    const project = await findProjectFile(workingFolder);
    if (project !== undefined) await refuseElsewhere(add(project.file, project.content, 'project file'), workingFolder);
  }
  const userContent = files.includes(userFile) ? undefined : await readIfThere(userFile);
  if (userContent !== undefined) add(userFile, userContent, 'user file');

  const defaults: Layer = {};
  for (const name of settingNames) {
    const value = name === 'dataDir' ? defaultDataDir(options) : definitionOf(name).default;
    defaults[name] = { value, source: { layer: 'default', name: 'default' } };
  }
  layers.push(defaults);

  const placedOf = (name: SettingName) => layers.map((layer) => layer[name]).find((placed) => placed !== undefined);
  const noSource: Source = { layer: 'default', name: 'default' };
  return {
    values: Object.fromEntries(settingNames.map((name) => [name, placedOf(name)?.value])) as Settings,
    sourceOf: (name) => placedOf(name)?.source ?? noSource,
    isSet: (name) => (placedOf(name)?.source.layer ?? 'default') !== 'default',
    files,
    warnings: strayVariables(env),
  };
}

// Reads the configuration: flags over environment over the given or the project's file over the user's file over defaults.

import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UsageError, messageOf } from '../../domain/errors.ts';
import { defaultDataDir, projectFileNames, userConfigFile } from './folders.ts';
import type { Surroundings } from './folders.ts';
import { readEnvironmentLayer, readFileLayer, readFlagLayer, strayVariables } from './layers.ts';
import type { Layer, LayerName, Source } from './layers.ts';
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
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new UsageError(`The configuration file ${file} cannot be read: ${messageOf(error)}.`, {
      place: { file },
      cause: error,
      hint: 'Make it readable, move it away, or name another one with --config.',
    });
  }
}

/** The project's file in the working folder, if there is one. */
async function findProjectFile(folder: string): Promise<{ file: string; content: string } | undefined> {
  const found: { file: string; content: string }[] = [];
  for (const name of projectFileNames) {
    const file = join(folder, name);
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
  const add = (file: string, content: string, layer: LayerName): void => {
    files.push(file);
    layers.push(readFileLayer(content, file, layer, { userFile, home: options.home }));
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
    if (project !== undefined) add(project.file, project.content, 'project file');
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

// Turns what stands in a file, the environment and the flags into checked values that know where they came from.

import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { z } from 'zod';
import { UsageError } from '../../domain/errors.ts';
import type { Json } from '../../domain/json.ts';
import { nearestName } from '../terminal/nearest.ts';
import { sanitize } from '../terminal/sanitize.ts';
import { formatPath, parseLocated } from './document.ts';
import { configFileSchema, definitionOf, flagOf, settingNames, variableOf } from './settings.ts';
import type { SettingName } from './settings.ts';

export const layerNames = ['flag', 'environment', 'given file', 'project file', 'user file', 'default'] as const;
export type LayerName = (typeof layerNames)[number];

/** Where a value came from: the layer, and the flag, the variable, or file and line. */
export interface Source {
  layer: LayerName;
  name: string;
}

export interface Placed {
  value: unknown;
  source: Source;
}

/** The values that one source sets. */
export type Layer = Partial<Record<SettingName, Placed>>;

const isSetting = (name: string): name is SettingName => (settingNames as readonly string[]).includes(name);

/** The folders against which paths are resolved. */
export interface Base {
  workingFolder: string;
  home: string;
}

function resolvePath(value: unknown, folder: string, home: string): unknown {
  if (typeof value !== 'string') return value;
  if (value === '~' || value.startsWith('~/')) return join(home, value.slice(1));
  return resolve(folder, value);
}

const contextKeys = ['tags', 'ous', 'path', 'owner', 'environment', 'criticality', 'dataClass'];

/** What is wrong, in words: zod's message, or the nearest key for a key that does not exist. */
function describeIssue(issue: z.core.$ZodIssue): { path: (string | number)[]; what: string; hint?: string } {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'invalid_value') return { path, what: `must be one of ${issue.values.map(String).join(', ')}` };
  if (issue.code !== 'unrecognized_keys') return { path, what: issue.message };
  const [key = ''] = issue.keys;
  const nearest = nearestName(key, path.length === 0 ? settingNames : path[0] === 'accountContext' ? contextKeys : []);
  return {
    path: [...path, key],
    what: 'there is no such key',
    ...(nearest === undefined ? {} : { hint: `Did you mean ${nearest}?` }),
  };
}

/**
 * The settings of a configuration file.
 * @param layer `project file` when nobody named the file and it was merely found in the working folder
 * @throws UsageError naming file, line and key
 */
export function readFileLayer(
  content: string,
  file: string,
  layer: LayerName,
  at: { userFile: string; home: string },
): Layer {
  const document = parseLocated(content, file);
  const value = document.value ?? {};
  const fail = (path: readonly (string | number)[], what: string, hint?: string): UsageError => {
    const key = sanitize(formatPath(path), { maxLength: 200 });
    const where = `${file}, line ${document.lineOf(path)}${key === '' ? '' : `, ${key}`}`;
    return new UsageError(`${where}: ${sanitize(what)}`, {
      place: key === '' ? { file } : { file, key },
      ...(hint === undefined ? {} : { hint }),
    });
  };
  const parsed = configFileSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const { path, what, hint } =
      issue === undefined ? { path: [], what: 'this is not a configuration', hint: undefined } : describeIssue(issue);
    throw fail(path, `${what}.`, hint);
  }
  const result: Layer = {};
  for (const [name, given] of Object.entries(parsed.data)) {
    if (!isSetting(name) || given === undefined) continue;
    const { inProject, path, flag } = definitionOf(name);
    if (layer === 'project file') {
      if (inProject !== true)
        throw fail(
          [name],
          `a file found in the working folder may not set this, because ${inProject}.`,
          `Set it with ${flag === false ? '' : `${flagOf(name)}, `}${variableOf(name)} or in ${at.userFile}; or name this file with --config if you trust it.`,
        );
      if (path === true && leaves(String(given)))
        throw fail([name], 'a file found in the working folder may only name files below that folder.');
    }
    result[name] = {
      value: path === true ? resolvePath(given, dirname(file), at.home) : given,
      source: { layer, name: `${file}:${document.lineOf([name])}` },
    };
  }
  return result;
}

/** True when a relative path leads out of its folder. */
function leaves(path: string): boolean {
  if (path.startsWith('~') || isAbsolute(path)) return true;
  return relative('/a/b', resolve('/a/b', path)).startsWith('..');
}

/** A value as it is written in text, in the shape that its schema checks. */
function fromText(name: SettingName, value: string): Json {
  switch (definitionOf(name).kind) {
    case 'number':
      return /^-?\d+(?:\.\d+)?$/.test(value.trim()) ? Number(value) : value;
    case 'fraction': {
      const [, figure, percent] = /^(\d+(?:\.\d+)?) ?(%?)$/.exec(value.trim()) ?? [];
      return figure === undefined ? value : percent === '%' ? Number(figure) / 100 : Number(figure);
    }
    case 'list':
      return value
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '');
    default:
      return value;
  }
}

function check(name: SettingName, value: unknown, shown: string): unknown {
  const parsed = definitionOf(name).schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const what = issue === undefined ? 'is not valid' : describeIssue(issue).what;
  const given =
    definitionOf(name).secret === undefined ? ` (given: ${sanitize(String(value), { maxLength: 80 })})` : '';
  throw new UsageError(`${shown}: ${what}${given}.`, { place: { key: shown } });
}

/** The settings that environment variables set; an empty variable sets nothing. */
export function readEnvironmentLayer(env: Readonly<Record<string, string | undefined>>, base: Base): Layer {
  const result: Layer = {};
  for (const name of settingNames) {
    const { kind, path, environment = [] } = definitionOf(name);
    if (kind === 'structure') continue;
    const variable = [variableOf(name), ...environment].find((candidate) => (env[candidate] ?? '') !== '');
    if (variable === undefined) continue;
    const value = check(name, fromText(name, env[variable] ?? ''), variable);
    result[name] = {
      value: path === true ? resolvePath(value, base.workingFolder, base.home) : value,
      source: { layer: 'environment', name: variable },
    };
  }
  return result;
}

/** Variables that begin with `VEDETTE_` and set nothing: most likely misspelt. */
export function strayVariables(env: Readonly<Record<string, string | undefined>>): string[] {
  const known = [...settingNames.map(variableOf), 'VEDETTE_CONFIG'];
  return Object.keys(env)
    .filter((name) => name.startsWith('VEDETTE_') && !name.startsWith('VEDETTE_TEST_') && !known.includes(name))
    .map((name) => {
      const nearest = nearestName(name, known);
      return `${sanitize(name, { maxLength: 80 })} is set but means nothing${nearest === undefined ? '' : `; did you mean ${nearest}?`}`;
    });
}

/** The settings among the options of a command. Options of other names, and undefined ones, are left alone. */
export function readFlagLayer(options: Readonly<Record<string, unknown>>, base: Base): Layer {
  const result: Layer = {};
  for (const name of settingNames) {
    const given = options[name];
    if (given === undefined) continue;
    const { path } = definitionOf(name);
    const value = check(name, typeof given === 'string' ? fromText(name, given) : given, flagOf(name));
    result[name] = {
      value: path === true ? resolvePath(value, base.workingFolder, base.home) : value,
      source: { layer: 'flag', name: flagOf(name) },
    };
  }
  return result;
}

// What `vedette config explain` shows: every setting, its value, and where it came from.

import type { Json } from '../../domain/json.ts';
import { sanitize } from '../terminal/sanitize.ts';
import type { LayerName } from './layers.ts';
import type { Config } from './load.ts';
import { definitionOf, flagOf, settingNames, variableOf } from './settings.ts';
import type { SettingName } from './settings.ts';

export interface ExplainedSetting {
  name: SettingName;
  /** The value, secrets masked; null when nothing is set. */
  value: Json;
  layer: LayerName;
  /** The flag, the variable, `file:line`, or `default`. */
  source: string;
  description: string;
  /** How to set it otherwise; empty strings where that way is not open. */
  flag: string;
  variable: string;
}

/** Masks what must not be shown: all of a secret, or the password (and any query) of a URL. */
function masked(name: SettingName, value: unknown): Json {
  if (value === undefined) return null;
  const { secret } = definitionOf(name);
  if (secret === 'all') return '(set, not shown)';
  if (secret === 'url-password') {
    const url = URL.parse(String(value));
    if (url === null) return '(set, not shown)';
    if (url.password !== '') url.password = '***';
    if (url.search !== '') url.search = '?***';
    return url.href;
  }
  return value as Json;
}

/** Every setting in the table's order. */
export function explainConfig(config: Config): ExplainedSetting[] {
  return settingNames.map((name) => {
    const { description, kind, flag } = definitionOf(name);
    const { layer, name: source } = config.sourceOf(name);
    return {
      name,
      value: masked(name, config.values[name]),
      layer,
      source,
      description,
      flag: flag === false ? '' : flagOf(name),
      variable: kind === 'structure' ? '' : variableOf(name),
    };
  });
}

/** A value on one line, for a table. */
export function formatSettingValue(value: Json): string {
  if (value === null) return '–';
  if (Array.isArray(value)) return sanitize(value.join(', '));
  return sanitize(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

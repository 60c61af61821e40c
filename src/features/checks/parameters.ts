// Parameters of checks: defaults, and values that an administrator set, validated once.

import { UsageError } from '../../domain/errors.ts';
import { nearestNames } from '../../platform/terminal/nearest.ts';
import type { ParameterValues } from './context.ts';
import type { Parameter } from './contract.ts';
import type { CheckEntry } from './registry.ts';

/** By check name, then parameter name; values as they stand in a configuration file or on the command line. */
export type ParameterOverrides = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * The values of all parameters: defaults with overrides.
 * @throws UsageError when a parameter is unknown or a value does not fit.
 */
export function parameterSettings(
  entries: readonly CheckEntry[],
  overrides: readonly { entry: CheckEntry; values: Readonly<Record<string, unknown>> }[],
): ParameterValues {
  const settings = new Map<string, Map<string, number | string | readonly string[]>>();
  for (const { id, check } of entries) {
    const values = Object.entries(check.parameters ?? {}).map(([name, { default: value }]) => [name, value] as const);
    settings.set(id, new Map(values));
  }
  for (const { entry, values } of overrides) {
    for (const [name, value] of Object.entries(values)) {
      const found = declared(entry, name);
      settings.get(entry.id)?.set(found.name, valueOf(found.parameter, value, { check: entry.id, name: found.name }));
    }
  }
  return (check, name) => settings.get(check)?.get(name);
}

/** A parameter by its name in any case: AWS Config writes `policyARN`. */
function declared({ id, check }: CheckEntry, name: string): { name: string; parameter: Parameter } {
  const parameters = new Map(Object.entries(check.parameters ?? {}));
  const found = [...parameters].find(([own]) => own.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return { name: found[0], parameter: found[1] };
  const nearest = nearestNames(name, parameters.keys());
  throw new UsageError(`The check ${id} has no parameter "${name.slice(0, 100)}".`, {
    hint:
      parameters.size === 0
        ? 'It takes none.'
        : nearest.length === 0
          ? `It takes ${[...parameters.keys()].join(', ')}.`
          : `Did you mean ${nearest.join(' or ')}?`,
  });
}

function valueOf(
  parameter: Parameter,
  value: unknown,
  place: { check: string; name: string },
): number | string | readonly string[] {
  const refuse = (expected: string): UsageError =>
    new UsageError(`The parameter "${place.name}" of ${place.check} must be ${expected}.`, {
      hint: parameter.description,
    });
  if (parameter.type === 'number') {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isFinite(number)) throw refuse('a number');
    const { minimum, maximum } = parameter;
    if (minimum !== undefined && number < minimum) throw refuse(`at least ${minimum}`);
    if (maximum !== undefined && number > maximum) throw refuse(`at most ${maximum}`);
    return number;
  }
  if (parameter.type === 'string') {
    if (typeof value !== 'string' || value.trim() === '') throw refuse('a text');
    return chosen(value.trim(), parameter.oneOf, refuse);
  }
  // A command line has no other way to say an empty list than an empty text.
  const list = typeof value === 'string' ? (value.trim() === '' ? [] : value.split(',')) : value;
  if (!Array.isArray(list)) throw refuse('a list of texts');
  return list.map((item) => {
    if (typeof item !== 'string' && typeof item !== 'number') throw refuse('a list of texts');
    const text = String(item).trim();
    if (parameter.form !== undefined && !hasForm(text, parameter.form)) {
      throw refuse(
        parameter.form === 'port' ? 'a list of ports' : 'a list of ports and ranges, such as 443 or 1020-1025',
      );
    }
    return chosen(text, parameter.oneOf, refuse);
  });
}

function chosen(text: string, oneOf: readonly string[] | undefined, refuse: (expected: string) => UsageError): string {
  if (oneOf === undefined) return text;
  const found = oneOf.find((one) => one.toLowerCase() === text.toLowerCase());
  if (found === undefined) throw refuse(`one of ${oneOf.join(', ')}`);
  return found;
}

/** Ports from 0 to 65535; a range from the lower to the higher one. */
function hasForm(text: string, form: 'port' | 'port range'): boolean {
  const [, first, second] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const [from, to] = [Number(first), Number(second ?? first)];
  return first !== undefined && from <= to && to <= 65_535 && (form === 'port range' || second === undefined);
}

// Options that take several values.

import { InvalidArgumentError } from 'commander';

/** Values of an option that may be repeated and whose values are separated by commas. */
export function collect(value: string, earlier: readonly string[] | undefined): string[] {
  const items = value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  if (items.length === 0) throw new InvalidArgumentError('It names nothing.');
  return [...(earlier ?? []), ...items];
}

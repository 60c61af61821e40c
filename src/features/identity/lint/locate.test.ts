import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pointer } from '../policy/problems.ts';
import { lineOf, linesOf } from './locate.ts';

/** Places of all values, with their lines, by writing the JSON ourselves: one value or member a line. */
function write(value: unknown, place: string, lines: string[], expected: Map<string, number>, label: string): void {
  lines.push(label);
  expected.set(place, lines.length);
  const at = lines.length - 1;
  if (value === null || typeof value !== 'object') {
    lines[at] += JSON.stringify(value);
    return;
  }
  const list = Array.isArray(value);
  lines[at] += list ? '[' : '{';
  for (const [index, [key, item]] of Object.entries(value).entries()) {
    if (index > 0) lines[lines.length - 1] += ',';
    write(item, pointer(place, list ? index : key), lines, expected, list ? '' : `${JSON.stringify(key)}:`);
  }
  lines[lines.length - 1] += list ? ']' : '}';
}

test('every place of a JSON text has its line', () => {
  const outcome = fc.check(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const lines: string[] = [];
      const expected = new Map<string, number>();
      write(value, '', lines, expected, '');
      const found = linesOf(lines.join('\n'));
      return [...expected].every(([place, line]) => found.get(place) === line);
    }),
    { numRuns: 300 },
  );
  expect(outcome.failed ? fc.defaultReportMessage(outcome) : '').toBe('');
});

test('a place that is not in the text has the line of what is around it', () => {
  const lines = linesOf('{\n "Statement": [\n  {"Effect": "Allow"}\n ]\n}');
  expect(lineOf(lines, '/Statement/0/Action')).toBe(3);
  expect(lineOf(lines, '/Nowhere')).toBe(1);
});

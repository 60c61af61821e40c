import { describe, expect, test } from 'vitest';
import { UsageError } from '../../domain/errors.ts';
import { formatNames } from './formats.ts';
import { parseOutputs } from './outputs.ts';

const parse = (...values: string[]) => parseOutputs(values, formatNames, '/project');

function refusal(...values: string[]): UsageError {
  try {
    parse(...values);
  } catch (error) {
    if (error instanceof UsageError) return error;
  }
  throw new Error('it was accepted');
}

describe('--output', () => {
  test.each([
    [[], [{ format: 'table' }]],
    [['json'], [{ format: 'json' }]],
    [['sarif=a.sarif'], [{ format: 'sarif', file: '/project/a.sarif' }]],
    [
      ['sarif=/abs/a=b.sarif', 'JSON'],
      [{ format: 'sarif', file: '/abs/a=b.sarif' }, { format: 'json' }],
    ],
    [['csv=-'], [{ format: 'csv' }]],
    [
      ['json-ocsf=x.ocsf.json', 'markdown=x.md'],
      [
        { format: 'ocsf', file: '/project/x.ocsf.json' },
        { format: 'md', file: '/project/x.md' },
      ],
    ],
  ])('%j', (values, targets) => {
    expect(parse(...values)).toEqual(targets);
  });

  test.each([
    [['saref'], 'there is no format "saref"', 'Did you mean sarif?'],
    [['yaml'], 'there is no format "yaml"', 'Formats: table, json'],
    [['json', 'csv'], 'both json and csv would go to standard output', '--output csv=vedette.csv'],
    [['sarif='], 'names no file', '--output sarif=vedette.sarif'],
    [['json=a', 'csv=./a'], '/project/a is named twice', 'a file of its own'],
    [['\u001b[31m'], 'there is no format "␛[31m"', 'Formats'],
  ])('%j is refused', (values, message, hint) => {
    const error = refusal(...values);
    expect(error.message).toContain(message);
    expect(error.hint).toContain(hint);
  });

  test('a command may know fewer formats', () => {
    expect(() => parseOutputs(['sarif'], ['table', 'json'])).toThrow('this command cannot write sarif');
  });
});

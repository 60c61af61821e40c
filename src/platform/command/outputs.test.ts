import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../domain/errors.ts';
import { formatNames } from './formats.ts';
import { addOutputOption, parseOutputs } from './outputs.ts';
import { addPrintOption } from './print.ts';

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

const command = (add: (command: Command) => Command): Command =>
  add(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => {} });

const list = (...words: string[]): unknown =>
  command((one) => addOutputOption(one, ['table', 'csv']))
    .parse(words, { from: 'user' })
    .opts()['output'];
const thing = (...words: string[]): unknown => command(addPrintOption).parse(words, { from: 'user' }).opts()['output'];

describe('the option', () => {
  test('gathers what is given, and refuses a wrong format before anything is done', () => {
    expect(list()).toBeUndefined();
    expect(list('-o', 'csv=a.csv', '--output', 'table')).toEqual(['csv=a.csv', 'table']);
    expect(() => list('-o', 'cvs=a.csv')).toThrow(UsageError);
    expect(() => list('-o', 'sarif')).toThrow('this command cannot write sarif');
  });

  test('of a command that prints one thing takes one format and no file', () => {
    expect([thing(), thing('-o', 'json'), thing('--output', 'TEXT')]).toEqual(['table', 'json', 'table']);
    expect(() => thing('-o', 'jsn')).toThrow('there is no format "jsn"');
    expect(() => thing('-o', 'csv')).toThrow('this command cannot write csv');
    expect(() => thing('-o', 'json=a.json')).toThrow('prints to standard output alone');
  });
});

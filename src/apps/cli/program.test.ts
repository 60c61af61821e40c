import { CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import { definitionOf, flagOf, settingNames } from '../../platform/config/settings.ts';
import { completionTree, commandPaths } from './completion-tree.ts';
import {
  addAccessOptions,
  addCheckOptions,
  addExitOptions,
  addLimitOptions,
  addOutputOptions,
  addSelectionOptions,
  createProgram,
} from './program.ts';

function setUp() {
  const out: string[] = [];
  const err: string[] = [];
  const program = createProgram({
    version: '1.2.3',
    writeOut: (text) => out.push(text),
    writeErr: (text) => err.push(text),
  });
  const seen: Record<string, unknown>[] = [];
  const scan = program.command('scan').description('read and judge');
  addLimitOptions(addExitOptions(addOutputOptions(addCheckOptions(addSelectionOptions(addAccessOptions(scan))))));
  scan.action((_options: object, command: { optsWithGlobals(): Record<string, unknown> }) => {
    seen.push(command.optsWithGlobals());
  });
  const run = (...words: string[]): Promise<unknown> =>
    program.parseAsync(words, { from: 'user' }).catch((error: unknown) => error);
  return { program, out, err, seen, run };
}

describe('program', () => {
  test('options have the names of settings, lists by comma or repetition', async () => {
    const { seen, run } = setUp();
    await run(
      'scan',
      '--regions',
      'eu-west-1,eu-west-2',
      '--regions',
      'us-east-1',
      '--parameters',
      'access-keys-rotated.maxAgeDays=60',
      '--parameters',
      'x.names=a,b',
      '-o',
      'json',
      '-o',
      'sarif=a',
      '--data-dir',
      '/d',
      '--new-only',
    );
    expect(seen).toEqual([
      {
        regions: ['eu-west-1', 'eu-west-2', 'us-east-1'],
        parameters: { 'access-keys-rotated': { maxAgeDays: 60 }, x: { names: ['a', 'b'] } },
        output: ['json', 'sarif=a'],
        dataDir: '/d',
        newOnly: true,
      },
    ]);
  });

  test('global options stand before or after the command', async () => {
    const { seen, run } = setUp();
    await run('--demo', 'scan', '-q');
    await run('scan', '--demo', '--color', 'never');
    expect(seen).toEqual([{ demo: true, quiet: true }, expect.objectContaining({ demo: true, color: 'never' })]);
  });

  test.each([
    [['scan', '--regoins', 'x'], "unknown option '--regoins'"],
    [['scna'], "unknown command 'scna'"],
    [['scan', '--color', 'blue'], 'Allowed choices are auto, always, never'],
    [['scan', '--parameters', 'x'], '<check>.<parameter>=<value>'],
    [['scan', '--regions', ','], 'It names nothing'],
  ])('%j is thrown and nothing is printed', async (words, message) => {
    const { out, err, run } = setUp();
    const error = await run(...words);
    expect(error).toBeInstanceOf(CommanderError);
    expect((error as Error).message).toContain(message);
    expect([...out, ...err]).toEqual([]);
  });

  test('help lists the exit codes', async () => {
    const { out, run } = setUp();
    await run('--help');
    expect(out.join('')).toContain('130  interrupted (Ctrl-C)');
  });

  test('every setting that has a flag has an option of that name', () => {
    const { program } = setUp();
    const flags = commandPaths(completionTree(program)).flatMap(({ command }) =>
      command.options.flatMap((option) => option.flags),
    );
    const expected = settingNames.filter((name) => definitionOf(name).flag !== false).map(flagOf);
    expect(expected.filter((flag) => !flags.includes(flag))).toEqual([]);
    const without = settingNames.filter((name) => definitionOf(name).flag === false).map(flagOf);
    expect(without.filter((flag) => flags.includes(flag))).toEqual([]);
  });
});

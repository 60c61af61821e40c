import { CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import { hostileTexts } from '../../../test/fixtures/hostile-text.ts';
import { UsageError, VedetteError } from '../../domain/errors.ts';
import { plainStyle } from '../../platform/terminal/colour.ts';
import { displayWidth } from '../../platform/terminal/width.ts';
import { InterruptedError, exitCodeOf, formatError } from './errors.ts';

const format = (error: unknown, debug = false, width: number | undefined = undefined): string =>
  formatError(error, { style: plainStyle, width, debug });

const hinted = (hint: string, demo: boolean, samePlace = ''): string =>
  formatError(new UsageError('x', { hint }), { style: plainStyle, width: undefined, debug: false, demo, samePlace });

const denied = new VedetteError('assume-role-denied', 'The role VedetteRead refuses to be assumed.', {
  hint: 'Add sts:AssumeRole for this principal to its trust policy.',
  cause: new Error('AccessDenied'),
  place: { account: '111122223333', region: 'eu-west-1', action: 'sts:AssumeRole' },
});

describe('errors', () => {
  test('say what, where and what to do', () => {
    expect(format(denied)).toBe(
      'error: The role VedetteRead refuses to be assumed.\nwhere: account 111122223333, region eu-west-1, action sts:AssumeRole\n   do: Add sts:AssumeRole for this principal to its trust policy.\n',
    );
  });

  test('a place that the message names is not said twice', () => {
    const error = new UsageError('/a/vedette.yaml, line 2, regoins: there is no such key.', {
      place: { file: '/a/vedette.yaml', key: 'regoins' },
      hint: 'Did you mean regions?',
    });
    expect(format(error)).toBe(
      'error: /a/vedette.yaml, line 2, regoins: there is no such key.\n   do: Did you mean regions?\n',
    );
  });

  test('what the system refuses is no fault of ours', () => {
    const refused = Object.assign(new Error("EACCES: permission denied, scandir '/data/audit'"), { code: 'EACCES' });
    expect(format(refused)).toBe(
      "error: EACCES: permission denied, scandir '/data/audit'\n   do: Give this user access to it, or run the command as the user that it belongs to.\n",
    );
    expect(format(undefined)).toContain('fault of Vedette');
  });

  test('a command that began anew goes on without doing so again', () => {
    const error = new VedetteError('store-unavailable', 'The database went away.', {
      hint: 'Run the same command again.',
    });
    const told = (fresh: boolean): string =>
      formatError(error, { style: plainStyle, width: undefined, debug: false, fresh });
    expect(told(false)).toContain('Run the same command again.');
    expect(told(true)).toContain('Run the same command again without --fresh.');
  });

  test('a command in a hint looks where the command looked', () => {
    const list = 'Run "vedette accounts list" to see them, then "vedette doctor".';
    expect(hinted(list, true)).toContain('"vedette accounts list --demo" to see them, then "vedette doctor --demo".');
    expect(hinted(list, true, ' --data-dir /d')).toContain('"vedette accounts list --data-dir /d --demo"');
    expect(hinted(list, false)).not.toContain('--');
    for (const hint of ['Run "vedette demo" first.', 'Run "vedette scan" first.', 'Run "vedette doctor --demo".'])
      expect(hinted(hint, true)).toBe(`error: x\n   do: ${hint}\n`);
    const whole = 'Run "vedette demo --data-dir /d" first.';
    expect(hinted(whole, true, ' --data-dir /d')).toContain(whole);
    expect(hinted('Run "vedette demo" first.', true, ' --data-dir /d')).toContain(whole);
  });

  test('an option as the place is called one', () => {
    expect(format(new UsageError('There is none.', { place: { key: '--account' } }))).toContain(
      'where: option --account\n',
    );
  });

  test('what stands beside an error is a warning', () => {
    const warning = formatError(denied, { style: plainStyle, width: 40, debug: false, label: 'warning' });
    expect(warning).toMatch(/^warning: The role VedetteRead refuses to\n {9}be assumed\.\nwhere: /);
  });

  test('a stack is printed only for --debug, with its causes', () => {
    expect(format(denied)).not.toContain('AccessDenied');
    const chain = format(denied, true);
    expect(chain).toContain('caused by Error: AccessDenied');
    expect(chain).toContain('errors.test.ts');
    expect(format(new TypeError('x is not a function'))).toBe(
      'error: x is not a function\n   do: This is a fault of Vedette. Run the command again with --debug and report what it prints.\n',
    );
  });

  test.each([
    [new UsageError('x'), 2],
    [new CommanderError(1, 'commander.unknownOption', "error: unknown option '--x'"), 2],
    [new CommanderError(0, 'commander.helpDisplayed', '(outputHelp)'), 0],
    [new InterruptedError('SIGINT'), 130],
    [new InterruptedError('SIGTERM'), 143],
    [denied, 1],
    ['a thrown text', 1],
    [undefined, 1],
  ])('%s ends with %i', (error, code) => {
    expect(exitCodeOf(error)).toBe(code);
  });

  test('commander’s own word is not said twice', () => {
    expect(format(new CommanderError(1, 'x', "error: unknown option '--x'"))).toBe("error: unknown option '--x'\n");
  });

  test('lines fit the terminal, and foreign text and credentials are kept out', () => {
    for (const { text } of hostileTexts()) {
      const error = new VedetteError('x', text, { hint: text, place: { account: text }, cause: new Error(text) });
      for (const debug of [true, false]) expect(format(error, debug)).not.toMatch(/[^\P{Cc}\n]|(?!\u200d)\p{Cf}/u);
      for (const line of format(error, false, 60).split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(60);
    }
    expect(format(new Error('postgresql://u:hunter2@db'), true)).not.toContain('hunter2');
  });
});

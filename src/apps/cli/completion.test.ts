import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Argument, type Command, Option } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostileTexts } from '../../../test/fixtures/hostile-text.ts';
import { completionLines, completionScript, shells } from './completion.ts';
import type { CommandEnvironment } from '../../platform/command/environment.ts';
import { completionValues } from './completion-command.ts';
import { completionTree } from './completion-tree.ts';
import { addCheckOptions, addOutputOptions, addSelectionOptions, createProgram } from './program.ts';

function sampleProgram(): Command {
  const program = createProgram({ version: '1', writeOut: () => {}, writeErr: () => {} });
  addOutputOptions(
    addCheckOptions(addSelectionOptions(program.command('scan').description("read everything; it's safe"))),
  );
  const findings = program.command('findings').description('list and mute findings');
  findings
    .command('list')
    .description('list findings')
    .addOption(new Option('--state <state>').choices(['new', 'open']));
  findings.command('mute').description('mute a finding').argument('<finding>');
  program.command('completion').addArgument(new Argument('<shell>').choices(shells));
  program.command('__complete', { hidden: true });
  return program;
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-completion-'));
  // Stands for the installed program: answers the hidden command only.
  writeFileSync(
    join(folder, 'vedette'),
    '#!/bin/sh\n[ "$1" = __complete ] || exit 1\ncase "$2" in\nchecks) printf "s3-bucket-public-read\\tpublic\\ns3-bucket-ssl\\n\\$(touch $0.hacked)\\n" ;;\naccounts) echo "111122223333	payments $3" ;;\nesac\n',
  );
  chmodSync(join(folder, 'vedette'), 0o755);
  for (const shell of shells) writeFileSync(join(folder, `script.${shell}`), completionScript(sampleProgram(), shell));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;
const env = (): NodeJS.ProcessEnv => ({ ...process.env, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` });
const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');

/** What bash offers for the words, the last of which is being typed. */
function inBash(...words: string[]): string[] {
  const code =
    'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _vedette; printf "%s\\n" "${COMPREPLY[@]}"';
  return linesOf(
    execFileSync('bash', ['-c', code, 'bash', join(folder, 'script.bash'), ...words], { env: env(), encoding: 'utf8' }),
  );
}

const inFish = (line: string): string[] =>
  linesOf(
    execFileSync(
      'fish',
      ['--no-config', '-c', `source ${join(folder, 'script.fish')}; complete -C ${JSON.stringify(line)}`],
      { env: env(), encoding: 'utf8' },
    ),
  ).map((one) => one.split('\t')[0] ?? '');

/** Says every word that zsh offers, as it would stand in the line, and then the end. */
const zshSetup = (load: string): string => String.raw`PROMPT=
autoload -Uz compinit && compinit -D -u
${load}
compadd() {
  # With one of these it only asks.
  if [[ $@[1,(i)(-|--)] == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return; fi
  local -a hits
  builtin compadd -A hits "$@"
  print -rl -- "<offered>$IPREFIX"$^hits"</offered>"
  builtin compadd "$@"
}
finish() { print '<end>'; exit }
zle -N finish
bindkey '^I' complete-word '^X' finish
`;
/** An interactive shell on a terminal of its own, in which a line and the key of completion are typed. */
const zshSession = `zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "source $1"
zpty -w -n shell "$2"$'\\t\\x18'
while zpty -r shell out; do print -rn -- "$out"; [[ $out == *'<end>'* ]] && break; done`;

/** What zsh offers at the end of a line, where the script is loaded by the command. */
function inZsh(line: string, load = `source ${join(folder, 'script.zsh')}`): string[] {
  const setup = join(folder, 'setup.zsh');
  writeFileSync(setup, zshSetup(load));
  const said = execFileSync('zsh', ['-f', '-c', zshSession, 'zsh', setup, line], {
    env: env(),
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(said).toContain('<end>');
  return [...said.matchAll(/<offered>(.*?)<\/offered>/g)].map(([, word = '']) => word);
}

describe('completion', () => {
  test('knows commands, options and where values come from, and nothing hidden', () => {
    const tree = completionTree(sampleProgram());
    expect(tree.commands.map(({ name }) => name)).toEqual(['scan', 'findings', 'completion', 'help']);
    const scan = tree.commands[0];
    const values = (flag: string) => scan?.options.find(({ flags }) => flags.includes(flag))?.values;
    expect(values('--checks')).toEqual({ from: 'command', kind: 'checks' });
    expect(values('--accounts')).toEqual({ from: 'command', kind: 'accounts' });
    expect(values('--output')).toMatchObject({
      from: 'list',
      items: expect.arrayContaining(['json', 'sarif']) as unknown,
    });
    expect(values('--ocsf-class')).toEqual({ from: 'list', items: ['compliance', 'detection'] });
    expect(tree.options.find(({ flags }) => flags.includes('--data-dir'))?.values).toEqual({ from: 'files' });
  });

  test('an unknown shell gets the nearest', () => {
    expect(() => completionScript(sampleProgram(), 'zhs')).toThrow('no completion for zhs');
  });

  test('values that a shell could read as more than a word are left out', () => {
    const text = completionLines(hostileTexts().map((one) => ({ value: one.text, description: one.text })));
    for (const line of linesOf(text)) expect(line).toMatch(/^[\w.:/@+-]+(?:\t[^\p{Cc}]*)?$/u);
    expect(
      completionLines([{ value: '111122223333', description: 'a\tb\n' }, { value: '$(id)' }, { value: 'x' }]),
    ).toBe('111122223333\ta␉b␊\nx\n');
  });
});

const environment = (dataDir: string): CommandEnvironment =>
  ({
    dataDir,
    demo: true,
    config: { values: {} },
    openStore: () => Promise.reject(new Error('no store may be made by pressing a key')),
  }) as unknown as CommandEnvironment;

describe('values', () => {
  test.each(['checks', 'services', 'regions'] as const)('%s are offered without a store', async (kind) => {
    const values = await completionValues(environment('/nowhere'), kind);
    expect(values.length).toBeGreaterThan(2);
    expect(linesOf(completionLines(values))).toHaveLength(values.length);
  });

  test.each(['accounts', 'findings'] as const)('%s are none where there is no store', async (kind) => {
    expect(await completionValues(environment(join(folder, 'nothing')), kind)).toEqual([]);
    await expect(completionValues(environment(folder), kind)).rejects.toThrow('no store');
  });
});

describe.runIf(has('bash'))('in bash', () => {
  test.each([
    [
      ['vedette', ''],
      ['scan', 'findings', 'completion', 'help'],
    ],
    [['vedette', 'fi'], ['findings']],
    [
      ['vedette', 'findings', ''],
      ['list', 'mute', 'help'],
    ],
    [['vedette', '--demo', 'findings', 'li'], ['list']],
    [['vedette', 'findings', 'list', '--st'], ['--state']],
    [
      ['vedette', 'findings', 'list', '--state', ''],
      ['new', 'open'],
    ],
    [
      ['vedette', 'findings', 'list', '--de'],
      ['--demo', '--debug'],
    ],
    [['vedette', 'scan', '--checks', 's3-bucket-p'], ['s3-bucket-public-read']],
    [['vedette', 'scan', '--checks', 'a,s3-bucket-s'], ['a,s3-bucket-ssl']],
    [['vedette', 'scan', '--accounts', ''], ['111122223333']],
    [['vedette', 'scan', '--output', 'sa'], ['sarif']],
    [
      ['vedette', 'completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
  ])('%j offers %j', (words, offered) => {
    expect(inBash(...words)).toEqual(offered);
  });

  test('nothing that is offered is run', () => {
    expect(inBash('vedette', 'scan', '--checks', '').filter((one) => one.startsWith('$(touch'))).toHaveLength(1);
    expect(existsSync(join(folder, 'vedette.hacked'))).toBe(false);
  });
});

describe.runIf(has('zsh'))('in zsh', () => {
  test.each([
    ['vedette fi', ['findings']],
    ['vedette findings ', ['list', 'mute', 'help']],
    ['vedette --demo findings li', ['list']],
    ['vedette findings list --state ', ['new', 'open']],
    ['vedette findings list --da', ['--data-dir']],
    ['vedette scan --checks s3-bucket-p', ['s3-bucket-public-read']],
    ['vedette scan --checks a,s3-bucket-s', ['a,s3-bucket-ssl']],
    ['vedette --demo scan --accounts ', ['111122223333']],
    ['vedette completion ', ['bash', 'zsh', 'fish']],
  ])('%s offers %j', (line, offered) => {
    expect(inZsh(line)).toEqual(offered);
  });

  test('as a file in a folder of fpath as well', () => {
    const functions = join(folder, 'functions');
    mkdirSync(functions);
    copyFileSync(join(folder, 'script.zsh'), join(functions, '_vedette'));
    expect(inZsh('vedette fi', `fpath+=(${functions}); compinit -D -u`)).toEqual(['findings']);
  });

  test('nothing that is offered is run', () => {
    expect(inZsh('vedette scan --checks ').at(-1)).toContain(String.raw`\$\(touch`);
    expect(existsSync(join(folder, 'vedette.hacked'))).toBe(false);
  });
});

describe.runIf(has('fish'))('in fish', () => {
  test.each([
    ['vedette fi', ['findings']],
    ['vedette findings ', ['help', 'list', 'mute']],
    ['vedette findings list --state ', ['new', 'open']],
    ['vedette scan --checks s3-bucket-p', ['s3-bucket-public-read']],
    ['vedette scan --checks a,s3-bucket-s', ['a,s3-bucket-ssl']],
    ['vedette completion ', ['bash', 'fish', 'zsh']],
    ['vedette findings list --da', ['--data-dir']],
  ])('%s offers %j', (line, offered) => {
    expect(inFish(line).sort()).toEqual(offered);
  });

  test('nothing that is offered is run', () => {
    expect(inFish('vedette scan --checks ').filter((one) => one.includes('touch'))).toHaveLength(1);
    expect(existsSync(join(folder, 'vedette.hacked'))).toBe(false);
  });
});

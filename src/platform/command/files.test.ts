import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UsageError, VedetteError } from '../../domain/errors.ts';
import { checkWritable, writeFileAtomically } from './files.ts';
import { pieces, thrown } from './testing.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-reports-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function* failing(): AsyncGenerator<string> {
  yield 'x'.repeat(100_000);
  throw new Error('the store went away');
}

describe('files', () => {
  test.skipIf(process.platform === 'win32')('stay readable for those alone who could read them', async () => {
    const file = join(folder, 'report.json');
    writeFileSync(file, 'old');
    for (const mode of [0o600, 0o664]) {
      chmodSync(file, mode);
      await writeFileAtomically(file, pieces('{}'));
      expect(statSync(file).mode & 0o777).toBe(mode);
    }
  });

  test.runIf(process.platform === 'linux')(
    'what the system keeps is written into, a plain file behind it too',
    async () => {
      const file = join(folder, 'report.json');
      const handle = await open(file, 'w');
      // As /dev/stdout is, where standard output goes to a file.
      const link = `/proc/self/fd/${handle.fd}`;
      await checkWritable(link, 'x');
      await writeFileAtomically(link, pieces('a', 'b'));
      await handle.close();
      expect(readFileSync(file, 'utf8')).toBe('ab');
      expect(readdirSync(folder)).toEqual(['report.json']);
    },
  );

  test('are whole or not there', async () => {
    const file = join(folder, 'report.json');
    await writeFileAtomically(file, pieces('{', '}'));
    expect(readFileSync(file, 'utf8')).toBe('{}');
    expect(await thrown(writeFileAtomically(file, failing()))).toBeInstanceOf(VedetteError);
    expect(readFileSync(file, 'utf8')).toBe('{}');
    expect(readdirSync(folder)).toEqual(['report.json']);
  });

  test.each([
    ['a folder', () => folder, 'is a folder, not a file', 'vedette.sarif'],
    ['a missing folder', () => join(folder, 'no', 'report'), 'cannot be written', 'Make the folder'],
    ['a file in the place of a folder', () => join(folder, 'file', 'report'), 'cannot be written', 'is not a folder'],
  ])('%s is a clear error', async (_name, path, message, hint) => {
    writeFileSync(join(folder, 'file'), '');
    const error = (await thrown(writeFileAtomically(path(), pieces('x'), 'vedette.sarif'))) as VedetteError;
    expect(error.message).toContain(message);
    expect(error.hint).toContain(hint);
    expect(error.place.file).toBe(path());
    const before = (await thrown(checkWritable(path(), 'vedette.sarif'))) as VedetteError;
    expect(before).toMatchObject({ code: error.code, hint: error.hint, place: error.place });
  });

  test('that can be written is seen as such before, and not touched', async () => {
    const file = join(folder, 'kept.json');
    writeFileSync(file, 'kept');
    await checkWritable(file, 'x.json');
    await checkWritable(join(folder, 'new.csv'), 'x.csv');
    expect(readFileSync(file, 'utf8')).toBe('kept');
    expect(readdirSync(folder)).toEqual(['kept.json']);
  });

  test('a folder is wrong usage', async () => {
    expect(await thrown(writeFileAtomically(folder, pieces('x')))).toBeInstanceOf(UsageError);
  });

  test('a pipe is written into and not replaced', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reading = import('node:fs/promises').then(({ readFile }) => readFile(pipe, 'utf8'));
    await writeFileAtomically(pipe, pieces('a', 'b'));
    expect(await reading).toBe('ab');
    expect(statSync(pipe).isFIFO()).toBe(true);
  });

  test('a link to a folder is a folder', async () => {
    mkdirSync(join(folder, 'real'));
    symlinkSync(join(folder, 'real'), join(folder, 'link'));
    expect(await thrown(writeFileAtomically(join(folder, 'link'), pieces('x')))).toBeInstanceOf(UsageError);
  });
});

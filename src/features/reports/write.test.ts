import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UsageError, VedetteError } from '../../domain/errors.ts';
import { sampleModel } from './testing.ts';
import { writeToStream } from '../../platform/command/stream.ts';
import { writeFileAtomically, writeReports } from './write.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-reports-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function* pieces(...texts: string[]): AsyncGenerator<string> {
  yield* texts;
}

async function* failing(): AsyncGenerator<string> {
  yield 'x'.repeat(100_000);
  throw new Error('the store went away');
}

const thrown = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

/** A slow reader: takes a piece only after the next turn. */
function slowSink(): { sink: Writable; text: () => string } {
  let text = '';
  const sink = new Writable({
    highWaterMark: 16,
    write(chunk, _encoding, done) {
      text += String(chunk);
      setImmediate(done);
    },
  });
  return { sink, text: () => text };
}

describe('files', () => {
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

describe('streams', () => {
  test('a slow reader gets everything in order', async () => {
    const { sink, text } = slowSink();
    const rows = Array.from({ length: 5_000 }, (_, index) => `row ${index} ${'x'.repeat(100)}\n`);
    await writeToStream(pieces(...rows), sink);
    sink.end();
    await new Promise((resolve) => sink.once('finish', resolve));
    expect(text()).toBe(rows.join(''));
  });

  test.each([
    ['EPIPE', 'undefined'],
    ['ENOSPC', 'VedetteError'],
  ])('%s ends as %s', async (code, name) => {
    let produced = 0;
    async function* endless(): AsyncGenerator<string> {
      for (; produced < 100_000; produced += 1) yield 'x'.repeat(70_000);
    }
    const sink = new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })) });
    const error = await thrown(writeToStream(endless(), sink));
    expect(error === undefined ? 'undefined' : (error as Error).name).toBe(name);
    expect(produced).toBeLessThan(5);
  });
});

describe('reports', () => {
  test('every format asked for is written, files first', async () => {
    const { sink, text } = slowSink();
    const sarif = join(folder, 'a.sarif');
    const html = join(folder, 'a.html');
    const targets = [
      { format: 'json' as const },
      { format: 'sarif' as const, file: sarif },
      { format: 'html' as const, file: html },
    ];
    const written = await writeReports(sampleModel(), targets, { stdout: sink });
    expect(written).toEqual(targets.slice(1));
    expect(JSON.parse(text())).toMatchObject({ schema: 'vedette.scan/1' });
    expect(JSON.parse(readFileSync(sarif, 'utf8'))).toMatchObject({ version: '2.1.0' });
    expect(readFileSync(html, 'utf8')).toContain('</html>');
  });

  test('a file that fails leaves standard output empty', async () => {
    const { sink, text } = slowSink();
    const targets = [{ format: 'json' as const }, { format: 'csv' as const, file: join(folder, 'no', 'a.csv') }];
    expect(await thrown(writeReports(sampleModel(), targets, { stdout: sink }))).toBeInstanceOf(VedetteError);
    expect(text()).toBe('');
  });
});

import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { writeToStream } from './stream.ts';
import { pieces, slowSink, thrown } from './testing.ts';

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

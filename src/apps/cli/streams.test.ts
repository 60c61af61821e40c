import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { guardStreams } from './streams.ts';

/** A stream whose every write fails with a code of the operating system. */
function failing(code: string): Writable {
  return new Writable({
    write(_chunk, _encoding, done) {
      done(Object.assign(new Error(`${code}: it takes no more`), { code }));
    },
  });
}
const taking = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

describe('standard streams', () => {
  test('a full disk behind standard output is told, with the way out', async () => {
    const stdout = failing('ENOSPC');
    const outputFailure = guardStreams({ stdout, stderr: taking() });
    stdout.write('rows');
    expect(await outputFailure()).toMatchObject({
      code: 'output-failed',
      message: expect.stringContaining('ENOSPC') as string,
      hint: expect.stringContaining('full') as string,
    });
    // What is written after that fails as well, and stays one error.
    stdout.write('more');
    expect(await outputFailure()).toMatchObject({ message: expect.stringContaining('ENOSPC') as string });
  });

  test('a reader that left is no failure', async () => {
    const stdout = failing('EPIPE');
    const outputFailure = guardStreams({ stdout, stderr: taking() });
    stdout.write('rows');
    expect(await outputFailure()).toBeUndefined();
  });

  test('a terminal that was closed does not end the process', async () => {
    const stderr = failing('EIO');
    const outputFailure = guardStreams({ stdout: taking(), stderr });
    await new Promise((resolve) => stderr.write('progress', resolve));
    expect(await outputFailure()).toBeUndefined();
  });
});

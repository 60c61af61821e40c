// Lines of an export, plain or compressed, of bounded length.

import { type Hash, createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { messageOf } from '../../../domain/errors.ts';
import { codeOf } from '../failures.ts';
import { damaged } from './damage.ts';

const maxLine = 256 * 1024 * 1024;

export interface Line {
  text: string;
  /** From 1. */
  number: number;
  /** SHA-256 over all lines before this one. */
  before: () => string;
}

/** The chunks of a stream, unpacked when they begin as gzip does. */
async function* unpacked(input: Readable): AsyncGenerator<Buffer> {
  const chunks = input[Symbol.asyncIterator]() as AsyncIterator<Buffer | string>;
  const first = await chunks.next();
  if (first.done === true) return;
  const head = Buffer.from(first.value as Buffer);
  async function* all(): AsyncGenerator<Buffer> {
    yield head;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next())
      yield Buffer.from(next.value as Buffer);
  }
  if (head[0] !== 0x1f || head[1] !== 0x8b) return yield* all();
  const gunzip = createGunzip();
  const fed = pipeline(Readable.from(all()), gunzip);
  // A failure comes out of `gunzip` as well; a reader that stops early is none.
  fed.catch(() => undefined);
  yield* gunzip as AsyncIterable<Buffer>;
  await fed;
}

/** @throws VedetteError `import-damaged` when it cannot be unpacked or a line never ends */
export async function* linesOf(input: Readable, name: string): AsyncGenerator<Line> {
  const hash: Hash = createHash('sha256');
  let rest: Buffer[] = [];
  let length = 0;
  let number = 0;
  const next = (parts: Buffer[]): [Line, Buffer] => {
    const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    number += 1;
    return [{ text: bytes.toString('utf8'), number, before: () => hash.copy().digest('hex') }, bytes];
  };
  try {
    for await (const chunk of unpacked(input)) {
      let from = 0;
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
        const [line, bytes] = next([...rest, chunk.subarray(from, at)]);
        yield line;
        hash.update(bytes).update('\n');
        rest = [];
        length = 0;
        from = at + 1;
      }
      rest.push(chunk.subarray(from));
      length += chunk.length - from;
      if (length > maxLine) throw damaged(name, number + 1, 'the line is too long');
    }
  } catch (error) {
    // zlib's errors have codes such as Z_DATA_ERROR and Z_BUF_ERROR.
    const isPacking = codeOf(error).startsWith('Z_');
    throw isPacking ? damaged(name, number + 1, `it cannot be unpacked (${messageOf(error)})`, error) : error;
  }
  if (length > 0) yield next(rest)[0];
}

// Reads a text file no further than it may be long: what a name leads to can be a device that never ends.

import { open } from 'node:fs/promises';
import { UsageError } from '../../domain/errors.ts';

/**
 * The text of a file.
 * @param maxBytes longer ones are refused without being read to their end
 * @throws UsageError when it is too long; what the file system says otherwise
 */
export async function readText(file: string, maxBytes: number): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of handle.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > maxBytes) throw new UsageError(`${file} is larger than ${maxBytes} bytes.`, { place: { file } });
    }
    return Buffer.concat(chunks).toString('utf8');
  } finally {
    await handle.close();
  }
}

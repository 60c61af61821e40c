import { createHash, createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Sha256 } from './sha256.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = fc.uint8Array({ maxLength: 200 });

test('is HMAC-SHA-256 with a secret of any bytes, whatever the data and its pieces', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.array(bytes), async (secret, pieces) => {
      const mac = new Sha256(secret);
      for (const piece of pieces) mac.update(piece);
      expect(hex(await mac.digest())).toBe(createHmac('sha256', secret).update(Buffer.concat(pieces)).digest('hex'));
    }),
  );
});

test('takes a secret that is text by its UTF-8 bytes, and one that is a part of a larger buffer', async () => {
  const text = new Sha256('AWS4ключ');
  text.update('20150830');
  expect(hex(await text.digest())).toBe(createHmac('sha256', 'AWS4ключ').update('20150830').digest('hex'));
  const whole = Buffer.from('xxsecretxx');
  const part = new Sha256(whole.subarray(2, 8));
  part.update('data');
  expect(hex(await part.digest())).toBe(createHmac('sha256', 'secret').update('data').digest('hex'));
});

test('is SHA-256 without a secret, may be asked while it goes on, and begins anew', async () => {
  const hash = new Sha256();
  hash.update('one');
  expect(hex(await hash.digest())).toBe(createHash('sha256').update('one').digest('hex'));
  hash.update('two');
  expect(hex(await hash.digest())).toBe(createHash('sha256').update('onetwo').digest('hex'));
  hash.reset();
  expect(hex(await hash.digest())).toBe(createHash('sha256').digest('hex'));
});

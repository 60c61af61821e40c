// Opens an instance's user data: base64, perhaps compressed, perhaps with further base64 inside (MIME parts, the files
// of cloud-config, encoded PowerShell). https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html

import { gunzipSync } from 'node:zlib';
import { VedetteError } from '../../../domain/errors.ts';

/** Bytes that may come out in all. User data itself is 16 KB at most; more than this is a decompression bomb. */
const maxBytes = 1024 * 1024;
/** How deep base64 inside base64 is followed. */
const maxDepth = 3;

/** Lines of one block of base64, or a long enough run of it. Both repeat one class, so they take linear time. */
const embedded = /(?:[A-Za-z0-9+/]{60,76}\r?\n[ \t]{0,20})+[A-Za-z0-9+/]{0,76}={0,2}|[A-Za-z0-9+/]{24,}={0,2}/g;

interface Budget {
  bytes: number;
}

function undecodable(why: string): VedetteError {
  return new VedetteError('user-data-undecodable', `The user data could not be opened: ${why}.`, {
    hint: 'Look at it with "aws ec2 describe-instance-attribute --attribute userData" and judge it by hand.',
  });
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The text that bytes hold; undefined when they hold none. */
function open(bytes: Buffer, budget: Budget): string | undefined {
  let plain = bytes;
  if (isGzip(bytes)) {
    try {
      plain = gunzipSync(bytes, { maxOutputLength: budget.bytes });
    } catch (error) {
      // zlib's own words are not passed on: nothing of the content may leave here.
      if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw undecodable('it is larger than 1 MB');
      return undefined;
    }
  }
  budget.bytes -= plain.length;
  if (budget.bytes <= 0) throw undecodable('it is larger than 1 MB');
  // UTF-16, as PowerShell encodes commands, becomes plain text without its zero bytes.
  return plain.toString('utf8').replaceAll('\0', '');
}

function looksLikeText(text: string): boolean {
  if (text.length === 0) return false;
  let odd = 0;
  for (const character of text) if (character === '\ufffd' || (character < ' ' && !/\s/.test(character))) odd += 1;
  return odd <= text.length / 20;
}

function* textsWithin(text: string, location: string, depth: number, budget: Budget): Generator<DecodedText> {
  yield { text, location };
  if (depth === maxDepth) return;
  for (const [block] of text.matchAll(embedded)) {
    const inner = open(Buffer.from(block, 'base64'), budget);
    if (inner !== undefined && looksLikeText(inner))
      yield* textsWithin(inner, `${location}, decoded,`, depth + 1, budget);
  }
}

export interface DecodedText {
  text: string;
  location: string;
}

/**
 * Every text in user data: as it is, and what base64 inside it decodes to.
 * @param base64 the attribute as EC2 gives it.
 * @throws VedetteError `user-data-undecodable` when it is no base64, is broken, or grows beyond 1 MB.
 */
export function userDataTexts(base64: string): DecodedText[] {
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(base64)) throw undecodable('it is not base64');
  const budget = { bytes: maxBytes };
  const text = open(Buffer.from(base64, 'base64'), budget);
  if (text === undefined) throw undecodable('its compression is broken');
  return [...textsWithin(text, 'user data', 0, budget)];
}

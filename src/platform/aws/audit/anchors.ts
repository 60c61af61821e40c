// The anchor chain: one small signed file for each closed segment, numbered, each bound to the one before it.
// A number is taken by creating its file, so that processes need no lock.

import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { entriesIn, noHash, sha256 } from './segment.ts';

const anchorShape = z.strictObject({
  number: z.int().min(1),
  /** The hash of the anchor before. */
  before: z.string(),
  at: z.string(),
  segment: z.string(),
  lines: z.int().min(0),
  head: z.string(),
  /** True when the segment's process was gone and another closed it. */
  recovered: z.boolean(),
  /** Ed25519 public key, SPKI in base64. */
  key: z.string(),
  signature: z.string(),
});

export type Anchor = z.infer<typeof anchorShape>;

/** An anchor as it was found: undefined where the file is not one. */
export interface StoredAnchor {
  file: string;
  text: string;
  anchor: Anchor | undefined;
}

function anchorFolder(folder: string): string {
  return join(folder, 'anchors');
}

/** The hash by which the next anchor, a segment's header and an exported head name this one. */
export function anchorHash(text: string): string {
  return sha256(text.trimEnd());
}

/** All anchors, in the order of their numbers. */
export async function readAnchors(folder: string): Promise<StoredAnchor[]> {
  const entries = (await entriesIn(anchorFolder(folder))).filter(({ name }) => /^\d{8}\.json$/.test(name));
  const anchors: StoredAnchor[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const { name: file } = entry;
    // A folder, link or pipe takes a number and is no anchor.
    const text = entry.isFile() ? await readFile(join(anchorFolder(folder), file), 'utf8') : '';
    anchors.push({ file, text, anchor: parseAnchor(text) });
  }
  return anchors;
}

/** Only the text that we would write is an anchor: the same signature can be spelt in several ways in base64. */
function parseAnchor(text: string): Anchor | undefined {
  try {
    const anchor = anchorShape.parse(JSON.parse(text));
    const signature = Buffer.from(anchor.signature, 'base64').toString('base64');
    return text === `${JSON.stringify({ ...anchor, signature })}\n` ? anchor : undefined;
  } catch {
    return undefined;
  }
}

/** Appends an anchor to the chain. */
export async function appendAnchor(
  folder: string,
  content: Pick<Anchor, 'at' | 'segment' | 'lines' | 'head' | 'recovered'>,
): Promise<void> {
  const key = await signingKey(folder);
  await mkdir(anchorFolder(folder), { recursive: true, mode: 0o700 });
  for (;;) {
    const last = (await readAnchors(folder)).at(-1);
    const number = last === undefined ? 1 : Number.parseInt(last.file, 10) + 1;
    const unsigned = {
      number,
      before: last === undefined ? noHash : anchorHash(last.text),
      at: content.at,
      segment: content.segment,
      lines: content.lines,
      head: content.head,
      recovered: content.recovered,
      key: publicText(createPublicKey(key)),
    };
    const signature = sign(null, Buffer.from(JSON.stringify(unsigned)), key).toString('base64');
    const text = `${JSON.stringify({ ...unsigned, signature })}\n`;
    if (await createOnce(join(anchorFolder(folder), `${String(number).padStart(8, '0')}.json`), text, 0o600)) return;
  }
}

/** True when the anchor carries a signature by the key that it names. */
export function signatureHolds(anchor: Anchor): boolean {
  const { signature, ...unsigned } = anchor;
  try {
    const key = createPublicKey({ key: Buffer.from(anchor.key, 'base64'), format: 'der', type: 'spki' });
    return verify(null, Buffer.from(JSON.stringify(unsigned)), key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

/** The installation's key: made on first use, readable by its owner alone. */
async function signingKey(folder: string): Promise<KeyObject> {
  const path = join(folder, 'anchor.key');
  try {
    return createPrivateKey(await readFile(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('ed25519');
  await createOnce(path, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 0o600);
  return createPrivateKey(await readFile(path));
}

function publicText(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'der' }).toString('base64');
}

let temporaries = 0;

/** Creates a file with all its content at once. @returns false when it exists already */
async function createOnce(path: string, content: string, mode: number): Promise<boolean> {
  const temporary = `${path}.${process.pid}.${(temporaries += 1)}.new`;
  try {
    await writeFile(temporary, content, { mode, flush: true });
    await chmod(temporary, mode);
    await link(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

// Exports the call audit as one stream of JSON lines, in the words in which it is stored.

import type { Writable } from 'node:stream';
import { writeToStream } from '../../command/stream.ts';
import { readAnchors } from './anchors.ts';
import { readLines, segmentPath, segmentsIn } from './segment.ts';
import { type AuditHead, headOf } from './verify.ts';

/**
 * Writes all anchors and then all segments: a line `{"audit":"vedette.audit/1","head":…}`, lines `{"anchor":…}`, and lines
 * `{"segment":<id>,"line":…}` whose `line` is byte for byte what is stored (so that hashes can be checked anywhere).
 * Torn last lines are left out. The stream is not ended.
 * @returns the head to keep elsewhere for later verifications; empty when nothing is anchored
 */
export async function exportAudit(folder: string, out: Writable): Promise<AuditHead> {
  const head = headOf((await readAnchors(folder)).at(-1));
  await writeToStream(exportedLines(folder, head), out);
  return head;
}

async function* exportedLines(folder: string, head: AuditHead): AsyncGenerator<string> {
  yield `${JSON.stringify({ audit: 'vedette.audit/1', head })}\n`;
  for (const { text } of await readAnchors(folder)) yield `{"anchor":${asJson(text.trimEnd())}}\n`;
  for (const segment of (await segmentsIn(folder)).ids) {
    for await (const { text, complete } of readLines(segmentPath(folder, segment))) {
      if (complete) yield `{"segment":${JSON.stringify(segment)},"line":${asJson(text)}}\n`;
    }
  }
}

/** Stored lines are JSON already; one that was damaged is exported as a text. */
function asJson(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return JSON.stringify(text);
  }
}

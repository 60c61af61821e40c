// A segment of the call audit: JSON lines, each bound to the one before it by a hash. One process writes one segment.

import { createHash } from 'node:crypto';
import { type Dirent, createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { CallRecord } from '../contract.ts';

/** The first line of a segment. */
interface SegmentHeader {
  format: 'vedette.audit/1';
  segment: string;
  /** ISO 8601. */
  startedAt: string;
  pid: number;
  /** The hash of the last anchor when the segment began; empty when there was none. */
  after: string;
}

/** What a line holds: the header, a call, or the number of calls that could not be written before it. */
export type SegmentBody = SegmentHeader | CallRecord | { dropped: number };

/** Stands in the place of the hash before the first line. */
export const noHash = '0'.repeat(64);

export function segmentFolder(folder: string): string {
  return join(folder, 'segments');
}

export function segmentPath(folder: string, segment: string): string {
  return join(segmentFolder(folder), `${segment}.jsonl`);
}

/** What lies in the segments' folder: the ids of segments, and the names of what is none. */
export async function segmentsIn(folder: string): Promise<{ ids: string[]; strange: string[] }> {
  const found: { ids: string[]; strange: string[] } = { ids: [], strange: [] };
  for (const entry of await entriesIn(segmentFolder(folder))) {
    // Links and pipes are not followed: none of them is what we wrote.
    if (entry.isFile() && entry.name.endsWith('.jsonl')) found.ids.push(basename(entry.name, '.jsonl'));
    else found.strange.push(entry.name);
  }
  return { ids: found.ids.sort(), strange: found.strange.sort() };
}

/** What lies in a folder; nothing when it does not exist. */
export async function entriesIn(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Writes a line (without its end) and gives its hash: over the hash before it, a line feed and the body's JSON. */
export function sealLine(body: SegmentBody, before: string): { line: string; hash: string } {
  const json = JSON.stringify(body);
  const hash = sha256(`${before}\n${json}`);
  return { line: `${json.slice(0, -1)},"hash":"${hash}"}`, hash };
}

const seal = /,"hash":"([0-9a-f]{64})"\}$/;

/** The hash that a line carries and the one that it ought to carry; undefined when it has no seal. */
function checkLine(line: string, before: string): { carried: string; expected: string } | undefined {
  const match = seal.exec(line);
  if (match === null) return undefined;
  return { carried: match[1] ?? '', expected: sha256(`${before}\n${line.slice(0, match.index)}}`) };
}

/** The header of a segment from its first line; undefined when it is not one. */
function headerOf(line: string): SegmentHeader | undefined {
  try {
    const { format, segment, startedAt, pid, after } = JSON.parse(line) as Partial<SegmentHeader>;
    if (format !== 'vedette.audit/1' || typeof segment !== 'string' || typeof startedAt !== 'string') return undefined;
    if (typeof pid !== 'number' || typeof after !== 'string') return undefined;
    return { format, segment, startedAt, pid, after };
  } catch {
    return undefined;
  }
}

/** No line that we write comes near this; a longer one is cut, and so fails its check. */
const longestLine = 1_000_000;

/** The lines of a file with a mark on the last one when it has no end. The file is never held in memory. */
export async function* readLines(path: string): AsyncGenerator<{ text: string; complete: boolean }> {
  let rest = '';
  for await (const chunk of createReadStream(path, { encoding: 'utf8' })) {
    const pieces = (rest + (chunk as string)).split('\n');
    rest = (pieces.pop() ?? '').slice(0, longestLine);
    for (const text of pieces) yield { text, complete: true };
  }
  if (rest !== '') yield { text: rest, complete: false };
}

/** A segment read from its start as far as it holds. */
export interface SegmentState {
  header: SegmentHeader | undefined;
  /** Lines that hold, the header included. */
  lines: number;
  /** The hash of the last line that holds. */
  head: string;
  /** The number (from 1) of the first line that does not hold; 0 when all do. */
  brokenAt: number;
  /** True when the file ends in a line without an end: what a crash leaves. */
  torn: boolean;
  /** The heads after as many lines as were asked for. */
  heads: ReadonlyMap<number, string>;
}

/** Reads and checks a segment. `atLines` asks for the heads after so many lines. */
export async function readSegment(path: string, atLines: readonly number[] = []): Promise<SegmentState> {
  const wanted = new Set(atLines);
  const heads = new Map<number, string>();
  const state: SegmentState = {
    header: undefined,
    lines: 0,
    head: noHash,
    brokenAt: 0,
    torn: false,
    heads,
  };
  for await (const { text, complete } of readLines(path)) {
    if (!complete) {
      state.torn = true;
      break;
    }
    const check = checkLine(text, state.head);
    if (state.lines === 0) state.header = headerOf(text);
    if (check === undefined || check.carried !== check.expected || state.header === undefined) {
      state.brokenAt = state.lines + 1;
      break;
    }
    state.lines += 1;
    state.head = check.carried;
    if (wanted.has(state.lines)) heads.set(state.lines, state.head);
  }
  return state;
}

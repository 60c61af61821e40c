// Writes the call audit: buffered in memory, appended in blocks, closed with a signed anchor.

import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, unlink } from 'node:fs/promises';
import { messageOf, VedetteError } from '../../../domain/errors.ts';
import type { Clock } from '../../clock/clock.ts';
import type { CallRecord, CallSink } from '../contract.ts';
import { anchorHash, appendAnchor, readAnchors } from './anchors.ts';
import { noHash, readSegment, sealLine, type SegmentBody, segmentFolder, segmentPath, segmentsIn } from './segment.ts';

export interface CallAudit extends CallSink {
  /** Writes what is in memory. */
  flush(): Promise<void>;
  /** Writes what is in memory, closes the segment and anchors its head. Throws when records could not be written. */
  close(): Promise<void>;
}

export interface CallAuditOptions {
  /** The audit's own folder; made when it does not exist. */
  folder: string;
  clock: Clock;
  /** Told once when records cannot be written (a full disk, for example); they are kept and tried again. */
  onError?: (error: VedetteError) => void;
  /** A new segment begins after so many bytes. */
  segmentBytes?: number;
}

/** Records are written at the latest after this many milliseconds, or when this many wait. */
const flushAfter = 1000;
const flushAt = 500;
/** Records kept in memory while they cannot be written; later ones are counted and lost. */
const mostKept = 200_000;

/** Segments that this process has open. */
const openHere = new Set<string>();

interface Segment {
  id: string;
  file: FileHandle;
  head: string;
  lines: number;
  bytes: number;
}

/**
 * Opens the audit of this process and anchors what processes that are gone left open.
 * What a `kill -9` loses is at most the last second or the last 500 records.
 */
export async function openCallAudit(options: CallAuditOptions): Promise<CallAudit> {
  const { folder, clock, onError, segmentBytes = 32 * 2 ** 20 } = options;
  try {
    await mkdir(segmentFolder(folder), { recursive: true, mode: 0o700 });
    await anchorAbandoned(folder, clock);
  } catch (error) {
    throw notWritten(error, folder);
  }
  let waiting: CallRecord[] = [];
  let dropped = 0;
  let segment: Segment | undefined;
  let timer: NodeJS.Timeout | undefined;
  let failure: VedetteError | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function begin(): Promise<Segment> {
    const startedAt = clock.now().toISOString();
    const id = `${startedAt.replace(/[:.]/g, '-')}-${process.pid}-${randomBytes(4).toString('hex')}`;
    const last = (await readAnchors(folder)).at(-1);
    const after = last === undefined ? '' : anchorHash(last.text);
    const file = await open(segmentPath(folder, id), 'ax', 0o600);
    openHere.add(id);
    const begun = { id, file, head: noHash, lines: 0, bytes: 0 };
    try {
      await append(begun, [{ format: 'vedette.audit/1', segment: id, startedAt, pid: process.pid, after }]);
      return begun;
    } catch (error) {
      await file.close();
      await unlink(segmentPath(folder, id));
      throw error;
    }
  }

  /** All or nothing: after a failed write the file is cut back to what it was. */
  async function append(to: Segment, bodies: readonly SegmentBody[]): Promise<void> {
    let { head } = to;
    let text = '';
    for (const body of bodies) {
      const sealed = sealLine(body, head);
      head = sealed.hash;
      text += `${sealed.line}\n`;
    }
    const block = Buffer.from(text);
    try {
      await to.file.appendFile(block);
    } catch (error) {
      await to.file.truncate(to.bytes).catch(() => undefined);
      throw error;
    }
    to.head = head;
    to.lines += bodies.length;
    to.bytes += block.length;
  }

  async function end(ended: Segment): Promise<void> {
    const { id, lines, head, file } = ended;
    await file.sync();
    await file.close();
    await appendAnchor(folder, { at: clock.now().toISOString(), segment: id, lines, head, recovered: false });
    openHere.delete(id);
  }

  function fail(error: unknown): void {
    const first = failure === undefined;
    failure = notWritten(error, folder);
    if (first) onError?.(failure);
  }

  async function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0) return;
    const batch = waiting;
    const lost = dropped;
    waiting = [];
    try {
      segment ??= await begin();
      await append(segment, lost === 0 ? batch : [...batch, { dropped: lost }]);
      dropped -= lost;
      failure = undefined;
    } catch (error) {
      waiting = [...batch, ...waiting];
      fail(error);
      return;
    }
    if (segment.bytes < segmentBytes) return;
    const full = segment;
    segment = undefined;
    await end(full).catch(fail);
  }

  const flush = (): Promise<void> => {
    writing = writing.then(write);
    return writing;
  };

  return {
    record: (call) => {
      if (waiting.length >= mostKept) {
        dropped += 1;
        return;
      }
      waiting.push(call);
      if (waiting.length === flushAt) void flush();
      else timer ??= setTimeout(() => void flush(), flushAfter).unref();
    },
    flush,
    close: async () => {
      await flush();
      const last = segment;
      segment = undefined;
      if (last !== undefined) await end(last).catch(fail);
      if (failure !== undefined) throw failure;
    },
  };
}

/** Segments without an anchor whose process is gone are closed in its place, up to their last whole line. */
async function anchorAbandoned(folder: string, clock: Clock): Promise<void> {
  const anchored = new Set((await readAnchors(folder)).map(({ anchor }) => anchor?.segment));
  for (const id of (await segmentsIn(folder)).ids) {
    if (anchored.has(id)) continue;
    const { header, lines, head, brokenAt } = await readSegment(segmentPath(folder, id));
    // A segment that does not hold is left as it is, for the verification to show.
    if (header === undefined || brokenAt !== 0 || openHere.has(id) || isAlive(header.pid)) continue;
    await appendAnchor(folder, { at: clock.now().toISOString(), segment: id, lines, head, recovered: true });
  }
}

/** Our own number may have been another's before, as in a container. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function notWritten(error: unknown, folder: string): VedetteError {
  return new VedetteError('audit-not-written', `The call audit cannot be written: ${messageOf(error)}`, {
    hint: 'Free space there, or make the folder writable for this user.',
    cause: error,
    place: { file: folder },
  });
}

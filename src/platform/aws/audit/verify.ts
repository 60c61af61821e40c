// Verifies the call audit: every line against the one before it, every segment against its anchors, the anchors against
// each other and, when one is given, against a head that was noted elsewhere.

import { type Anchor, anchorHash, readAnchors, signatureHolds, type StoredAnchor } from './anchors.ts';
import { noHash, readSegment, segmentPath, segmentsIn } from './segment.ts';

/** The newest anchor, as it is noted elsewhere: `<number>:<hash>`. */
export type AuditHead = string;

interface AuditProblem {
  /** Relative to the audit's folder; empty when it concerns the whole. */
  file: string;
  /** From 1; 0 when it concerns the whole file. */
  line: number;
  message: string;
}

export interface AuditReport {
  /** True when there is no problem. Notes do not count. */
  ok: boolean;
  /** The head to note elsewhere; empty when nothing is anchored yet. */
  head: AuditHead;
  segments: number;
  /** Calls in the lines that hold. */
  calls: number;
  anchors: number;
  problems: readonly AuditProblem[];
  /** What is no sign of tampering: a line torn by a crash, a segment that is still open. */
  notes: readonly AuditProblem[];
}

/**
 * Verifies the audit in a folder.
 *
 * Without a known head, someone who can write to the folder and read its key could replace all of it; with a head that
 * was noted elsewhere that is detected, and so is the removal of the newest segments.
 * @param knownHead a head that an earlier verification or export gave
 */
export async function verifyAudit(folder: string, knownHead?: AuditHead): Promise<AuditReport> {
  const problems: AuditProblem[] = [];
  const notes: AuditProblem[] = [];
  const stored = await readAnchors(folder);
  problems.push(...checkAnchors(stored));
  const hashes = new Set(stored.map((anchor) => anchorHash(anchor.text)));
  if (knownHead !== undefined) problems.push(...checkKnownHead(stored, knownHead));

  const anchored = new Map<string, Anchor[]>();
  for (const { anchor } of stored) {
    if (anchor === undefined) continue;
    anchored.set(anchor.segment, [...(anchored.get(anchor.segment) ?? []), anchor]);
  }
  const { ids, strange } = await segmentsIn(folder);
  const present = new Set(ids);
  for (const name of strange) {
    const file = `segments/${name}`;
    // What bears a segment's name and is no file stands in the place of one; anything else is only out of place.
    if (name.endsWith('.jsonl')) problems.push({ file, line: 0, message: 'This is no plain file.' });
    else notes.push({ file, line: 0, message: 'This is no segment, and was not looked at.' });
  }
  for (const segment of anchored.keys()) {
    if (!present.has(segment)) problems.push(inSegment(segment, 0, 'The segment is anchored but its file is gone.'));
  }
  let calls = 0;
  for (const segment of ids) {
    const found = await checkSegment(folder, segment, anchored.get(segment) ?? [], hashes);
    problems.push(...found.problems);
    notes.push(...found.notes);
    calls += found.calls;
  }
  return {
    ok: problems.length === 0,
    head: headOf(stored.at(-1)),
    segments: present.size,
    calls,
    anchors: stored.length,
    problems,
    notes,
  };
}

/** The head of a chain that ends in this anchor. */
export function headOf(anchor: StoredAnchor | undefined): AuditHead {
  return anchor === undefined ? '' : `${Number.parseInt(anchor.file, 10)}:${anchorHash(anchor.text)}`;
}

function checkAnchors(stored: readonly StoredAnchor[]): AuditProblem[] {
  const problems: AuditProblem[] = [];
  let before = noHash;
  let key: string | undefined;
  for (const [i, { file, text, anchor }] of stored.entries()) {
    const bad = (message: string): void => void problems.push({ file: `anchors/${file}`, line: 0, message });
    if (Number.parseInt(file, 10) !== i + 1) bad(`Anchor ${i + 1} is missing before this one.`);
    if (anchor === undefined) bad('The file is not an anchor.');
    else {
      if (anchor.number !== Number.parseInt(file, 10)) bad('The anchor carries another number than its file.');
      if (anchor.before !== before) bad('The anchor does not follow the one before it.');
      if (!signatureHolds(anchor)) bad('The signature does not hold: the anchor was edited.');
      key ??= anchor.key;
      if (anchor.key !== key) bad('The anchor is signed by another key than the first.');
    }
    before = anchorHash(text);
  }
  return problems;
}

function checkKnownHead(stored: readonly StoredAnchor[], knownHead: AuditHead): AuditProblem[] {
  const [number = '', hash = ''] = knownHead.trim().split(':', 2);
  const anchor = stored.find(({ file }) => Number.parseInt(file, 10) === Number(number));
  if (anchor !== undefined && anchorHash(anchor.text) === hash) return [];
  const message =
    anchor === undefined
      ? `The anchors end before the known head ${number}: the newest part was removed.`
      : `Anchor ${number} is not the known head: the audit was rewritten.`;
  return [{ file: anchor === undefined ? 'anchors' : `anchors/${anchor.file}`, line: 0, message }];
}

async function checkSegment(
  folder: string,
  segment: string,
  anchors: readonly Anchor[],
  hashes: ReadonlySet<string>,
): Promise<{ problems: AuditProblem[]; notes: AuditProblem[]; calls: number }> {
  const problems: AuditProblem[] = [];
  const notes: AuditProblem[] = [];
  const newest = anchors.toSorted((a, b) => a.lines - b.lines).at(-1);
  const state = await readSegment(
    segmentPath(folder, segment),
    anchors.map((anchor) => anchor.lines),
  );
  const { header, lines, brokenAt, torn, heads } = state;
  const bad = (line: number, message: string): void => void problems.push(inSegment(segment, line, message));
  if (brokenAt === 1) bad(1, 'The file does not begin with the header of a segment.');
  else if (brokenAt > 1)
    bad(brokenAt, 'The line does not follow the one before it: it was edited, or lines were removed or moved.');
  if (header !== undefined && header.segment !== segment)
    bad(1, 'The header names another segment: the file was renamed.');
  if (header !== undefined && header.after !== '' && !hashes.has(header.after)) {
    bad(1, 'The anchor after which the segment began is gone: the newest anchors were removed or rewritten.');
  }
  for (const anchor of anchors) {
    if (lines < anchor.lines && brokenAt === 0) {
      bad(lines, `The segment was cut: ${anchor.lines} lines were anchored, ${lines} are there.`);
    } else if (lines >= anchor.lines && heads.get(anchor.lines) !== anchor.head) {
      bad(anchor.lines, 'The segment is not the one that was anchored: it was rewritten.');
    }
  }
  if (newest !== undefined && lines > newest.lines) {
    if (newest.recovered) notes.push(inSegment(segment, newest.lines + 1, 'Lines were added after a recovery.'));
    else bad(newest.lines + 1, 'Lines were added after the segment was closed.');
  }
  if (torn && newest?.recovered === false) bad(lines + 1, 'Text was added after the segment was closed.');
  else if (torn)
    notes.push(inSegment(segment, lines + 1, 'The last line is torn: the process ended while writing it.'));
  if (newest === undefined && brokenAt === 0) notes.push(inSegment(segment, 0, 'The segment is not anchored yet.'));
  return { problems, notes, calls: Math.max(0, lines - 1) };
}

function inSegment(segment: string, line: number, message: string): AuditProblem {
  return { file: `segments/${segment}.jsonl`, line, message };
}

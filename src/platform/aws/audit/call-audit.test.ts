import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fixedClock } from '../../clock/clock.ts';
import type { CallRecord } from '../contract.ts';
import { openCallAudit } from './call-audit.ts';
import { exportAudit } from './export.ts';
import { noHash, sealLine } from './segment.ts';
import { verifyAudit } from './verify.ts';

const clock = fixedClock('2026-03-01T10:00:00Z');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'audit-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function call(i: number): CallRecord {
  return {
    at: `2026-03-01T10:00:00.${String(i % 1000).padStart(3, '0')}Z`,
    account: '111122223333',
    role: 'arn:aws:iam::111122223333:role/VedetteRead',
    purpose: 'read',
    service: 's3',
    action: 'GetBucketPolicy',
    region: 'eu-west-1',
    outcome: i % 3 === 0 ? 'NoSuchBucketPolicy' : 'ok',
    requestId: `REQUEST${i}`,
  };
}

/** One process's run: a segment with `calls` calls, closed. */
async function run(calls: number): Promise<void> {
  const audit = await openCallAudit({ folder, clock });
  for (let i = 0; i < calls; i += 1) audit.record(call(i));
  await audit.close();
}

const segments = (): string[] => readdirSync(join(folder, 'segments')).map((name) => join(folder, 'segments', name));
const anchors = (): string[] => readdirSync(join(folder, 'anchors')).map((name) => join(folder, 'anchors', name));
const linesOf = (path: string): string[] => readFileSync(path, 'utf8').trimEnd().split('\n');
const only = (paths: string[]): string => {
  expect(paths).toHaveLength(1);
  return paths[0] ?? '';
};

async function exported(): Promise<{ head: string; text: string }> {
  const chunks: string[] = [];
  const out = new Writable({
    write: (chunk: Buffer, _, done) => {
      chunks.push(chunk.toString());
      done();
    },
  });
  return { head: await exportAudit(folder, out), text: chunks.join('') };
}

function rewrite(path: string, change: (lines: string[]) => string[]): void {
  const lines = change(linesOf(path)).map((line) => `${line}\n`);
  writeFileSync(path, lines.join(''));
}

describe('the call audit', () => {
  test('keeps every call and verifies', async () => {
    await run(2000);
    await run(3);
    const report = await verifyAudit(folder);
    expect(report).toMatchObject({ ok: true, segments: 2, anchors: 2, calls: 2003, problems: [], notes: [] });
    expect(report.head).toMatch(/^2:[0-9a-f]{64}$/);
  });

  test('writes nothing for a process that called nothing', async () => {
    await run(0);
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, segments: 0, anchors: 0, head: '' });
  });

  test('holds what was called, in order', async () => {
    await run(3);
    const calls = linesOf(only(segments()))
      .slice(1)
      .map((line) => JSON.parse(line) as CallRecord);
    expect(calls.map((one) => one.requestId)).toEqual(['REQUEST0', 'REQUEST1', 'REQUEST2']);
    expect(calls[0]).toMatchObject(call(0));
  });

  test('begins a new segment when one is full', async () => {
    const audit = await openCallAudit({ folder, clock, segmentBytes: 10_000 });
    for (let i = 0; i < 100; i += 1) {
      audit.record(call(i));
      if (i % 10 === 9) await audit.flush();
    }
    await audit.close();
    const report = await verifyAudit(folder);
    expect(report).toMatchObject({ ok: true, calls: 100 });
    expect(report.segments).toBeGreaterThan(2);
    expect(report.anchors).toBe(report.segments);
  });

  test('keeps its key and its files to their owner', async () => {
    await run(1);
    expect(statSync(join(folder, 'anchor.key')).mode & 0o777).toBe(0o600);
    expect(statSync(only(segments())).mode & 0o777).toBe(0o600);
    expect(statSync(only(anchors())).mode & 0o777).toBe(0o600);
  });

  test.skipIf(process.platform === 'win32')(
    'stands what others put into its folders, and follows none of it',
    async () => {
      await run(3);
      writeFileSync(join(folder, 'segments', '.nfs0001'), 'x');
      mkdirSync(join(folder, 'segments', 'folder.jsonl'));
      symlinkSync('/dev/zero', join(folder, 'segments', 'endless.jsonl'));
      symlinkSync('/dev/zero', join(folder, 'anchors', '00000002.json'));
      await run(2);
      const report = await verifyAudit(folder);
      expect(report).toMatchObject({ ok: false, segments: 2, calls: 5 });
      expect(report.problems.map(({ file, message }) => `${file} ${message}`)).toEqual([
        'anchors/00000002.json The file is not an anchor.',
        'segments/endless.jsonl This is no plain file.',
        'segments/folder.jsonl This is no plain file.',
      ]);
      expect(report.notes.map(({ file }) => file)).toEqual(['segments/.nfs0001']);
      expect((await exported()).text).toContain('REQUEST1');
    },
  );

  test('two audits open at once do not disturb each other', async () => {
    const first = await openCallAudit({ folder, clock });
    first.record(call(1));
    await first.flush();
    const second = await openCallAudit({ folder, clock });
    second.record(call(2));
    await Promise.all([first.close(), second.close()]);
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, segments: 2, anchors: 2, calls: 2, notes: [] });
  });

  test('says so when nothing can be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    const below = openCallAudit({ folder: join(folder, 'file'), clock });
    await expect(below).rejects.toMatchObject({ code: 'audit-not-written', place: { file: join(folder, 'file') } });
  });

  test('keeps records that could not be written and writes them later', async () => {
    const errors: string[] = [];
    const audit = await openCallAudit({ folder, clock, onError: (error) => errors.push(error.code) });
    rmSync(join(folder, 'segments'), { recursive: true });
    audit.record(call(1));
    await audit.flush();
    await audit.flush();
    expect(errors).toEqual(['audit-not-written']);
    mkdirSync(join(folder, 'segments'));
    audit.record(call(2));
    await audit.close();
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, calls: 2 });
  });

  test('fails to close when records are lost', async () => {
    const audit = await openCallAudit({ folder, clock });
    rmSync(join(folder, 'segments'), { recursive: true });
    audit.record(call(1));
    await expect(audit.close()).rejects.toMatchObject({ code: 'audit-not-written' });
  });
});

describe('a crash', () => {
  test('loses no flushed call and is closed by the next process', async () => {
    const script = `
      import { openCallAudit } from ${JSON.stringify(fileURLToPath(new URL('./call-audit.ts', import.meta.url)))};
      const audit = await openCallAudit({ folder: process.argv[1], clock: { now: () => new Date() } });
      for (let i = 0; i < 500; i += 1) audit.record({ at: '', account: '111122223333', role: '', purpose: 'read',
        service: 's3', action: 'ListBuckets', region: 'us-east-1', outcome: 'ok', requestId: String(i) });
      await audit.flush();
      process.stdout.write('flushed');
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const before = await verifyAudit(folder);
    expect(before).toMatchObject({ ok: true, calls: 500, anchors: 0 });
    expect(before.notes[0]?.message).toContain('not anchored');
    appendFileSync(only(segments()), '{"at":"2026-03-01T10:00');
    await (await openCallAudit({ folder, clock })).close();
    const after = await verifyAudit(folder);
    expect(after).toMatchObject({ ok: true, calls: 500, anchors: 1 });
    expect(after.notes.map((note) => note.message)).toEqual([
      'The last line is torn: the process ended while writing it.',
    ]);
  });
});

describe('tampering is detected:', () => {
  let knownHead: string;

  beforeEach(async () => {
    await run(20);
    knownHead = (await verifyAudit(folder)).head;
  });

  test('nothing is, where nothing was changed', async () => {
    expect(await verifyAudit(folder, knownHead)).toMatchObject({ ok: true });
  });

  test.each<[string, () => void, string]>([
    [
      'edit',
      () =>
        rewrite(only(segments()), (lines) =>
          lines.map((line, i) => (i === 7 ? line.replace('REQUEST6', 'REQUEST9') : line)),
        ),
      'edited',
    ],
    [
      'edit and seal anew',
      () =>
        rewrite(only(segments()), (lines) => {
          let head = noHash;
          return lines.map((line) => {
            const body = line.replace('REQUEST6', 'REQUEST9').replace(/,"hash":"[0-9a-f]+"\}$/, '}');
            const sealed = sealLine(JSON.parse(body) as CallRecord, head);
            head = sealed.hash;
            return sealed.line;
          });
        }),
      'rewritten',
    ],
    ['delete', () => rewrite(only(segments()), (lines) => lines.toSpliced(5, 1)), 'removed'],
    [
      'reorder',
      () => rewrite(only(segments()), (lines) => lines.toSpliced(5, 2, lines[6] ?? '', lines[5] ?? '')),
      'moved',
    ],
    ['duplicate', () => rewrite(only(segments()), (lines) => lines.toSpliced(5, 0, lines[4] ?? '')), 'edited'],
    ['truncate at a line', () => rewrite(only(segments()), (lines) => lines.slice(0, 15)), 'cut'],
    [
      'truncate within a line',
      () => writeFileSync(only(segments()), readFileSync(only(segments())).subarray(0, -10)),
      'cut',
    ],
    ['append', () => rewrite(only(segments()), (lines) => [...lines, '{}']), 'edited'],
    ['append a torn line', () => appendFileSync(only(segments()), '{"at"'), 'added'],
    ['remove a segment', () => rmSync(only(segments())), 'gone'],
    ['empty a segment', () => writeFileSync(only(segments()), ''), 'cut'],
    [
      'edit an anchor',
      () => rewrite(only(anchors()), (lines) => lines.map((line) => line.replace('"lines":21', '"lines":20'))),
      'signature',
    ],
    [
      'remove anchor and segment',
      () => {
        rmSync(only(anchors()));
        rmSync(only(segments()));
      },
      'removed',
    ],
  ])('%s', async (_, tamper, words) => {
    tamper();
    const report = await verifyAudit(folder, knownHead);
    expect(report.ok).toBe(false);
    expect(report.problems.map((problem) => problem.message).join('\n')).toContain(words);
  });

  test('another spelling of the same signature', async () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const respell = (line: string): string =>
      // The last letter before the padding carries four bits that mean nothing.
      line.replace(/(.)=="\}$/, (_, last: string) => `${letters[letters.indexOf(last) ^ 1] ?? ''}=="}`);
    rewrite(only(anchors()), (lines) => lines.map(respell));
    const { problems } = await verifyAudit(folder);
    expect(problems.map((problem) => problem.message)).toContain('The file is not an anchor.');
  });

  test('any bit that changes in any file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), fc.nat(7), async (which, where, bit) => {
        const files = [only(segments()), only(anchors())];
        const file = files[which % files.length] ?? '';
        const before = readFileSync(file);
        const changed = Buffer.from(before);
        const position = where % before.length;
        changed[position] = (before[position] ?? 0) ^ (1 << bit);
        writeFileSync(file, changed);
        expect(await verifyAudit(folder)).toMatchObject({ ok: false });
        writeFileSync(file, before);
      }),
      { numRuns: 60 },
    );
    expect(await verifyAudit(folder, knownHead)).toMatchObject({ ok: true });
  });

  test('rewrite all, with the key, against a known head', async () => {
    rmSync(join(folder, 'segments'), { recursive: true });
    rmSync(join(folder, 'anchors'), { recursive: true });
    await run(10);
    expect(await verifyAudit(folder)).toMatchObject({ ok: true });
    const report = await verifyAudit(folder, knownHead);
    expect(report.problems.map((problem) => problem.message)).toEqual([
      'Anchor 1 is not the known head: the audit was rewritten.',
    ]);
  });

  test('a later segment shows that its anchor was removed, without a known head', async () => {
    await run(5);
    rmSync(anchors().sort()[0] ?? '');
    const { problems } = await verifyAudit(folder);
    expect(problems.map((problem) => problem.message).join('\n')).toContain(
      'The anchor after which the segment began is gone',
    );
  });

  test('a new key in the middle of the chain', async () => {
    rmSync(join(folder, 'anchor.key'));
    await run(5);
    const { problems } = await verifyAudit(folder);
    expect(problems.map((problem) => problem.message)).toEqual(['The anchor is signed by another key than the first.']);
  });
});

describe('the export', () => {
  test('holds every stored line as it is, and the head', async () => {
    await run(4);
    const { head, text } = await exported();
    expect(await verifyAudit(folder, head)).toMatchObject({ ok: true });
    const lines = text.trimEnd().split('\n');
    expect(JSON.parse(lines[0] ?? '')).toEqual({ audit: 'vedette.audit/1', head });
    expect(lines[1]).toBe(`{"anchor":${linesOf(only(anchors()))[0]}}`);
    const stored = linesOf(only(segments()));
    const segment = (JSON.parse(stored[0] ?? '') as { segment: string }).segment;
    expect(lines.slice(2)).toEqual(stored.map((line) => `{"segment":"${segment}","line":${line}}`));
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { ReportFinding } from '../../features/reports/index.ts';
import { findingsBeyond, readBaseline } from './baseline.ts';

const folder = mkdtempSync(join(tmpdir(), 'vedette-baseline-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const finding = (id: string, state: string): ReportFinding => ({ id, state, severity: 'high' }) as ReportFinding;

test('only findings that the baseline lacks count, and no muted ones', async () => {
  const baseline = await readBaseline(file('a.json', '{"schema":"vedette.scan/1","findings":[{"id":"vf-1"}]}'));
  const findings = [finding('vf-1', 'open'), finding('vf-2', 'open'), finding('vf-3', 'muted')];
  expect(await findingsBeyond(baseline, { findings: () => findings })).toEqual({ high: 1 });
});

test.each([
  ['is not there', join(folder, 'none.json'), /cannot be read/],
  ['is not JSON', file('b.json', '{'), /cannot be read/],
  ['is another JSON', file('c.json', '{"findings":[]}'), /no result of a scan/],
  ['is of a later shape', file('d.json', '{"schema":"vedette.scan/2","findings":[]}'), /no result of a scan/],
])('a baseline that %s is refused', async (_name, path, message) => {
  await expect(readBaseline(path)).rejects.toThrow(message);
});

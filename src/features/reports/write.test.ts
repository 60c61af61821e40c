import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { VedetteError } from '../../domain/errors.ts';
import { slowSink, thrown } from '../../platform/command/testing.ts';
import { sampleModel } from './testing.ts';
import { writeReports } from './write.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-reports-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('reports', () => {
  test('every format asked for is written, files first', async () => {
    const { sink, text } = slowSink();
    const sarif = join(folder, 'a.sarif');
    const html = join(folder, 'a.html');
    const targets = [
      { format: 'json' as const },
      { format: 'sarif' as const, file: sarif },
      { format: 'html' as const, file: html },
    ];
    const written = await writeReports(sampleModel(), targets, { stdout: sink });
    expect(written).toEqual(targets.slice(1));
    expect(JSON.parse(text())).toMatchObject({ schema: 'vedette.scan/1' });
    expect(JSON.parse(readFileSync(sarif, 'utf8'))).toMatchObject({ version: '2.1.0' });
    expect(readFileSync(html, 'utf8')).toContain('</html>');
  });

  test('a file that fails leaves standard output empty', async () => {
    const { sink, text } = slowSink();
    const targets = [{ format: 'json' as const }, { format: 'csv' as const, file: join(folder, 'no', 'a.csv') }];
    expect(await thrown(writeReports(sampleModel(), targets, { stdout: sink }))).toBeInstanceOf(VedetteError);
    expect(text()).toBe('');
  });
});

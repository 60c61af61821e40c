// The hostile corpus through every format: whatever stands in a tag or a name, the report keeps its structure.

import { describe, expect, test } from 'vitest';
import { hostileTexts } from '../../../test/fixtures/hostile-text.ts';
import { type FormatName, formatNames } from '../../platform/command/formats.ts';
import { activeMarkdown } from '../../platform/command/testing.ts';
import { createStyle } from '../../platform/terminal/colour.ts';
import { displayWidth } from '../../platform/terminal/width.ts';
import { renderers } from './formats.ts';
import type { ReportModel } from './model.ts';
import { sampleFinding, sampleGap, sampleModel, sampleRule, textOf } from './testing.ts';

const corpus = hostileTexts();

/** A report in which every foreign field is the given text. */
function modelOf(text: string): ReportModel {
  const foreign = { title: text, reason: text, resource: text, resourceType: text, check: text, region: text };
  // Words of ours come from a store, which may have been imported: from whom, nobody asks.
  const word = text as never;
  const others = { source: word, account: text, id: text };
  const model = sampleModel();
  return sampleModel({
    scan: { ...model.scan, organizationId: text, id: text },
    accounts: model.accounts.map((account) => ({ ...account, name: text, ouPath: text, status: word, scan: word })),
    rules: new Map([
      [text, { ...sampleRule, id: text, title: text, why: text, fix: { text }, references: [text], service: text }],
    ]),
    findings: () => [
      sampleFinding(foreign),
      sampleFinding({ ...foreign, state: 'muted', suppression: { id: text, reason: text } }),
      sampleFinding({ ...foreign, verdict: 'manual' }),
      sampleFinding({ ...foreign, ...others }),
    ],
    selection: `text "${text}"`,
    gaps: () => [
      sampleGap({ detail: text, action: text, service: text, regions: [text], account: text, reason: word }),
    ],
  });
}

const render = (format: FormatName, text: string): Promise<string> => textOf(renderers[format](modelOf(text), {}));

/** Names of tags and of their attributes, in order, values left out; a place where a line may break is none. */
function tagsOf(text: string): string[] {
  return (text.replaceAll('<wbr>', '').match(/<[/!?]?[a-zA-Z](?:[^<>"]|"[^"]*")*>/g) ?? []).map((tag) =>
    tag.replace(/"[^"]*"/g, '""'),
  );
}

const cells = (report: string): number[] =>
  activeMarkdown(report)
    .split('\n')
    .map((row) => row.split('|').length);

const terminal = async (text: string): Promise<string[]> =>
  (await textOf(renderers.table(modelOf(text), { width: 80, style: createStyle(false) }))).split('\n');

describe.each(formatNames)('%s', (format) => {
  test.each(corpus.map(({ kind, name, text }) => [`${kind}: ${name}`, text] as const))('%s', async (_name, text) => {
    const report = await render(format, text);
    // Nothing that a terminal, an editor or a page acts on, and nothing unseen.
    expect(report).not.toMatch(/[^\P{Cc}\n\r]|[\p{Zl}\p{Zp}\p{Cs}]|(?!\u200d)\p{Cf}/u);
    // Some twenty fields hold the text, which may be a megabyte.
    expect(report.length).toBeLessThan(500_000);
  });
});

describe('structure', () => {
  test.each(['html', 'junit'] as const)('%s has the same tags and attributes as with harmless text', async (format) => {
    const harmless = tagsOf(await render(format, 'harmless'));
    expect(harmless.length).toBeGreaterThan(10);
    for (const { name, text } of corpus) {
      const tags = tagsOf(await render(format, text));
      expect([name, ...tags]).toEqual([name, ...harmless]);
    }
  });

  test('the comparison of tags would notice a tag and an attribute', () => {
    expect(tagsOf('<p class="a">x<b></p>')).toEqual(['<p class="">', '<b>', '</p>']);
    expect(tagsOf('<p class="a" onclick="x">')).not.toEqual(tagsOf('<p class="a">'));
  });

  test('html has no link but to documentation and into itself, and a policy that loads nothing', async () => {
    for (const { text } of corpus) {
      const page = await render('html', text);
      for (const [, url = ''] of page.matchAll(/href="([^"]*)"/g))
        expect(url).toMatch(/^(?:https:\/\/|#[a-z]+(?:-\d+)?$)/);
      expect(tagsOf(page).join('')).not.toMatch(/\s(?:src|srcset|style|on\w+)=/i);
    }
    const page = await render('html', 'x');
    expect(page).toContain("default-src 'none'; style-src 'sha256-");
    expect(page).not.toContain('unsafe-inline');
  });

  test('markdown has the same rows and cells, and nothing active is left in them', async () => {
    const harmless = cells(await render('md', 'harmless'));
    for (const { text } of corpus) {
      const report = await render('md', text);
      expect(cells(report)).toEqual(harmless);
      const active = activeMarkdown(report).replace(/^#+ /gm, '');
      expect(active).not.toMatch(/<|\]\(|!\[|https?:\/\/|www\.|javascript:|[@#*~$]/);
    }
  });

  test('the search for active Markdown would find it', () => {
    expect(activeMarkdown('a [x](y)')).toMatch(/\]\(/);
    expect(activeMarkdown('`[x](y)` \\[x\\](y)')).not.toMatch(/\]\(/);
    expect(activeMarkdown('`` a ` <b> `` c')).not.toMatch(/</);
  });

  test.each(['json', 'ocsf', 'asff', 'sarif'] as const)('%s stays valid JSON without raw markup', async (format) => {
    for (const { text } of corpus) {
      const report = await render(format, text);
      expect(() => JSON.parse(report) as unknown).not.toThrow();
      expect(report).not.toMatch(/[<>&]/);
    }
  });

  test('a terminal gets one line a row within its width', async () => {
    const harmless = await terminal('harmless');
    for (const { text } of corpus) {
      const lines = await terminal(text);
      // The rows end with an empty line; the footer may be longer than one.
      expect(lines.indexOf('')).toBe(harmless.indexOf(''));
      expect(lines.length).toBeLessThan(harmless.length + 10);
      expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(80);
    }
  });

  test('csv has the same lines', async () => {
    const harmless = (await render('csv', 'harmless')).split('\r\n').length;
    for (const { text } of corpus) expect((await render('csv', text)).split('\r\n')).toHaveLength(harmless);
  });
});

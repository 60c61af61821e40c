// Markdown for pull requests, issues and wikis: the verdict, the findings, and what could not be seen.

import { severities } from '../../../domain/severity.ts';
import { code, markdown, markdownRow } from '../../../platform/command/markdown.ts';
import type { Chunks, ReportModel } from '../model.ts';
import { count, limits } from '../text.ts';
import { percent, verdictLine } from '../words.ts';

/** Rows that a Markdown page can bear; the rest is counted and left to the other formats. */
const maxRows = 1_000;

/** The report; more than 1,000 findings or gaps are counted, not listed. */
export async function* renderMarkdown(model: ReportModel): Chunks {
  const { scan } = model;
  yield `# Vedette report${scan.simulated ? ' (simulated organisation)' : ''}\n\n`;
  yield `${markdown(verdictLine(model), limits.text)}\n\n`;
  if (model.selection !== undefined) yield `Selected: ${markdown(model.selection, limits.text)}.\n\n`;
  yield `Scan ${code(scan.id, limits.name)} of ${code(scan.organizationId, limits.name)}, finished ${code(scan.finishedAt, 40)}. `;
  yield `Coverage ${percent(model.coverage)}.\n\n`;
  yield markdownRow(['Severity', 'Findings']) + markdownRow(['---', '---:']);
  for (const severity of severities) yield markdownRow([severity, count(model.summary.bySeverity[severity] ?? 0)]);

  yield `\n## Findings\n\n`;
  yield (
    markdownRow(['Severity', 'State', 'Check', 'Account', 'Region', 'Resource', 'Why']) +
      markdownRow(['---', '---', '---', '---', '---', '---', '---'])
  );
  let findings = 0;
  for await (const finding of model.findings()) {
    findings += 1;
    if (findings > maxRows) continue;
    yield markdownRow([
      finding.verdict === 'manual' ? `${finding.severity} (manual)` : finding.severity,
      finding.state,
      code(finding.check, limits.name),
      code(finding.account, 12),
      code(finding.region, 32),
      code(finding.resource, limits.resource),
      markdown(`${finding.title}: ${finding.reason}`, 500),
    ]);
  }
  if (findings === 0) yield `\nNo findings.\n`;
  if (findings > maxRows)
    yield `\n${count(findings - maxRows)} more findings are not listed here; use JSON or CSV for all of them.\n`;

  yield `\n## What could not be seen\n\n`;
  let gaps = 0;
  for await (const gap of model.gaps()) {
    gaps += 1;
    if (gaps === 1)
      yield (
        markdownRow(['Account', 'Regions', 'Action', 'Reason', 'Detail']) +
          markdownRow(['---', '---', '---', '---', '---'])
      );
    if (gaps > maxRows) continue;
    yield markdownRow([
      code(gap.account, 12),
      code(gap.regions.join(' '), 200),
      code(gap.action === '*' ? gap.service : gap.action, limits.name),
      gap.reason,
      markdown(gap.detail, 300),
    ]);
  }
  if (gaps === 0) yield 'Everything that was asked for was read.\n';
  if (gaps > maxRows)
    yield `\n${count(gaps - maxRows)} more gaps are not listed here; use JSON or CSV for all of them.\n`;
}

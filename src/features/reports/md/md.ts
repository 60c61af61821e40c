// Markdown for pull requests, issues and wikis: the verdict, what to fix first, what could not be seen, and the findings.

import { severities } from '../../../domain/severity.ts';
import { code, markdown, markdownRow } from '../../../platform/command/markdown.ts';
import { groupGaps } from '../gap-groups.ts';
import type { Chunks, ReportModel } from '../model.ts';
import { overviewOf } from '../overview.ts';
import { count, limits } from '../text.ts';
import { percent, plural, verdictLine } from '../words.ts';

/** Rows that a Markdown page can bear; the rest is counted and left to the other formats. */
const maxRows = 1_000;
const fixFirst = 5;

async function* worst(model: ReportModel): Chunks {
  const { checks } = await overviewOf(model);
  if (checks.length === 0) return;
  yield '\n## Fix first\n\n';
  yield markdownRow(['Severity', 'Check', 'Findings', 'Accounts', 'What']);
  yield markdownRow(['---', '---', '---:', '---:', '---']);
  for (const { check, severity, findings, accounts } of checks.slice(0, fixFirst)) {
    const title = model.rules.get(check)?.title ?? check;
    yield markdownRow([
      severity,
      code(check, limits.name),
      count(findings),
      count(accounts),
      markdown(title, limits.title),
    ]);
  }
}

async function* unseen(model: ReportModel): Chunks {
  yield '\n## What could not be seen\n\n';
  const gaps = await groupGaps(model.gaps());
  if (gaps.length === 0) {
    yield 'Everything that was asked for was read.\n';
    return;
  }
  yield markdownRow(['Reason', 'Action', 'Accounts', 'Regions', 'For example']);
  yield markdownRow(['---', '---', '---:', '---:', '---']);
  for (const { reason, service, action, accounts, regions, example, detail } of gaps.slice(0, maxRows)) {
    yield markdownRow([
      markdown(reason, limits.name),
      code(action === '*' ? service : action, limits.name),
      count(accounts),
      count(regions),
      `${code(example, 12)} ${markdown(detail, 300)}`,
    ]);
  }
  if (gaps.length > maxRows)
    yield `\n${count(gaps.length - maxRows)} more kinds of gap are not listed here; use JSON for all of them.\n`;
  yield '\nAll of this is unknown. It lowers coverage, and nothing of it counts as passed.\n';
}

async function* findings(model: ReportModel): Chunks {
  yield `\n## Findings\n\n`;
  yield markdownRow(['Severity', 'State', 'Check', 'Account', 'Region', 'Resource', 'Why']);
  yield markdownRow(['---', '---', '---', '---', '---', '---', '---']);
  let written = 0;
  for await (const finding of model.findings()) {
    written += 1;
    if (written > maxRows) continue;
    yield markdownRow([
      finding.verdict === 'manual' ? `${finding.severity} (manual)` : finding.severity,
      markdown(finding.state, limits.name),
      code(finding.check, limits.name),
      code(finding.account, 12),
      code(finding.region, 32),
      code(finding.resource, limits.resource),
      markdown(`${finding.title}: ${finding.reason}`, 500),
    ]);
  }
  if (written === 0) yield `\nNo findings.\n`;
  if (written > maxRows)
    yield `\n${plural(written - maxRows, 'more finding is', 'more findings are')} not listed here; use JSON or CSV for all of them.\n`;
}

/** The report; more than 1,000 findings or kinds of gap are counted, not listed. Reads the findings twice. */
export async function* renderMarkdown(model: ReportModel): Chunks {
  const { scan } = model;
  yield `# Vedette report${scan.simulated ? ' (simulated organisation)' : ''}\n\n`;
  yield `${markdown(verdictLine(model), limits.text)}\n\n`;
  if (model.selection !== undefined) yield `Selected: ${markdown(model.selection, limits.text)}.\n\n`;
  yield `Scan ${code(scan.id, limits.name)} of ${code(scan.organizationId, limits.name)}, finished ${code(scan.finishedAt, 40)}. `;
  yield `Coverage ${percent(model.coverage)}.\n\n`;
  yield markdownRow(['Severity', 'Findings']) + markdownRow(['---', '---:']);
  for (const severity of severities) yield markdownRow([severity, count(model.summary.bySeverity[severity] ?? 0)]);
  yield* worst(model);
  yield* unseen(model);
  yield* findings(model);
}

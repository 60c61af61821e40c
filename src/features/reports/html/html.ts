// One self-contained HTML page: loads nothing, prints well, works by keyboard, in light and dark.

import type { Gap } from '../../../domain/gap.ts';
import { severities } from '../../../domain/severity.ts';
import type { Chunks, ReportAccount, ReportFinding, ReportModel, ReportRule } from '../model.ts';
import { count, documentationUrl, limits, markup } from '../text.ts';
import { percent, scoreText, verdictLine } from '../words.ts';
import { contentSecurityPolicy, script, style } from './page.ts';

/** Rows that a browser sorts without effort; the rest is counted and left to the other formats. */
const maxRows = 20_000;

function head(title: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
`;
}

function heading(columns: readonly string[]): string {
  const cells = columns.map((column) => `<th scope="col"><button type="button">${column}</button></th>`);
  return `<thead><tr>${cells.join('')}</tr></thead>\n<tbody>\n`;
}

/** A cell that sorts by its rank: severities and states are words whose alphabet says nothing. */
const severityCell = ({ severity, verdict }: ReportFinding): string =>
  `<td class="${severity}" data-sort="${severities.indexOf(severity)}">${severity}${verdict === 'manual' ? ' (manual)' : ''}</td>`;

function findingRow(finding: ReportFinding, names: ReadonlyMap<string, string>): string {
  const name = names.get(finding.account) ?? '';
  const muted = finding.suppression === undefined ? '' : `: ${markup(finding.suppression.reason, limits.reason)}`;
  return `<tr>${severityCell(finding)}<td>${finding.state}${muted}</td><td>${markup(finding.title, limits.title)}<br><span class="soft">${markup(finding.reason, limits.reason)}</span></td><td class="key">${markup(name, 64)}<br><span class="soft">${markup(finding.account, 12)}</span></td><td class="key">${markup(finding.region, 32)}</td><td class="id">${markup(finding.resource, limits.resource)}</td><td class="id">${markup(finding.check, limits.name)}</td></tr>\n`;
}

function accountRow(account: ReportAccount): string {
  const score = account.score ?? -1;
  return `<tr><td>${markup(account.name, limits.name)}</td><td class="key">${markup(account.id, 12)}</td><td>${markup(account.ouPath, limits.resource)}</td><td>${account.status}</td><td>${account.scan}</td><td data-sort="${score}">${scoreText(account.score)}</td><td data-sort="${account.coverage}">${percent(account.coverage)}</td></tr>\n`;
}

function gapRow(gap: Gap): string {
  const action = gap.action === '*' ? `${gap.service} (all)` : gap.action;
  return `<tr><td class="key">${markup(gap.account, 12)}</td><td>${markup(gap.regions.join(' '), limits.resource)}</td><td class="id">${markup(action, limits.name)}</td><td>${gap.reason}</td><td>${markup(gap.detail, limits.reason)}</td></tr>\n`;
}

function ruleEntry(rule: ReportRule): string {
  const links = rule.references.flatMap((one) => {
    const url = documentationUrl(one);
    if (url === undefined) return [];
    return `<li><a rel="noreferrer noopener" href="${markup(url, limits.resource)}">${markup(url, limits.resource)}</a></li>`;
  });
  return `<details><summary>${markup(rule.title, limits.title)} <span class="soft">${markup(rule.id, limits.name)}</span></summary><p>${markup(rule.why, limits.text)}</p><p>${markup(rule.fix.text, limits.text)}</p>${links.length === 0 ? '' : `<ul>${links.join('')}</ul>`}</details>\n`;
}

function figures(model: ReportModel): string {
  const all = [
    ['Score', `${scoreText(model.score)} of 100`],
    ['Coverage', percent(model.coverage)],
    ...severities.map((severity) => [severity, count(model.summary.bySeverity[severity] ?? 0)]),
  ];
  return `<dl class="figures">${all.map(([term, value]) => `<div><dt>${term}</dt><dd>${value}</dd></div>`).join('')}</dl>\n`;
}

async function* table<T>(
  id: string,
  caption: string,
  columns: readonly string[],
  rows: Iterable<T> | AsyncIterable<T>,
  shape: (row: T) => string,
): Chunks {
  yield `<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table id="${id}" data-sortable><caption>${caption}. Press a heading to sort.</caption>${heading(columns)}`;
  let written = 0;
  for await (const row of rows) {
    written += 1;
    if (written <= maxRows) yield shape(row);
  }
  if (written === 0) yield `<tr><td colspan="${columns.length}">None.</td></tr>\n`;
  yield '</tbody></table></div>\n';
  if (written > maxRows)
    yield `<p>${count(written - maxRows)} more rows are not on this page; use JSON or CSV for all of them.</p>\n`;
}

/** The report as one page; at most 20,000 rows of each table, the rest counted. */
export async function* renderHtml(model: ReportModel): Chunks {
  const { scan } = model;
  const names = new Map(model.accounts.map((account) => [account.id, account.name]));
  const seen = new Set<string>();
  yield head(`Vedette report, ${markup(scan.organizationId, limits.name)}`);
  yield `<h1>Vedette report</h1>\n<p class="soft">Organisation ${markup(scan.organizationId, limits.name)}, scan ${markup(scan.id, limits.name)}, finished ${markup(scan.finishedAt, 40)}, version ${markup(model.version, 40)}</p>\n`;
  if (scan.simulated) yield '<p class="note">Simulated organisation: nothing here is about a real account.</p>\n';
  if (model.selection !== undefined) yield `<p class="note">Selected: ${markup(model.selection, limits.text)}.</p>\n`;
  yield `<p class="verdict">${markup(verdictLine(model), limits.text)}</p>\n${figures(model)}`;
  yield '<h2>Findings</h2>\n<label>Filter by words <input id="filter" type="search" autocomplete="off"></label><p id="shown" class="soft" role="status"></p>\n';
  const columns = ['Severity', 'State', 'What and why', 'Account', 'Region', 'Resource', 'Check'];
  yield* table('findings', 'Findings', columns, model.findings(), (finding) => {
    seen.add(finding.check);
    return findingRow(finding, names);
  });
  yield '<h2>What could not be seen</h2>\n';
  yield* table(
    'gaps',
    'Evidence that could not be read',
    ['Account', 'Regions', 'Action', 'Reason', 'Detail'],
    model.gaps(),
    gapRow,
  );
  yield '<h2>Accounts</h2>\n';
  const accountColumns = ['Name', 'Account', 'Organisational unit', 'Status', 'Read', 'Score', 'Coverage'];
  yield* table('accounts', 'Accounts', accountColumns, model.accounts, accountRow);
  yield '<h2>Why, and how to fix</h2>\n';
  for (const id of [...seen].sort()) {
    const rule = model.rules.get(id);
    if (rule !== undefined) yield ruleEntry(rule);
  }
  yield `</main>\n<script>${script}</script>\n</body>\n</html>\n`;
}

// One self-contained HTML page: loads nothing, prints well, works by keyboard, in light and dark.
// What a reader wants first stands first: the verdict, what to fix, the accounts, what could not be seen; then every finding.

import { severities } from '../../../domain/severity.ts';
import { groupGaps } from '../gap-groups.ts';
import type { Chunks, ReportModel } from '../model.ts';
import { type Counts, noCounts, overviewOf } from '../overview.ts';
import { count, limits, markup } from '../text.ts';
import { percent, plural, scoreText, verdictLine } from '../words.ts';
import { severityBar } from './bar.ts';
import { contentSecurityPolicy, script, style } from './page.ts';
import { accountRow, checkRow, findingRow, gapRow, ruleEntry } from './rows.ts';

/** Rows that a browser sorts without effort; the rest is counted and left to the other formats. */
const maxRows = 20_000;
const fixFirst = 5;

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

const total = (counts: Counts): number => severities.reduce((sum, severity) => sum + counts[severity], 0);

function figures(model: ReportModel): string {
  const counts = { ...noCounts(), ...model.summary.bySeverity };
  const all = [
    ['Score', `${scoreText(model.score)} of 100`, ''],
    ['Coverage', percent(model.coverage), ''],
    ...severities.map((severity) => [severity, count(counts[severity]), counts[severity] === 0 ? 'soft' : severity]),
  ];
  return `<dl class="figures">${all.map(([term, value, paint]) => `<div><dt>${term}</dt><dd class="${paint}">${value}</dd></div>`).join('')}</dl>\n${severityBar(counts, total(counts))}\n`;
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

const sections = {
  fix: 'Fix first',
  accounts: 'Accounts',
  unseen: 'What could not be seen',
  findings: 'Findings',
  why: 'Why, and how to fix',
} as const;
const section = (id: keyof typeof sections): string => `<h2 id="${id}">${sections[id]}</h2>\n`;
const contents = `<nav aria-label="Contents"><ul>${Object.entries(sections)
  .map(([id, title]) => `<li><a href="#${id}">${title}</a></li>`)
  .join('')}</ul></nav>\n`;

/** The report as one page; at most 20,000 rows of each table, the rest counted. Reads the findings twice. */
export async function* renderHtml(model: ReportModel): Chunks {
  const { scan, rules } = model;
  const names = new Map(model.accounts.map((account) => [account.id, account.name]));
  const overview = await overviewOf(model);
  /** Where on the page each check is explained: a number of ours, whatever the check is called. */
  const places = new Map([...rules.keys()].map((check, index) => [check, `why-${index + 1}`]));
  yield head(`Vedette report, ${markup(scan.organizationId, limits.name)}`);
  yield `<h1>Vedette report</h1>\n<p class="soft">Organisation ${markup(scan.organizationId, limits.name)}, scan ${markup(scan.id, limits.name)}, finished ${markup(scan.finishedAt, 40)}, version ${markup(model.version, 40)}</p>\n`;
  if (scan.simulated) yield '<p class="note">Simulated organisation: nothing here is about a real account.</p>\n';
  if (model.selection !== undefined) yield `<p class="note">Selected: ${markup(model.selection, limits.text)}.</p>\n`;
  yield `<p class="verdict">${markup(verdictLine(model), limits.text)}</p>\n${figures(model)}${contents}`;

  yield section('fix');
  const first = overview.checks.slice(0, fixFirst);
  yield first.length === 0
    ? '<p>Nothing is open.</p>\n'
    : `<ol>${first.map((one) => checkRow(one, rules.get(one.check), places.get(one.check))).join('')}</ol>\n`;

  yield section('accounts');
  const countsOf = (id: string): Counts => overview.accounts.get(id) ?? noCounts();
  const most = Math.max(0, ...[...overview.accounts.values()].map(total));
  const worst = [...model.accounts].sort((a, b) => {
    const [of, others] = [countsOf(a.id), countsOf(b.id)];
    const severity = severities.find((one) => of[one] !== others[one]);
    return severity === undefined ? 0 : others[severity] - of[severity];
  });
  const accountColumns = ['Account', 'Organisational unit', ...severities.slice(0, 4), 'Findings', 'Score', 'Coverage'];
  yield* table('account-table', 'Accounts', [...accountColumns, 'Read'], worst, (account) =>
    accountRow(account, countsOf(account.id), most),
  );

  yield section('unseen');
  const gaps = await groupGaps(model.gaps());
  if (gaps.length === 0) yield '<p>Nothing: everything that was asked for was read.</p>\n';
  else {
    yield `<p class="soft">All of this is unknown. It lowers coverage, and nothing of it counts as passed. ${plural(gaps.length, 'kind')} of gap; JSON names every account and region.</p>\n`;
    yield* table(
      'gap-table',
      'Evidence that could not be read',
      ['Reason', 'Action', 'Where', 'Regions', 'For example'],
      gaps,
      gapRow,
    );
  }

  yield section('findings');
  yield '<label>Filter by words <input id="filter" type="search" autocomplete="off"></label><p id="shown" class="soft" role="status"></p>\n';
  const columns = ['Severity', 'State', 'What and why', 'Account', 'Region', 'Resource', 'Check and finding'];
  const seen = new Set<string>();
  yield* table('finding-table', 'Findings', columns, model.findings(), (finding) => {
    seen.add(finding.check);
    return findingRow(finding, names, places.get(finding.check));
  });

  yield section('why');
  for (const { check } of first) seen.add(check);
  for (const [id, rule] of rules) if (seen.has(id)) yield ruleEntry(rule, places.get(id) ?? '');
  yield `</main>\n<script>${script}</script>\n</body>\n</html>\n`;
}

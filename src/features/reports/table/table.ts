// The table that people see: the findings in the order of urgency, then in one line what could not be seen.

import type { Column } from '../../../platform/terminal/table.ts';
import { renderTable } from '../../../platform/terminal/table.ts';
import { sanitize } from '../../../platform/terminal/sanitize.ts';
import type { Style } from '../../../platform/terminal/colour.ts';
import { wrap } from '../../../platform/terminal/width.ts';
import type { Chunks, ReportFinding, ReportModel } from '../model.ts';
import { percent, plural, scoreText } from '../words.ts';

export interface TableFormatOptions {
  /** Columns of the terminal; undefined when the output is not one. */
  width: number | undefined;
  style: Style;
}

/** The resource without what the other columns say already: an ARN's part after account. */
function shortResource(finding: ReportFinding): string {
  const parts = finding.resource.split(':');
  return finding.resource.startsWith('arn:') && parts.length > 5 ? parts.slice(5).join(':') : finding.resource;
}

/** As much of an id as commands need to know which finding is meant; see `findingBy`. */
const shortId = 'vf-'.length + 10;

/** The columns of a list of findings. A terminal has room for some; where there is no width all are whole. */
function findingColumns(names: ReadonlyMap<string, string>, terminal: boolean): readonly Column<ReportFinding>[] {
  const title: Column<ReportFinding> = { header: 'TITLE', value: ({ title }) => title };
  return [
    {
      header: 'SEVERITY',
      value: ({ severity }) => severity.toUpperCase(),
      priority: 0,
      paint: (cell, { severity }, style) => style.severity(severity)(cell),
    },
    {
      header: 'STATE',
      value: ({ state, verdict }) => (verdict === 'manual' ? `${state}, manual` : state),
      priority: 4,
    },
    { header: 'ACCOUNT', value: ({ account }) => names.get(account) ?? '', priority: 2, minWidth: 10, maxWidth: 24 },
    { header: 'ACCOUNT ID', value: ({ account }) => account, priority: 3 },
    { header: 'REGION', value: ({ region }) => region, priority: 5 },
    { header: 'CHECK', value: ({ check }) => check, priority: 0, minWidth: 16 },
    {
      header: 'RESOURCE',
      value: (finding) => (terminal ? shortResource(finding) : finding.resource),
      priority: 0,
      minWidth: 16,
      maxWidth: 60,
      cut: 'middle',
    },
    ...(terminal ? [] : [title]),
    { header: 'FINDING', value: ({ id }) => (terminal ? id.slice(0, shortId) : id), priority: 1 },
  ];
}

/** How much was seen where no call failed: an account that nobody looked at has no gaps either. */
function withoutGaps({ accounts, coverage }: ReportModel): string {
  if (accounts.length > 0 && accounts.every(({ scan }) => scan === 'skipped'))
    return 'the last scan looked at none of these accounts';
  return coverage < 1 ? 'no call failed, but not every check could be judged' : 'nothing was left unread';
}

/** Findings as a table, then a line with score, coverage and gaps. */
export async function* renderFindingsTable(model: ReportModel, options: TableFormatOptions): Chunks {
  const names = new Map(model.accounts.map((account) => [account.id, account.name]));
  let rows = 0;
  async function* counted(): AsyncGenerator<ReportFinding> {
    for await (const finding of model.findings()) {
      rows += 1;
      yield finding;
    }
  }
  const table = renderTable(findingColumns(names, options.width !== undefined), counted(), options);
  for await (const part of table) yield rows === 0 ? 'No finding matches.\n' : part;
  let gaps = 0;
  for await (const gap of model.gaps()) gaps += gap.regions.length > 0 ? 1 : 0;
  const { dim } = options.style;
  const seen = gaps === 0 ? withoutGaps(model) : `${plural(gaps, 'gap')}: not everything could be read`;
  const figures = `score ${scoreText(model.score)}, coverage ${percent(model.coverage)}`;
  const simulated = model.scan.simulated ? ', simulated organisation' : '';
  const selected = model.selection === undefined ? '' : ` (${sanitize(model.selection, { maxLength: 300 })})`;
  const footer = `${plural(rows, 'finding')}${selected}, ${figures}, ${seen}${simulated}.`;
  const lines = options.width === undefined ? [footer] : wrap(footer, options.width);
  yield `\n${lines.map((one) => `${dim(one)}\n`).join('')}`;
}

// The table that people see: the findings in the order of urgency, then in one line what could not be seen.

import type { Column } from '../../../platform/terminal/table.ts';
import { renderTable } from '../../../platform/terminal/table.ts';
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

/** The columns of a list of findings. */
export function findingColumns(
  names: ReadonlyMap<string, string>,
  terminal: boolean,
): readonly Column<ReportFinding>[] {
  return [
    {
      header: 'SEVERITY',
      value: ({ severity }) => severity,
      priority: 0,
      paint: (cell, { severity }, style) => style.severity(severity)(cell),
    },
    {
      header: 'STATE',
      value: ({ state, verdict }) => (verdict === 'manual' ? `${state}, manual` : state),
      priority: 5,
    },
    {
      header: 'ACCOUNT',
      value: ({ account }) => (terminal ? names.get(account) || account : account),
      priority: 1,
      minWidth: 10,
      maxWidth: 24,
    },
    { header: 'REGION', value: ({ region }) => region, priority: 4 },
    {
      header: 'RESOURCE',
      value: (finding) => (terminal ? shortResource(finding) : finding.resource),
      priority: 0,
      minWidth: 16,
      maxWidth: 60,
      cut: 'middle',
    },
    { header: 'TITLE', value: ({ title }) => title, priority: 2, minWidth: 20, maxWidth: 70 },
    { header: 'CHECK', value: ({ check }) => check, priority: 6, minWidth: 16 },
    { header: 'ID', value: ({ id }) => id, priority: 7 },
  ];
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
  yield* renderTable(findingColumns(names, options.width !== undefined), counted(), options);
  let gaps = 0;
  for await (const gap of model.gaps()) gaps += gap.regions.length > 0 ? 1 : 0;
  const { dim } = options.style;
  const seen = gaps === 0 ? 'nothing was left unread' : `${plural(gaps, 'gap')}: not everything could be read`;
  const figures = `score ${scoreText(model.score)}, coverage ${percent(model.coverage)}`;
  const simulated = model.scan.simulated ? ', simulated organisation' : '';
  const footer = `${plural(rows, 'finding')}, ${figures}, ${seen}${simulated}.`;
  const lines = options.width === undefined ? [footer] : wrap(footer, options.width);
  yield `\n${lines.map((one) => `${dim(one)}\n`).join('')}`;
}

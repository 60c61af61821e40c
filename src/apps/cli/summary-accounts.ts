// The table of accounts by severity: the worst fifteen, the rest as one line, all as one line.

import { severities } from '../../domain/severity.ts';
import type { Severity } from '../../domain/severity.ts';
import { percent, plural, scoreText } from '../../features/reports/index.ts';
import type { AccountSeverities } from '../../features/reports/index.ts';
import type { Style } from '../../platform/terminal/colour.ts';
import { tableText } from '../../platform/terminal/table.ts';
import type { Column } from '../../platform/terminal/table.ts';
import { totalsOf } from './summary-words.ts';

const shownAccounts = 15;

interface Line {
  kind: 'account' | 'sum';
  name: string;
  id: string;
  score: string;
  coverage: string;
  counts: Partial<Record<Severity, number>>;
  read: string;
}

const figure = new Intl.NumberFormat('en-GB');

/** Worst first: by critical, then high and so on, then what was read least, then the lower score. */
function byNeed(a: AccountSeverities, b: AccountSeverities): number {
  for (const severity of severities) {
    const difference = (b.counts[severity] ?? 0) - (a.counts[severity] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.coverage - b.coverage || (a.score ?? 101) - (b.score ?? 101) || (a.id < b.id ? -1 : 1);
}

const isQuiet = ({ counts, scan }: AccountSeverities): boolean =>
  scan === 'complete' && severities.every((severity) => (counts[severity] ?? 0) === 0);

function accountLine(account: AccountSeverities): Line {
  return {
    kind: 'account',
    name: account.name === '' ? account.id : account.name,
    id: account.id,
    score: scoreText(account.score),
    coverage: percent(account.coverage),
    counts: account.counts,
    read: account.scan,
  };
}

function sumLine(name: string, accounts: readonly AccountSeverities[]): Line {
  const incomplete = accounts.filter(({ scan }) => scan !== 'complete').length;
  return {
    kind: 'sum',
    name,
    id: '',
    score: '',
    coverage: '',
    counts: totalsOf(accounts),
    read: incomplete === 0 ? 'complete' : `${figure.format(incomplete)} incomplete`,
  };
}

/** The lines of the table. */
function linesOf(accounts: readonly AccountSeverities[]): Line[] {
  const sorted = [...accounts].sort(byNeed);
  const telling = sorted.filter((account) => !isQuiet(account));
  // One account more is shown rather than counted as "1 more".
  const shown = accounts.length <= shownAccounts + 1 ? sorted : telling.slice(0, shownAccounts);
  const rest = sorted.filter((account) => !shown.includes(account));
  const lines = shown.map(accountLine);
  if (rest.length > 0) {
    const more = shown.length === 0 ? plural(rest.length, 'account') : plural(rest.length, 'more account');
    lines.push(sumLine(rest.every(isQuiet) ? `${more}, no findings` : more, rest));
  }
  if (accounts.length > 1 && shown.length > 0)
    lines.push(sumLine(`all ${figure.format(accounts.length)} accounts`, accounts));
  return lines;
}

const count = (severity: Severity): Column<Line> => ({
  header: severity.toUpperCase(),
  align: 'right',
  priority: severity === 'info' ? 6 : 0,
  value: ({ counts }) => ((counts[severity] ?? 0) === 0 ? '·' : figure.format(counts[severity] ?? 0)),
  paint: (cell, { counts }, style) =>
    (counts[severity] ?? 0) === 0 ? style.dim(cell) : style.severity(severity)(cell),
});

const columns: readonly Column<Line>[] = [
  {
    header: 'ACCOUNT',
    value: ({ name }) => name,
    priority: 0,
    minWidth: 18,
    maxWidth: 32,
    paint: (cell, { kind }, style) => (kind === 'sum' ? style.bold(cell) : cell),
  },
  { header: 'ID', value: ({ id }) => id, priority: 7, paint: (cell, _line, style) => style.dim(cell) },
  ...severities.map(count),
  { header: 'SCORE', value: ({ score }) => score, align: 'right', priority: 2 },
  { header: 'COVERAGE', value: ({ coverage }) => coverage, align: 'right', priority: 3 },
  {
    header: 'READ',
    value: ({ read }) => read,
    priority: 1,
    paint: (cell, { read }, style) => (read === 'complete' ? style.dim(cell) : style.yellow(cell)),
  },
];

/** The table as text; empty without accounts. */
export function accountTable(
  accounts: readonly AccountSeverities[],
  options: { style: Style; width: number | undefined; indent: string },
): string {
  return accounts.length === 0 ? '' : tableText(columns, linesOf(accounts), options);
}

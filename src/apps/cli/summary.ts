// The end of a scan, for a person: the verdict, what to fix first, how the accounts stand, what changed,
// what could not be seen, and what to do next. Pure; every printed command stands whole on a line of its own.

import { parseArn } from '../../domain/arn.ts';
import { severities } from '../../domain/severity.ts';
import { percent, plural, scoreText } from '../../features/reports/index.ts';
import type { FixFirst, GapGroup, ScanSummary } from '../../features/reports/index.ts';
import type { Style } from '../../platform/terminal/colour.ts';
import { formatDuration } from '../../platform/terminal/progress-line.ts';
import { sanitize } from '../../platform/terminal/sanitize.ts';
import { displayWidth, pad, truncate, truncateMiddle, wrap } from '../../platform/terminal/width.ts';
import { accountTable } from './summary-accounts.ts';
import { countsText, difference, isUnread, moment, totalsOf, verdictSentence } from './summary-words.ts';

export interface SummaryOptions {
  style: Style;
  /** Columns of the terminal; undefined when the output is not one: nothing is cut or wrapped then. */
  width: number | undefined;
}

/** How each part is laid out. */
interface Layout {
  style: Style;
  width: number | undefined;
  /** Prose is easier to read when it is not as wide as the screen. */
  prose: number;
}

const figure = (value: number): string => new Intl.NumberFormat('en-GB').format(value);
const margin = '  ';
const deep = ' '.repeat(15);

function prose(text: string, { prose: width }: Layout, indent = margin): string[] {
  return wrap(text, width - indent.length).map((line) => `${indent}${line}`);
}

const command = (text: string, { style }: Layout): string => style.cyan(sanitize(text, { maxLength: 2_000 }));

function section(title: string, lines: readonly string[], { style }: Layout): string[] {
  return lines.length === 0 ? [] : ['', style.bold(title), ...lines];
}

function headLines(summary: ScanSummary, layout: Layout): string[] {
  const { style } = layout;
  const of = summary.simulated ? 'Simulated organisation' : 'Organisation';
  const facts = [
    `${of} ${sanitize(summary.organizationId, { maxLength: 60 })}`,
    plural(summary.accounts.length, 'account'),
    plural(summary.regions, 'region'),
    plural(summary.checks, 'check'),
    plural(summary.apiCalls, 'call'),
    formatDuration(summary.durationMs),
  ];
  const lines = wrap(facts.join(' · '), layout.prose).map(style.dim);
  return summary.finished
    ? lines
    : [...lines, style.yellow('The scan was interrupted. What follows is what it had judged until then.')];
}

function verdictLines(summary: ScanSummary, layout: Layout): string[] {
  const { style } = layout;
  const totals = totalsOf(summary.accounts);
  const worst = severities.find((severity) => totals[severity] > 0);
  const paint = worst === undefined ? style.bold : (text: string): string => style.severity(worst)(text);
  const changed = (text: string): string => (text === '' ? '' : style.dim(` (${text})`));
  const { changes } = summary;
  const score = changed(difference(summary.score, changes?.scoreBefore ?? null));
  const before = changes?.coverageBefore ?? null;
  const coverage = changed(difference(summary.coverage * 100, before === null ? null : before * 100));
  const figures = [
    `Score ${style.bold(scoreText(summary.score))} of 100${score}`,
    `Coverage ${style.bold(percent(summary.coverage))}${coverage}`,
  ].join('    ');
  const counted = countsText(totals);
  const manual = summary.manual === 0 ? '' : `${figure(summary.manual)} to be judged by a person`;
  const rest = [counted, manual].filter((text) => text !== '').join('; ');
  return [
    '',
    ...wrap(verdictSentence(summary), layout.prose).map(paint),
    figures,
    ...(rest === '' ? [] : wrap(`Findings: ${rest}`, layout.prose)),
  ];
}

function fixLines(fix: FixFirst, index: number, layout: Layout): string[] {
  const { style, width } = layout;
  const room = layout.prose - deep.length;
  const [first = '', ...more] = wrap(sanitize(fix.title, { maxLength: 200 }), room);
  const extent = `${plural(fix.findings, 'finding')} in ${plural(fix.accounts, 'account')}`;
  const word = style.severity(fix.severity)(pad(fix.severity, 8));
  const { example } = fix;
  const name = sanitize(example.accountName, { maxLength: 60 });
  const account = name === '' || name === example.account ? example.account : `${name} (${example.account})`;
  const place = `${account} · ${sanitize(example.region, { maxLength: 40 })} · `;
  const resource = shortResource(example.resource);
  const fitted = width === undefined ? resource : truncateMiddle(resource, Math.max(20, room - displayWidth(place)));
  const where = width === undefined ? place + fitted : truncate(place + fitted, room);
  return [
    `${margin}${pad(String(index + 1), 2, 'right')} ${word}  ${style.bold(first)}`,
    ...more.map((line) => `${deep}${style.bold(line)}`),
    `${deep}${extent}${fix.findings > 1 ? ', for example' : ''}`,
    `${deep}${where}`,
    ...wrap(sanitize(example.reason, { maxLength: 300 }), room)
      .filter((line) => line !== '')
      .map((line) => `${deep}${style.dim(line)}`),
    `${deep}${command(fix.command, layout)}`,
  ];
}

function changeLines({ changes }: ScanSummary, layout: Layout): string[] {
  if (changes === null) return prose('This is the first scan: there is nothing to compare it with.', layout);
  const parts = [
    changes.new > 0 ? `${figure(changes.new)} new` : '',
    changes.reopened > 0 ? `${figure(changes.reopened)} reopened` : '',
    changes.resolved > 0 ? `${figure(changes.resolved)} resolved` : '',
    changes.muted > 0 ? `${figure(changes.muted)} muted` : '',
    changes.ended > 0 ? `${figure(changes.ended)} ended because an account closed or left` : '',
    changes.ruleChanged > 0 ? `${figure(changes.ruleChanged)} different because a check changed` : '',
  ].filter((part) => part !== '');
  return prose(
    parts.length === 0 ? 'Nothing: no finding came, went or changed.' : `Findings: ${parts.join(', ')}.`,
    layout,
  );
}

/** A resource beside its account and region: an ARN's service and what stands after the account. */
function shortResource(resource: string): string {
  const arn = parseArn(resource);
  return sanitize(arn === undefined || arn.resource === '' ? resource : `${arn.service} ${arn.resource}`, {
    maxLength: 300,
  });
}

const gapSubject = ({ service, action }: GapGroup): string =>
  sanitize(service === '*' ? 'everything' : action === '*' ? `${service}, all of it` : action, { maxLength: 80 });

function gapPlace({ accounts, regions, region, example }: GapGroup): string {
  const where = accounts === 1 ? `account ${sanitize(example, { maxLength: 20 })}` : plural(accounts, 'account');
  if (regions > 1) return `${where}, ${plural(regions, 'region')}`;
  return region === '' ? where : `${where}, ${sanitize(region, { maxLength: 30 })}`;
}

/** Why, where the words before do not tell it: of a failed call, or of all that is closed. */
function gapReason({ reason, service, detail }: GapGroup, layout: Layout): string[] {
  if ((reason !== 'failed' && service !== '*') || detail === '') return [];
  return prose(sanitize(detail, { maxLength: 200 }), layout, deep).map(layout.style.dim);
}

/** Kinds of gaps that are shown one by one. */
const shownGaps = 8;

function gapLines(summary: ScanSummary, layout: Layout): string[] {
  const { style } = layout;
  const unread = summary.accounts.filter(isUnread);
  const names = unread
    .slice(0, 5)
    .map(({ name, id, scan }) => `${sanitize(name === '' ? id : name, { maxLength: 40 })} (${scan})`);
  if (unread.length > names.length) names.push(`${plural(unread.length - names.length, 'more account')}`);
  const whole =
    unread.length === 0
      ? []
      : prose(`${plural(unread.length, 'account')} not read at all: ${names.join(', ')}`, layout);
  const entering = summary.gaps.find(({ action }) => action === 'sts:AssumeRole');
  const refusal =
    entering === undefined
      ? []
      : prose(`For example ${entering.example}: ${sanitize(entering.detail, { maxLength: 1_500 })}`, layout, deep);
  const unlisted = summary.unlisted.slice(0, 5).flatMap((text) => prose(sanitize(text, { maxLength: 500 }), layout));
  const lacking = summary.accountsMayLack
    ? prose('The list of accounts may lack some: Organizations did not tell all. No score stands for them.', layout)
    : [];
  const shown = summary.gaps.filter((gap) => gap !== entering).slice(0, shownGaps);
  const places = shown.map(gapPlace);
  const left = layout.prose - margin.length - 11 - 4 - Math.max(0, ...places.map(displayWidth));
  const subjectWidth = Math.max(12, Math.min(left, Math.max(0, ...shown.map((gap) => displayWidth(gapSubject(gap))))));
  const groups = shown.flatMap((gap, index) => {
    const subject = pad(truncate(gapSubject(gap), subjectWidth), subjectWidth);
    const line = `${margin}${style.yellow(pad(gap.reason, 11))}  ${subject}  ${style.dim(places[index] ?? '')}`;
    return [line, ...gapReason(gap, layout)];
  });
  const more = summary.gaps.length - shown.length - (entering === undefined ? 0 : 1);
  if (whole.length === 0 && summary.gaps.length === 0)
    return summary.coverage >= 1
      ? prose('Nothing: everything that was asked for was read.', layout)
      : prose('No call failed, but not every check could be judged: coverage says how much.', layout);
  return [
    ...lacking,
    ...unlisted,
    ...whole,
    ...refusal,
    ...groups,
    ...(more > 0
      ? [`${margin}${style.dim(`and ${plural(more, 'more kind')} of gap: --output json lists them all`)}`]
      : []),
    ...prose('All of this is unknown. It lowers coverage, and nothing of it counts as passed.', layout).map(style.dim),
  ];
}

/** The end of a scan as text, with a line feed at its end. */
export function renderSummary(summary: ScanSummary, { style, width }: SummaryOptions): string {
  const layout: Layout = { style, width, prose: width === undefined ? 100_000 : Math.max(40, Math.min(width, 100)) };
  const table = accountTable(summary.accounts, { style, width, indent: margin });
  const fixes = summary.fixFirst.slice(0, 5).map((fix, index) => fixLines(fix, index, layout));
  const files = summary.files.map(
    ({ path, format }) => `${margin}${pad(format, 6)}  ${sanitize(path, { maxLength: 4_096 })}`,
  );
  const next = summary.next.flatMap(({ command: line, purpose }) => [
    `${margin}${style.dim(`${sanitize(purpose)}:`)}`,
    `${margin}${margin}${command(line, layout)}`,
  ]);
  const since = summary.changes === null ? 'What changed' : `What changed since ${moment(summary.changes.since)}`;
  const lines = [
    ...headLines(summary, layout),
    ...verdictLines(summary, layout),
    ...section(
      'Fix first',
      fixes.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines])),
      layout,
    ),
    ...section('Accounts', table === '' ? [] : table.trimEnd().split('\n'), layout),
    ...section(since, changeLines(summary, layout), layout),
    ...section('What could not be seen', gapLines(summary, layout), layout),
    ...section('Files written', files, layout),
    ...section('Next', next, layout),
  ];
  return `${lines.join('\n')}\n`;
}

// What a progress line says: a pure picture of a state, for a terminal of some width and for a log.

import { severities } from '../../domain/severity.ts';
import type { Severity } from '../../domain/severity.ts';
import { plainStyle } from './colour.ts';
import type { Style } from './colour.ts';
import { sanitize } from './sanitize.ts';
import { displayWidth, truncate } from './width.ts';

/** How far a piece of work is. Every count may grow while it runs; an undefined total is not known yet. */
export interface ProgressState {
  /** What is going on, one or two words, for example `Scanning`. */
  activity: string;
  /** Units of work, for example (account, region, collector). */
  done: number;
  total: number | undefined;
  /** Units among `done` that an earlier run had done: they do not count for the rate. */
  doneBefore?: number;
  accountsDone?: number;
  accounts?: number;
  regions?: number;
  services?: number;
  /** Findings so far by severity. */
  findings?: Partial<Record<Severity, number>>;
  /** Where it is at the moment, for example an account's name. May be foreign text. */
  current?: string;
}

const number = new Intl.NumberFormat('en-GB');

const two = (value: number): string => String(value).padStart(2, '0');

/** `0:07`, `12:34`, `1:02:03`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

const count = (value: number, one: string, many = `${one}s`): string =>
  `${number.format(value)} ${value === 1 ? one : many}`;

/** `2 of 60 accounts × 17 regions × 14 services`, as far as it is known. */
function scope(state: ProgressState): string {
  const parts: string[] = [];
  if (state.accounts !== undefined) {
    const done = state.accountsDone === undefined ? '' : `${number.format(state.accountsDone)} of `;
    parts.push(`${done}${count(state.accounts, 'account')}`);
  }
  if (state.regions !== undefined) parts.push(count(state.regions, 'region'));
  if (state.services !== undefined) parts.push(count(state.services, 'service'));
  return parts.join(' × ');
}

function findings(state: ProgressState, style: Style): string {
  const bySeverity = state.findings;
  if (bySeverity === undefined) return '';
  const all = severities.reduce((sum, severity) => sum + (bySeverity[severity] ?? 0), 0);
  const worst = severities
    .slice(0, 2)
    .filter((severity) => (bySeverity[severity] ?? 0) > 0)
    .map((severity) => style.severity(severity)(`${number.format(bySeverity[severity] ?? 0)} ${severity}`));
  return count(all, 'finding') + (worst.length === 0 ? '' : ` (${worst.join(', ')})`);
}

/** The share of the work, and the time, of which the first is enough to tell from how long the rest will take. */
const enough = { share: 0.05, ms: 60_000 };

/** Units a second, and the time left at that rate; empty while too little is known to say. */
function pace(state: ProgressState, elapsedMs: number): { rate: string; left: string } {
  const done = state.done - (state.doneBefore ?? 0);
  if (elapsedMs < 1000 || done <= 0) return { rate: '', left: '' };
  const perSecond = (done / elapsedMs) * 1000;
  const rate = `${perSecond < 10 ? perSecond.toFixed(1) : number.format(Math.round(perSecond))}/s`;
  const rest = state.total === undefined ? 0 : state.total - state.done;
  const known = elapsedMs >= enough.ms || done >= (done + rest) * enough.share;
  return { rate, left: rest > 0 && known ? `${formatDuration((rest / perSecond) * 1000)} left` : '' };
}

const percentOf = (state: ProgressState): number | undefined =>
  state.total === undefined || state.total <= 0
    ? undefined
    : Math.min(100, Math.floor((Math.max(0, state.done) / state.total) * 100));

function bar(percent: number, width: number, style: Style): string {
  const filled = Math.round((percent / 100) * width);
  return style.cyan('━'.repeat(filled)) + style.dim('─'.repeat(width - filled));
}

/**
 * One line for a terminal of `columns` columns; shorter than that, so that it does not wrap.
 * The narrower the terminal, the less it says: the bar, the percentage, what was found and the time left go last.
 */
export function progressBar(state: ProgressState, elapsedMs: number, columns: number, style: Style): string {
  // Room for the terminal's echo of Ctrl-C, which would else wrap and leave a torn line behind.
  const room = Math.max(1, columns - 3);
  const percent = percentOf(state);
  const { rate, left } = pace(state, elapsedMs);
  const facts = [
    { text: findings(state, style), keep: 3 },
    { text: left === '' ? formatDuration(elapsedMs) : left, keep: 4 },
    { text: scope(state), keep: 2 },
    { text: rate, keep: 1 },
    { text: state.current === undefined ? '' : style.dim(sanitize(state.current, { maxLength: 40 })), keep: 0 },
  ].filter(({ text }) => text !== '');
  const head = `${sanitize(state.activity, { maxLength: 30 })} `;
  const tail = (): string => facts.map(({ text }) => text).join(' · ');
  const figure = percent === undefined ? `${number.format(state.done)} done  ` : `${String(percent).padStart(3)} %  `;
  const shortestBar = percent === undefined ? 0 : 10;
  const length = (): number => displayWidth(head) + shortestBar + 1 + displayWidth(figure) + displayWidth(tail());
  while (facts.length > 0 && length() > room) {
    const least = facts.reduce((worst, fact) => (fact.keep < worst.keep ? fact : worst));
    facts.splice(facts.indexOf(least), 1);
  }
  if (length() > room) return truncate(`${head}${figure.trim()}`, room);
  const drawn = percent === undefined ? '' : `${bar(percent, Math.min(24, shortestBar + room - length()), style)} `;
  return `${head}${drawn}${figure}${tail()}`.trimEnd();
}

/** One plain line for a log: the same facts in full, without a bar. */
export function progressText(state: ProgressState, elapsedMs: number): string {
  const percent = percentOf(state);
  const { rate, left } = pace(state, elapsedMs);
  const amount =
    state.total === undefined
      ? number.format(state.done)
      : `${number.format(state.done)} of ${number.format(state.total)}`;
  const facts = [
    `${sanitize(state.activity, { maxLength: 30 })}: ${amount} units${percent === undefined ? '' : ` (${percent} %)`}`,
    scope(state),
    findings(state, plainStyle),
    rate,
    `${formatDuration(elapsedMs)} elapsed`,
    left,
  ];
  return facts.filter((fact) => fact !== '').join(', ');
}

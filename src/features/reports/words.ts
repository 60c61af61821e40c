// The words in which people are told how it stands.

import { severities } from '../../domain/severity.ts';
import type { Severity } from '../../domain/severity.ts';
import type { ReportModel } from './model.ts';
import { count } from './text.ts';

/** A share from 0 to 1 as a percentage, rounded down, so that only everything reads as 100 %. */
export function percent(share: number): string {
  const tenths = Math.floor(Math.round(Math.min(1, Math.max(0, share)) * 1e7) / 1e4) / 10;
  return `${Number.isInteger(tenths) ? tenths : tenths.toFixed(1)} %`;
}

/** A score from 0 to 100, rounded down to one decimal; a dash when there is none. */
export function scoreText(score: number | null): string {
  return score === null ? '–' : (Math.floor(score * 10 + 1e-9) / 10).toFixed(1);
}

export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** `3 critical and 41 high findings`; the two most urgent severities that occur. */
export function worstFindings(bySeverity: Partial<Record<Severity, number>>): string {
  const present = severities.filter((severity) => (bySeverity[severity] ?? 0) > 0);
  const [first, second] = present;
  if (first === undefined) return 'No findings';
  const n = (severity: Severity): number => bySeverity[severity] ?? 0;
  if (second === undefined) return plural(n(first), `${first} finding`);
  return `${count(n(first))} ${first} and ${count(n(second))} ${second} findings`;
}

/** The report's first sentence: the worst findings, over how much, how well it could be seen. */
export function verdictLine(model: ReportModel): string {
  const wanted = model.accounts.filter(({ scan }) => scan !== 'skipped').length;
  const read = model.accounts.filter(({ scan }) => scan === 'complete' || scan === 'partial').length;
  const accounts =
    read === wanted
      ? `in ${plural(read, 'account')}`
      : `in ${count(read)} of ${plural(wanted, 'account')}; the others could not be read`;
  return `${worstFindings(model.summary.bySeverity)} ${accounts}. Score ${scoreText(model.score)} of 100.`;
}

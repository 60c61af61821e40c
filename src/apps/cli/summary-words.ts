// The sentences of a scan's summary.

import { severities } from '../../domain/severity.ts';
import type { Severity } from '../../domain/severity.ts';
import { percent, plural } from '../../features/reports/index.ts';
import type { AccountSeverities, ScanSummary } from '../../features/reports/index.ts';

const figure = new Intl.NumberFormat('en-GB');

/** Findings of all accounts by severity. */
export function totalsOf(accounts: readonly AccountSeverities[]): Record<Severity, number> {
  const totals: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { counts } of accounts) for (const severity of severities) totals[severity] += counts[severity] ?? 0;
  return totals;
}

/** True when nothing of an account was read in this scan. */
export const isUnread = ({ scan }: AccountSeverities): boolean => scan === 'denied' || scan === 'failed';

/** `3 critical, 41 high and 560 medium`: the severities that occur. */
export function countsText(totals: Readonly<Record<Severity, number>>): string {
  const parts = severities
    .filter((severity) => totals[severity] > 0)
    .map((severity) => `${figure.format(totals[severity])} ${severity}`);
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

function having({ accounts }: ScanSummary, severity: Severity): string {
  const n = accounts.filter(({ counts }) => (counts[severity] ?? 0) > 0).length;
  if (accounts.length === 1) return '';
  return n === accounts.length
    ? `, in all ${figure.format(n)} accounts`
    : `, in ${figure.format(n)} of ${plural(accounts.length, 'account')}`;
}

/** How it stands, in one sentence. What could not be seen never makes it sound better. */
export function verdictSentence(summary: ScanSummary): string {
  const { accounts, coverage } = summary;
  const totals = totalsOf(accounts);
  const all = severities.reduce((sum, severity) => sum + totals[severity], 0);
  if (accounts.length > 0 && accounts.every(isUnread) && all === 0)
    return accounts.length === 1
      ? 'Nothing could be judged: the account could not be read.'
      : `Nothing could be judged: none of ${plural(accounts.length, 'account')} could be read.`;
  if (totals.critical > 0)
    return `${plural(totals.critical, 'critical finding')} ${totals.critical === 1 ? 'needs' : 'need'} work today${having(summary, 'critical')}.`;
  if (totals.high > 0)
    return `Nothing critical was found; ${plural(totals.high, 'high finding')} ${totals.high === 1 ? 'needs' : 'need'} work next${having(summary, 'high')}.`;
  if (all > 0)
    return `Nothing critical or high was found; ${countsText(totals)} ${all === 1 ? 'finding remains' : 'findings remain'}.`;
  if (coverage >= 1) return 'Nothing was found: everything that was judged passed.';
  return `Nothing was found in the ${percent(coverage)} that could be judged; the rest is unknown, not passed.`;
}

/** `+2.1`, `−0.3`, `±0.0`; empty without something to compare with. */
export function difference(now: number | null, before: number | null, digits = 1): string {
  if (now === null || before === null) return '';
  const change = Number((now - before).toFixed(digits));
  return `${change > 0 ? '+' : change < 0 ? '−' : '±'}${Math.abs(change).toFixed(digits)}`;
}

/** `20 November 2026, 10:01 UTC`. */
export function moment(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return 'an unknown time';
  const format = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
    hourCycle: 'h23',
  });
  return `${format.format(time).replace(' at ', ', ')} UTC`;
}

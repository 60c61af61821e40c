// Turns what happens during a scan into progress, and says the most urgent findings as soon as they are found.

import { type Severity, atLeast } from '../../domain/severity.ts';
import type { Progress } from '../../platform/terminal/progress.ts';
import { sanitize } from '../../platform/terminal/sanitize.ts';
import type { ScanEvents } from './contract.ts';

/** Findings that are said at once: enough to begin with, not a flood. */
const saidAtOnce = 8;

export function scanProgress(progress: Progress, options: { quiet: boolean }): ScanEvents {
  let total = 0;
  let done = 0;
  let accounts = 0;
  let accountsDone = 0;
  let current = '';
  const regions = new Set<string>();
  const services = new Set<string>();
  const findings: Partial<Record<Severity, number>> = {};
  const said = new Set<string>();
  const show = (activity: string): void =>
    progress.update({
      activity,
      done,
      total: total === 0 ? undefined : total,
      accountsDone,
      accounts,
      regions: regions.size,
      services: services.size,
      findings,
      current,
    });
  return {
    started(scan, resumed, chosen) {
      const readable = chosen.filter((account) => account.status !== 'skipped');
      const skipped = chosen.length - readable.length;
      accounts = readable.length;
      accountsDone = readable.filter((account) => account.status !== 'pending' && account.status !== 'running').length;
      if (skipped > 0 && !resumed)
        progress.message(`${skipped} ${skipped === 1 ? 'account is' : 'accounts are'} closed or suspended: skipped.`);
      if (resumed)
        progress.message(`Going on with the scan that began at ${scan.startedAt.slice(0, 16).replace('T', ' ')} UTC.`);
      show('Scanning');
    },
    message(text) {
      current = text;
      show('Discovering');
    },
    planned(units) {
      total += units;
      show('Scanning');
    },
    units(results) {
      for (const { unit, cursor } of results) {
        if (cursor === undefined) done += 1;
        if (unit.region !== 'global') regions.add(unit.region);
        services.add(unit.collector.id.split('/')[0] ?? '');
      }
      show('Scanning');
    },
    judged(account, judgements) {
      for (const one of judgements) {
        if (one.verdict !== 'fail') continue;
        findings[one.severity] = (findings[one.severity] ?? 0) + 1;
        if (options.quiet || !atLeast(one.severity, 'critical') || said.size >= saidAtOnce || said.has(one.check))
          continue;
        said.add(one.check);
        const where = one.region === 'global' ? '' : ` (${one.region})`;
        progress.message(
          `CRITICAL  ${sanitize(one.title)}: ${sanitize(one.resource, { maxLength: 100 })} in ${sanitize(account.name, { maxLength: 40 })}${where}`,
        );
      }
      show('Scanning');
    },
    accountDone(account) {
      accountsDone += 1;
      current = account.name;
      show('Scanning');
    },
  };
}

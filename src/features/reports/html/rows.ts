// The rows of the page's tables.

import { severities } from '../../../domain/severity.ts';
import type { ReportAccount, ReportFinding, ReportRule } from '../model.ts';
import { type CheckCount, type Counts } from '../overview.ts';
import type { GapGroup } from '../summary.ts';
import { count, documentationUrl, limits, markup } from '../text.ts';
import { percent, plural, scoreText } from '../words.ts';
import { severityBar } from './bar.ts';

/** A name made of parts, which may break after each of them and nowhere else. */
const parts = (text: string, limit: number): string => markup(text, limit).replaceAll(/[:/]|-(?=\w)/g, '$&<wbr>');

/** A cell that sorts by its rank: severities and states are words whose alphabet says nothing. */
const severityCell = ({ severity, verdict }: Pick<ReportFinding, 'severity' | 'verdict'>): string =>
  `<td class="${markup(severity, 20)}" data-sort="${severities.indexOf(severity)}">${markup(severity, 20)}${verdict === 'manual' ? ' (manual)' : ''}</td>`;

/** As much of a finding's id as `findings show` needs, and terminals show. */
const shortId = 13;

/** @param why the place on the page that explains the check, if it does */
export function findingRow(
  finding: ReportFinding,
  names: ReadonlyMap<string, string>,
  why: string | undefined,
): string {
  const name = names.get(finding.account) ?? '';
  const muted = finding.suppression === undefined ? '' : `: ${markup(finding.suppression.reason, limits.reason)}`;
  const check = parts(finding.check, limits.name);
  const link = why === undefined ? check : `<a href="#${why}">${check}</a>`;
  return `<tr>${severityCell(finding)}<td>${markup(finding.state, limits.name)}${muted}</td><td>${markup(finding.title, limits.title)}<br><span class="soft">${markup(finding.reason, limits.reason)}</span></td><td class="name">${markup(name, 64)}<br><span class="soft">${markup(finding.account, 12)}</span></td><td class="key">${markup(finding.region, 32)}</td><td class="id">${parts(finding.resource, limits.resource)}</td><td class="id">${link}<br><span class="soft">${markup(finding.id.slice(0, shortId), limits.name)}</span></td></tr>\n`;
}

/** @param most findings of the account that has the most */
export function accountRow(account: ReportAccount, counts: Counts, most: number): string {
  const score = account.score ?? -1;
  const all = severities.reduce((sum, severity) => sum + counts[severity], 0);
  const figures = severities.slice(0, 4).map((severity) => {
    const n = counts[severity];
    return `<td class="number${n === 0 ? ' soft' : ` ${severity}`}">${count(n)}</td>`;
  });
  const status = account.status === 'ACTIVE' ? account.scan : `${account.scan} (${account.status})`;
  return `<tr><td class="name">${markup(account.name, limits.name)}<br><span class="soft">${markup(account.id, 12)}</span></td><td>${parts(account.ouPath, limits.resource)}</td>${figures.join('')}<td data-sort="${all}">${severityBar(counts, most)}</td><td class="number" data-sort="${score}">${scoreText(account.score)}</td><td class="number" data-sort="${account.coverage}">${percent(account.coverage)}</td><td>${markup(status, limits.name)}</td></tr>\n`;
}

/** What a check's failures are, with the way to its explanation. */
export function checkRow(one: CheckCount, rule: ReportRule | undefined, why: string | undefined): string {
  const title = markup(rule?.title ?? one.check, limits.title);
  const link = why === undefined ? title : `<a href="#${why}">${title}</a>`;
  return `<li><span class="${one.severity}">${one.severity}</span> ${link} <span class="soft">${plural(one.findings, 'finding')} in ${plural(one.accounts, 'account')}</span></li>\n`;
}

export function gapRow(gap: GapGroup): string {
  const action = gap.action === '*' ? (gap.service === '*' ? 'everything' : `${gap.service} (all)`) : gap.action;
  const whose = gap.accounts === 1 ? `account ${markup(gap.example, 12)}` : plural(gap.accounts, 'account');
  return `<tr><td>${markup(gap.reason, limits.name)}</td><td class="id">${parts(action, limits.name)}</td><td data-sort="${gap.accounts}">${whose}</td><td class="number">${count(gap.regions)}</td><td>${markup(gap.detail, limits.reason)}</td></tr>\n`;
}

/**
 * Why a check matters and how to fix it, folded.
 * @param place its place on the page
 */
export function ruleEntry(rule: ReportRule, place: string): string {
  const links = rule.references.flatMap((one) => {
    const url = documentationUrl(one);
    if (url === undefined) return [];
    return `<li><a rel="noreferrer noopener" href="${markup(url, limits.resource)}">${markup(url, limits.resource)}</a></li>`;
  });
  const commands = (rule.fix.cli ?? '').split('\n').filter((command) => command.trim() !== '');
  const cli =
    commands.length === 0 ? '' : `<pre>${commands.map((command) => markup(command, limits.text)).join('\n')}</pre>`;
  // The browser unfolds what a link leads into.
  return `<details><summary>${markup(rule.title, limits.title)} <span class="soft">${markup(rule.id, limits.name)}</span></summary><div id="${place}"><p>${markup(rule.why, limits.text)}</p><p>${markup(rule.fix.text, limits.text)}</p>${cli}${links.length === 0 ? '' : `<ul>${links.join('')}</ul>`}</div></details>\n`;
}

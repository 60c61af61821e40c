// The answer of `who-can` for people.

import { sanitize } from '../../../platform/terminal/sanitize.ts';
import type { Style } from '../../../platform/terminal/colour.ts';
import type { UnknownAccount, WhoCanReport } from '../evidence/ask-who-can.ts';
import type { Grantee } from './who-can.ts';

const mostShown = 25;

const kindWords: Readonly<Record<Grantee['kind'], string>> = {
  user: 'user',
  role: 'role',
  'service-linked-role': 'service-linked role',
  root: 'root user',
  service: 'AWS service',
  federated: 'identity provider',
  anybody: 'anybody, without credentials',
  account: 'whoever the account lets',
};

/** The answer as lines. */
export function renderWhoCan(report: WhoCanReport, style: Style): string {
  const { accounts, outside, unknown } = report;
  const sum = (count: (group: WhoCanReport['accounts'][number]) => number): number =>
    accounts.reduce((total, group) => total + count(group), 0);
  const certain = sum((group) => group.allowed.length) + outside.filter((one) => one.decision === 'allowed').length;
  const conditional =
    sum((group) => group.conditional.length) +
    outside.length -
    outside.filter((one) => one.decision === 'allowed').length;
  const target = report.resource === '*' ? '' : ` on ${sanitize(report.resource)}`;
  const lines = [style.bold(headline(certain, conditional, `${report.action}${target}`)), ''];
  for (const group of accounts) {
    lines.push(style.bold(`${group.account} ${sanitize(group.name, { maxLength: 60 })}`));
    lines.push(...section('Can', group.allowed), ...section('Can under conditions', group.conditional), '');
  }
  if (outside.length > 0) {
    lines.push(style.bold('Outside of the organisation'));
    lines.push(
      ...section(
        'Can',
        outside.filter((one) => one.decision === 'allowed'),
      ),
    );
    lines.push(
      ...section(
        'Can under conditions',
        outside.filter((one) => one.decision === 'conditional'),
      ),
    );
    if (outside.some((one) => one.kind === 'account' || one.kind === 'user' || one.kind === 'role')) {
      lines.push('  Another account must allow it to its own users and roles as well.');
    }
    lines.push('');
  }
  lines.push(...unknownLines(unknown.accounts), ...unknown.notes.map((note) => sanitize(note, { maxLength: 900 })));
  for (const note of report.notes) lines.push(`Note: ${sanitize(note, { maxLength: 900 })}`);
  return `${lines.join('\n').trimEnd()}\n`;
}

function people(count: number): string {
  return count === 1 ? '1 principal' : `${count} principals`;
}

function headline(certain: number, conditional: number, what: string): string {
  if (certain === 0 && conditional === 0) return `Nobody is known who can call ${what}.`;
  if (conditional === 0) return `${people(certain)} can call ${what}.`;
  if (certain === 0) return `Nobody can call ${what} in every case; ${people(conditional)} can under conditions.`;
  return `${people(certain)} can call ${what}, and ${conditional} more under conditions.`;
}

/** Principals with the same conditions stand together, so that each condition is told once. */
function section(title: string, grantees: readonly Grantee[]): string[] {
  if (grantees.length === 0) return [];
  const groups = new Map<string, Grantee[]>();
  for (const grantee of grantees) {
    const key = grantee.conditions.join('\n');
    groups.set(key, [...(groups.get(key) ?? []), grantee]);
  }
  const lines: string[] = [];
  for (const members of groups.values()) {
    const conditions = members[0]?.conditions ?? [];
    const text = conditions.length === 0 ? '' : `, only if ${conditions.join('; and if ')}`;
    const open = conditions.some((condition) => condition.includes('which could not be read'));
    lines.push(`  ${open ? 'Not known' : title}${sanitize(text, { maxLength: 1600 })}:`);
    for (const { principal, kind } of members.slice(0, mostShown)) {
      lines.push(`    ${sanitize(principal === '*' ? 'everybody' : principal)}  (${kindWords[kind]})`);
    }
    if (members.length > mostShown)
      lines.push(`    … and ${members.length - mostShown} more (--output json lists all)`);
  }
  return lines;
}

/** "Unknown for …", those who may matter first. */
export function unknownLines(accounts: readonly UnknownAccount[]): string[] {
  const lines: string[] = [];
  const possible = accounts.filter((one) => one.possible);
  if (possible.length > 0) {
    lines.push(`Unknown for ${counted(possible)} that could not be read:`);
    for (const one of possible.slice(0, mostShown)) lines.push(`  ${nameOf(one)}: ${sanitize(one.reason)}`);
    if (possible.length > mostShown) lines.push(`  … and ${possible.length - mostShown} more`);
  }
  const excluded = accounts.length - possible.length;
  if (excluded > 0) {
    const some = accounts.filter((one) => !one.possible);
    lines.push(
      `${counted(some)} could not be read either, but the resource's policies admit nobody from there: ${some.slice(0, 10).map(nameOf).join(', ')}${excluded > 10 ? ' …' : ''}.`,
    );
  }
  return lines;
}

function counted(accounts: readonly UnknownAccount[]): string {
  return accounts.length === 1 ? '1 account' : `${accounts.length} accounts`;
}

function nameOf({ account, name }: UnknownAccount): string {
  return `${account} ${sanitize(name, { maxLength: 60 })}`.trimEnd();
}

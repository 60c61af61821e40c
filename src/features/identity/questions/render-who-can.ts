// The answer of `who-can` for people.

import { sanitize } from '../../../platform/terminal/sanitize.ts';
import type { Style } from '../../../platform/terminal/colour.ts';
import type { UnknownAccount, WhoCanReport } from '../evidence/ask-who-can.ts';
import { restsOnUnread } from './condition-words.ts';
import type { Grantee } from './who-can.ts';

const mostShown = 40;

const kindWords: Readonly<Record<Exclude<Grantee['kind'], 'user' | 'role'>, string>> = {
  'service-linked-role': 'service-linked role',
  root: 'root user',
  'federated-user': 'federated user',
  service: 'AWS service',
  federated: 'identity provider',
  anybody: 'anybody, without credentials',
  account: 'whoever the account lets',
};

/** Whose own accounts have a say as well. */
const ofAccounts: ReadonlySet<Grantee['kind']> = new Set(['account', 'user', 'role', 'federated-user']);

/** One who can, and where: an account of the organisation, or outside of it. */
interface Row {
  readonly place: string;
  readonly grantee: Grantee;
}

/** The answer as lines. */
export function renderWhoCan(report: WhoCanReport, style: Style): string {
  const { unknown, notes, resource, action } = report;
  const rows = rowsOf(report);
  const certain = rows.filter(({ grantee }) => grantee.conditions.length === 0);
  const open = rows.filter(({ grantee }) => grantee.conditions.some(restsOnUnread));
  const conditional = rows.filter((row) => !certain.includes(row) && !open.includes(row));
  const what = resource === '*' ? action : `${action} on ${sanitize(resource)}`;
  const lines = [style.bold(headline(certain.length, conditional.length, open.length, what)), ''];
  for (const note of notes) lines.push(`Note: ${sanitize(note, { maxLength: 900 })}`, '');
  lines.push(...section('Can', certain, style));
  lines.push(...section('Can, but', conditional, style));
  lines.push(...section('Not known: they can', open, style));
  if (report.outside.some(({ kind }) => ofAccounts.has(kind)))
    lines.push('Another account must allow it to its own users and roles as well.', '');
  lines.push(...unknownLines(unknown.accounts), ...unknown.notes.map((note) => sanitize(note, { maxLength: 900 })));
  return `${lines.join('\n').trimEnd()}\n`;
}

function rowsOf({ accounts, outside }: WhoCanReport): readonly Row[] {
  return [
    ...accounts.flatMap((group) =>
      [...group.allowed, ...group.conditional].map((grantee) => ({ place: nameOf(group), grantee })),
    ),
    ...outside.map((grantee) => ({ place: 'outside of the organisation', grantee })),
  ];
}

function people(count: number): string {
  return count === 1 ? '1 principal' : `${count.toLocaleString('en')} principals`;
}

function headline(certain: number, conditional: number, open: number, what: string): string {
  if (certain === 0 && conditional === 0) {
    if (open === 0) return `Nobody is known who can call ${what}.`;
    return `Who can call ${what} is not known: a policy that decides it could not be read. ${people(open)} may be able to.`;
  }
  const more = open === 0 ? '' : ` For ${people(open)} it is not known.`;
  if (conditional === 0) return `${people(certain)} can call ${what}.${more}`;
  if (certain === 0)
    return `Nobody can call ${what} in every case; ${people(conditional)} can under conditions.${more}`;
  return `${people(certain)} can call ${what}, and ${conditional} more under conditions.${more}`;
}

/** Those with the same conditions stand together, so that each condition is told once, and in it account by account. */
function section(title: string, rows: readonly Row[], style: Style): string[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = row.grantee.conditions.join('; and if ');
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const lines: string[] = [];
  for (const [condition, members] of groups) {
    const text = condition === '' ? title : `${title} only if ${sanitize(condition, { maxLength: 1600 })}`;
    lines.push(style.bold(`${text}:`));
    let place = '';
    for (const row of members.slice(0, mostShown)) {
      if (row.place !== place) lines.push(`  ${row.place}`);
      ({ place } = row);
      lines.push(`    ${granteeText(row.grantee)}`);
    }
    const left = members.slice(mostShown);
    if (left.length > 0) {
      const places = new Set(left.map((row) => row.place)).size;
      const where = places === 1 ? 'one account' : `${places} accounts`;
      lines.push(`  … and ${left.length.toLocaleString('en')} more in ${where} (--output json lists all)`);
    }
    lines.push('');
  }
  return lines;
}

/** The ARN of a user or role says what it is. */
function granteeText({ principal, kind }: Grantee): string {
  const name = sanitize(principal === '*' ? 'everybody' : principal);
  return kind === 'user' || kind === 'role' ? name : `${name}  (${kindWords[kind]})`;
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
      `${counted(some)} could not be read${possible.length > 0 ? ' either' : ''}, but the resource's policies admit nobody from there: ${some.slice(0, 10).map(nameOf).join(', ')}${excluded > 10 ? ' …' : ''}.`,
    );
  }
  return lines;
}

function counted(accounts: readonly UnknownAccount[]): string {
  return accounts.length === 1 ? '1 account' : `${accounts.length} accounts`;
}

function nameOf({ account, name }: { readonly account: string; readonly name: string }): string {
  return `${account} ${sanitize(name, { maxLength: 60 })}`.trimEnd();
}

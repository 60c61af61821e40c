// The answer of `policy diff` for people.

import { sanitize } from '../../../platform/terminal/sanitize.ts';
import type { Style } from '../../../platform/terminal/colour.ts';
import type { PolicyDiffReport, PrincipalImpact } from '../evidence/ask-policy-diff.ts';
import { actionsInWords } from './action-words.ts';
import type { Impact } from './policy-impact.ts';
import { unknownLines } from './render-who-can.ts';

const mostShown = 15;

/** The answer as lines. */
export function renderPolicyDiff(report: PolicyDiffReport, style: Style): string {
  const { changes, impact, unknown, problems } = report;
  const lines: string[] = [];
  if (report.same) lines.push(style.bold('Both versions mean the same.'), '');
  else {
    lines.push(style.bold('What changes in the document'));
    lines.push(...changes.map((row) => `  ${markOf(row)} ${sanitize(row.text, { maxLength: 1600 })}`), '');
  }
  if (impact !== undefined && !report.same) {
    lines.push(style.bold('What that means across the organisation'));
    lines.push(...impactLines(impact), '');
  }
  lines.push(...unknownLines(unknown.accounts), ...unknown.notes.map((note) => sanitize(note, { maxLength: 900 })));
  if (problems.length > 0) {
    lines.push('Faults in the documents:', ...problems.slice(0, mostShown).map((line) => `  - ${sanitize(line)}`));
    if (problems.length > mostShown) lines.push(`  … and ${problems.length - mostShown} more`);
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

/** Plus for more access, minus for less. */
function markOf({ change, effect }: PolicyDiffReport['changes'][number]): string {
  return (change === 'added') === (effect === 'Allow') ? '+' : '-';
}

function impactLines({ reached, principals, actions }: NonNullable<PolicyDiffReport['impact']>): string[] {
  if (principals.length === 0 && actions.length === 0) {
    return [
      `  ${reached === 0 ? 'It reaches nobody who was read.' : reached === 1 ? 'Nothing changes for the one principal that it reaches.' : `Nothing changes for the ${reached} principals that it reaches.`}`,
    ];
  }
  const lines: string[] = [];
  const groups = new Map<string, PrincipalImpact[]>();
  for (const one of principals) {
    const key = impactWords(one).join('\n');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  if (principals.length > 0) {
    const all = reached === principals.length;
    const whom = reached === 1 ? '1 user or role' : `${reached.toLocaleString('en')} users and roles`;
    const changed = all ? 'and changes what they can do' : `and changes what ${principals.length} of them can do`;
    lines.push(`  It reaches ${whom}, ${reached === 1 ? 'and changes what it can do' : changed}.`);
  }
  for (const members of groups.values()) {
    const [first] = members;
    if (first === undefined) continue;
    lines.push(...members.slice(0, mostShown).map((one) => `  ${sanitize(one.principal)}`));
    if (members.length > mostShown) lines.push(`  … and ${members.length - mostShown} more (--output json lists all)`);
    lines.push(...impactWords(first).map((text) => `    ${text}`));
  }
  for (const [key, names] of alike(actions)) {
    const [resource, ...lists] = JSON.parse(key) as [string, string[], string[], string[], string[]];
    lines.push(`  ${actionsInWords(names)} on ${sanitize(resource)}`);
    for (const [index, who] of lists.entries()) {
      if (who.length === 0) continue;
      const shown = who.slice(0, mostShown).map((name) => sanitize(name === '*' ? 'everybody' : name));
      lines.push(`    ${told[index] ?? ''}:`, ...shown.map((name) => `      ${name}`));
      if (who.length > mostShown) lines.push(`      … and ${who.length - mostShown} more`);
    }
  }
  return lines;
}

const told = ['+ newly can', '- no longer can', '+ can without conditions now', '- can under conditions only now'];

/** Actions by what changes: most of them change for the same people. */
function alike(actions: NonNullable<PolicyDiffReport['impact']>['actions']): ReadonlyMap<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { action, resource, gained, lost, widened, narrowed } of actions) {
    const key = JSON.stringify([resource, gained, lost, widened, narrowed]);
    groups.set(key, [...(groups.get(key) ?? []), action]);
  }
  return groups;
}

function impactWords({ gained, lost, widened, narrowed }: Impact): string[] {
  return [
    ...(gained.length === 0 ? [] : [`+ gains ${actionsInWords(gained)}`]),
    ...(lost.length === 0 ? [] : [`- loses ${actionsInWords(lost)}`]),
    ...(widened.length === 0 ? [] : [`+ on every resource and without conditions now: ${actionsInWords(widened)}`]),
    ...(narrowed.length === 0 ? [] : [`- on some resources or under conditions only now: ${actionsInWords(narrowed)}`]),
  ];
}

// The answer of `principal-can` for people.

import { accessLevels } from '../../../domain/iam/actions.ts';
import { serviceName } from '../../../domain/iam/services.ts';
import { sanitize } from '../../../platform/terminal/sanitize.ts';
import type { Style } from '../../../platform/terminal/colour.ts';
import { tableText } from '../../../platform/terminal/table.ts';
import type { ActionRow, LevelCount, PrincipalCanAnswer, ServiceRow } from './principal-can.ts';

const mostServices = 30;
const mostListed = 12;

/** The answer as lines. `service`: its actions are listed. */
export function renderPrincipalCan(answer: PrincipalCanAnswer, style: Style, width: number | undefined): string {
  const { totals, services } = answer;
  const lines = [style.bold(headline(answer)), ''];
  if (answer.actions.length > 0) {
    lines.push(tableText(actionColumns, answer.actions, { width, style }).trimEnd(), '');
  } else if (services.length > 0 && !answer.everything) {
    const sorted = [...services].sort((a, b) => weightOf(b) - weightOf(a) || (a.service < b.service ? -1 : 1));
    lines.push(tableText(serviceColumns, sorted.slice(0, mostServices), { width, style }).trimEnd());
    if (sorted.length > mostServices)
      lines.push(
        `… and ${sorted.length - mostServices} more services (--output json lists all, --service <name> shows one)`,
      );
    lines.push('Numbers of actions; "+n": n more on some resources only, or under conditions.', '');
  }
  lines.push(...managementLines(answer), ...escalationLines(answer), ...limitLines(answer));
  if (answer.unknown.length > 0) {
    lines.push('What is not known:', ...answer.unknown.map((line) => `  - ${sanitize(line, { maxLength: 900 })}`), '');
  }
  if (totals.always + totals.partly > 0) {
    lines.push('Resource policies that name this principal may give it more: ask "who-can" about a resource.');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function headline({ principal, everything, totals, unknown }: PrincipalCanAnswer): string {
  const who = sanitize(principal);
  if (everything)
    return `${who} can do everything that AWS knows, on every resource, without conditions. Only keys and roles have a say of their own: their policies must let it use them.`;
  if (totals.always + totals.partly === 0) {
    return unknown.length > 0 ? `What ${who} can do is not known.` : `${who} can do nothing.`;
  }
  const partly = totals.partly === 0 ? '' : `, and ${number(totals.partly)} on some resources or under conditions`;
  return `${who} can call ${number(totals.always)} of ${number(totals.known)} actions on every resource${partly}.`;
}

function number(count: number): string {
  return count.toLocaleString('en');
}

function weightOf({ levels }: ServiceRow): number {
  const [managing, writing, reading] = [levels['Permissions management'], levels.Write, levels.Read].map(
    (count) => count.always + count.partly / 1000,
  );
  return (managing ?? 0) * 1e6 + (writing ?? 0) * 1e3 + (reading ?? 0);
}

function cell({ always, partly }: LevelCount): string {
  return [always === 0 ? '' : `${always}`, partly === 0 ? '' : `+${partly}`].filter((part) => part !== '').join(' ');
}

const serviceColumns = [
  { header: 'SERVICE', value: (row: ServiceRow) => row.service, priority: 0 },
  ...accessLevels.map((level) => ({
    header: level.toUpperCase(),
    value: (row: ServiceRow) => cell(row.levels[level]),
    align: 'right' as const,
    priority: level === 'Tagging' || level === 'List' ? 3 : 1,
  })),
  { header: 'NAME', value: (row: ServiceRow) => serviceName(row.service) ?? '', minWidth: 8, priority: 4 },
];

const actionColumns = [
  { header: 'ACTION', value: (row: ActionRow) => row.action, priority: 0 },
  { header: 'LEVEL', value: (row: ActionRow) => row.level, priority: 2 },
  {
    header: 'WHERE',
    value: (row: ActionRow) => (row.how === 'always' ? 'every resource' : shortened(row.resources)),
    minWidth: 14,
    cut: 'middle' as const,
    priority: 0,
  },
  { header: 'CONDITIONS', value: (row: ActionRow) => shortened(row.conditions, '; '), minWidth: 12, priority: 1 },
];

function shortened(texts: readonly string[], separator = ', '): string {
  const rest = texts.length > 3 ? ` … (${texts.length - 3} more)` : '';
  return `${texts.slice(0, 3).join(separator)}${rest}`;
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, mostListed).join(', ')}${names.length > mostListed ? ` … (${names.length} in all)` : ''}`;
}

function managementLines({ permissionsManagement: { always, partly }, everything }: PrincipalCanAnswer): string[] {
  if (everything || always.length + partly.length === 0) return [];
  return [
    'Can change who has access (permissions management):',
    ...(always.length === 0 ? [] : [`  on every resource: ${listed(always)}`]),
    ...(partly.length === 0 ? [] : [`  on some resources or under conditions: ${listed(partly)}`]),
    '',
  ];
}

function escalationLines({ escalations }: PrincipalCanAnswer): string[] {
  if (escalations.length === 0) return [];
  const lines = [
    `Holds ${escalations.length === 1 ? '1 known set' : `${escalations.length} known sets`} of permissions that can lead to more:`,
  ];
  const shown = [...escalations].sort((a, b) => rankOf(a) - rankOf(b)).slice(0, mostListed);
  for (const { actions, gain, how, id } of shown) {
    lines.push(
      `  ${actions.join(' + ')}: can ${gain}${how === 'always' ? '' : ' (on some resources or under conditions)'} [${id}]`,
    );
  }
  if (escalations.length > shown.length)
    lines.push(`  … and ${escalations.length - shown.length} more (--output json lists all)`);
  return [...lines, ''];
}

const categories = ['self-escalation', 'principal-access', 'new-passrole', 'existing-passrole'];

/** What holds everywhere first, then the most direct ways. */
function rankOf({ how, category }: PrincipalCanAnswer['escalations'][number]): number {
  return (how === 'always' ? 0 : 10) + categories.indexOf(category);
}

function limitLines({ limits }: PrincipalCanAnswer): string[] {
  if (limits.length === 0) return [];
  const lines = ['Guardrails that take away what its own policies give:'];
  for (const { policy, kind, attachedTo, removed, narrowed } of limits) {
    const parts = [
      ...(removed.count === 0
        ? []
        : [
            `${removed.count === 1 ? '1 action' : `${number(removed.count)} actions`} (${removed.examples.join(', ')}${removed.count > removed.examples.length ? ', …' : ''})`,
          ]),
      ...(narrowed.count === 0
        ? []
        : [`${number(narrowed.count)} ${removed.count === 0 ? 'actions ' : ''}on some resources or under conditions`]),
    ];
    const what = kind === 'permissions-boundary' ? 'permissions boundary' : 'service control policy';
    lines.push(`  ${sanitize(policy)} (${what}, at ${sanitize(attachedTo, { maxLength: 200 })}): ${parts.join('; ')}`);
  }
  return [...lines, ''];
}

// The generated documents: the catalogue of checks, and what a scan may call.

import { checks } from '../../src/generated/checks.ts';
import { createCatalogue } from '../../src/features/checks/catalogue.ts';
import { organizationOperations } from '../../src/features/discovery/operations.ts';
import { collectors } from '../../src/generated/collectors.ts';
import { findOperation } from '../../src/platform/aws/operations/operations.ts';
import { regionOperations } from '../../src/platform/aws/regions.ts';
import { severities } from '../../src/domain/severity.ts';

const escaped = (text: string): string => text.replaceAll('|', '\\|');

function checksPage(): string {
  const catalogue = createCatalogue(checks);
  const lines = [
    '# Checks',
    '',
    `Generated from the catalogue: ${catalogue.entries.length} checks. \`vedette checks show <check>\` says why, how to fix, and which AWS page states the rule.`,
    '',
  ];
  for (const service of catalogue.services) {
    lines.push(
      `## ${service}`,
      '',
      '| check | severity | what it says | Security Hub | AWS Config rule | CIS 5.0 |',
      '|---|---|---|---|---|---|',
    );
    const entries = catalogue.entries
      .filter((entry) => entry.service === service)
      .sort(
        (a, b) => severities.indexOf(a.check.severity) - severities.indexOf(b.check.severity) || (a.id < b.id ? -1 : 1),
      );
    for (const { id, check } of entries) {
      const { securityHub = [], configRules = [], cis50 = [] } = check.controls;
      const cells = [
        `\`${id}\``,
        check.severity,
        check.title,
        securityHub.join(', '),
        configRules.join(', '),
        cis50.join(', '),
      ];
      lines.push(`| ${cells.map(escaped).join(' | ')} |`);
    }
    lines.push('');
  }
  return lines.join('\n');
}

function permissionsPage(): string {
  const users = new Map<string, Set<string>>();
  const use = (operation: string, by: string): void => {
    for (const action of findOperation(operation)?.actions ?? [])
      users.set(action, (users.get(action) ?? new Set()).add(by));
  };
  for (const { id, collector } of collectors) for (const operation of collector.operations) use(operation, `\`${id}\``);
  for (const operation of regionOperations) use(operation, 'regions');
  for (const operation of organizationOperations) use(operation, 'discovery (own account)');
  return [
    '# Permissions',
    '',
    'Generated from what the collectors and discovery declare. `vedette permissions` prints the role. All of it reads.',
    '',
    '| IAM action | needed by |',
    '|---|---|',
    ...[...users]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([action, by]) => `| \`${action}\` | ${[...by].sort().join(', ')} |`),
    '',
  ].join('\n');
}

/** docs/checks.md and docs/permissions.md. */
export async function generateDocs(): Promise<{ path: string; content: string }[]> {
  return [
    { path: 'docs/checks.md', content: checksPage() },
    { path: 'docs/permissions.md', content: permissionsPage() },
  ];
}

// vedette accounts list | tree | relationships

import type { Command } from 'commander';
import { isUnread } from '../../domain/evidence.ts';
import type { Act, CommandEnvironment } from '../../platform/command/environment.ts';
import { type ListOptions, addListOption, printList } from '../../platform/command/print-list.ts';
import { type PrintOptions, addPrintOption, printJson, printLine } from '../../platform/command/print.ts';
import { storedAccounts } from './accounts-store.ts';
import { currentOrganization } from './current-organization.ts';
import type { KnownAccount } from './history.ts';
import { checkAccountIds } from './selection.ts';
import { treeLines } from './tree-lines.ts';

const statusOf = (account: KnownAccount): string => (account.left ? 'LEFT' : account.status);

async function list(environment: CommandEnvironment, options: ListOptions): Promise<number> {
  const store = await environment.openStore();
  const organization = await currentOrganization(environment, store);
  const accounts = await storedAccounts(store.pool, organization.id);
  await printList<KnownAccount, KnownAccount>(environment, options, {
    json: { organizationId: organization.id, simulated: organization.simulated, accounts },
    columns: [
      { header: 'ACCOUNT', value: (a) => a.id, priority: 0 },
      { header: 'NAME', value: (a) => a.name, minWidth: 12, priority: 0 },
      { header: 'STATUS', value: statusOf, priority: 0 },
      { header: 'OU', value: (a) => a.ouPath, minWidth: 12, cut: 'middle' },
      { header: 'OWNER', value: (a) => a.context.owner ?? '', minWidth: 6, priority: 2 },
      { header: 'ENVIRONMENT', value: (a) => a.context.environment ?? '', minWidth: 6, priority: 3 },
      { header: 'CRITICALITY', value: (a) => a.context.criticality ?? '', minWidth: 6, priority: 4 },
    ],
    rows: accounts,
    empty: 'No account is known.',
    fields: {
      account: (a) => a.id,
      name: (a) => a.name,
      email: (a) => a.email,
      status: statusOf,
      management: (a) => String(a.isManagement),
      ou_path: (a) => a.ouPath,
      owner: (a) => a.context.owner ?? '',
      environment: (a) => a.context.environment ?? '',
      criticality: (a) => a.context.criticality ?? '',
      data_class: (a) => a.context.dataClass ?? '',
      joined_at: (a) => a.joinedAt,
      tags: (a) => (isUnread(a.tags) ? 'unknown' : JSON.stringify(a.tags)),
    },
    items: accounts,
  });
  return 0;
}

async function tree(environment: CommandEnvironment, options: PrintOptions): Promise<number> {
  const store = await environment.openStore();
  const organization = await currentOrganization(environment, store);
  const accounts = await storedAccounts(store.pool, organization.id);
  if (options.output === 'json') {
    printJson(environment, {
      organizationId: organization.id,
      rootId: organization.rootId,
      units: organization.units,
      accounts: accounts.map(({ id, name, status, ouPath, ouIds }) => ({ id, name, status, ouPath, ouIds })),
    });
    return 0;
  }
  printLine(environment, `${organization.id}${organization.simulated ? '  (simulated)' : ''}`);
  for (const line of treeLines(organization, accounts)) printLine(environment, line);
  return 0;
}

interface RelationshipRow {
  from: string;
  to: string;
  kind: string;
  resource: string;
  principals: string[];
  conditional: boolean;
  toName: string | null;
  fromName: string | null;
}

async function relationships(
  environment: CommandEnvironment,
  options: ListOptions & { external?: boolean; account?: string },
): Promise<number> {
  const store = await environment.openStore();
  const organization = await currentOrganization(environment, store);
  if (options.account !== undefined) {
    // One outside the organisation may reach in: it is known from the relationships alone.
    const outside = await store.pool.query<{ id: string }>(
      'select distinct to_account as id from relationship where organization_id = $1',
      [organization.id],
    );
    const known = [...(await storedAccounts(store.pool, organization.id)), ...outside.rows];
    checkAccountIds(known, [options.account], '--account');
  }
  // An account that left is outside now: who reaches into it is no longer ours to tell, and where it reaches in is.
  const { rows } = await store.pool.query<RelationshipRow>(
    `select r.from_account as "from", r.to_account as "to", r.kind, r.evidence->>'resource' as resource, r.evidence->'principals' as principals,
            (r.evidence->>'conditional')::boolean as conditional, t.name as "toName", f.name as "fromName"
       from relationship r
       left join account t on t.organization_id = r.organization_id and t.id = r.to_account and t.left_at is null
       left join account f on f.organization_id = r.organization_id and f.id = r.from_account
      where r.organization_id = $1 and f.left_at is null and (not $2 or t.id is null) and ($3::text is null or r.from_account = $3 or r.to_account = $3)
      order by r.to_account, r.from_account, r.kind, resource`,
    [organization.id, options.external === true, options.account ?? null],
  );
  await printList<RelationshipRow, RelationshipRow>(environment, options, {
    json: {
      organizationId: organization.id,
      relationships: rows.map((row) => ({ ...row, external: row.toName === null })),
    },
    columns: [
      {
        header: 'WHO',
        value: (r) => (r.to === '*' ? 'everybody' : (r.toName ?? `${r.to} (external)`)),
        minWidth: 14,
        priority: 0,
      },
      { header: 'REACHES INTO', value: (r) => r.fromName ?? r.from, minWidth: 12, priority: 0 },
      { header: 'BY', value: (r) => r.kind, priority: 0 },
      { header: 'CONDITIONS', value: (r) => (r.conditional ? 'yes' : 'no'), priority: 1 },
      { header: 'SHOWN BY', value: (r) => r.resource, minWidth: 20, cut: 'middle', priority: 1 },
    ],
    rows,
    empty:
      options.external === true || options.account !== undefined
        ? 'No such relationship is known from the collected evidence.'
        : 'No relationship between accounts is known from the collected evidence.',
    fields: {
      who: (r) => r.to,
      who_name: (r) => (r.to === '*' ? 'everybody' : (r.toName ?? '')),
      external: (r) => String(r.toName === null),
      reaches_into: (r) => r.from,
      reaches_into_name: (r) => r.fromName ?? '',
      by: (r) => r.kind,
      conditional: (r) => String(r.conditional),
      shown_by: (r) => r.resource,
      principals: (r) => r.principals.join(' '),
    },
    items: rows,
  });
  if (isUnread(organization.delegatedAdministrators)) {
    environment.progress.message('Delegated administrators could not be read.');
  }
  return 0;
}

export function registerAccounts(program: Command, act: Act): void {
  const accounts = program.command('accounts').description('the accounts of the organisation');
  addListOption(accounts.command('list').description('every account with its status, place and context')).action(
    act(list),
  );
  addPrintOption(accounts.command('tree').description('the organisational units with their accounts')).action(
    act(tree),
  );
  addListOption(accounts.command('relationships').description('which account reaches into which other, and by what'))
    .option('--external', 'only those with accounts outside the organisation')
    .option('--account <account>', 'only those of one account, by its id')
    .action(act(relationships));
}

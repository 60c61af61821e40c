// The door to stored evidence for questions about access: what is asked for is read, by account, and kept.

import type { Organization } from '../../../domain/account.ts';
import { isAccountId, parseArn } from '../../../domain/arn.ts';
import type { ResourceType } from '../../../domain/resource.ts';
import type { Store } from '../../../platform/store/contract.ts';
import { storedAccounts } from '../../discovery/index.ts';
import { accountReadings, type AccountReading } from './account-reading.ts';
import { controlsOf, type AccountControls } from './control-levels.ts';
import { policyArnsOf, type IdentityRows, type StoredResource } from './identity-rows.ts';

type KnownAccount = Awaited<ReturnType<typeof storedAccounts>>[number];

/** An account with the control policies in force for it and how far its users and roles are known. */
export interface AccountEvidence {
  readonly account: KnownAccount;
  readonly controls: AccountControls;
  readonly reading: AccountReading;
}

const columns = `v.type, v.arn, v.account, v.region, v.name, v.tags, v.config,
  to_char(r.collected_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "collectedAt"`;
const from = `resource r join resource_version v on v.organization_id = r.organization_id and v.hash = r.hash`;

export class EvidenceReader {
  readonly organization: Organization;
  /** Accounts that are in the organisation now, by id. */
  readonly accounts: ReadonlyMap<string, AccountEvidence>;
  readonly #store: Pick<Store, 'pool'>;

  private constructor(
    store: Pick<Store, 'pool'>,
    organization: Organization,
    accounts: ReadonlyMap<string, AccountEvidence>,
  ) {
    this.#store = store;
    this.organization = organization;
    this.accounts = accounts;
  }

  static async open(store: Pick<Store, 'pool'>, organization: Organization): Promise<EvidenceReader> {
    const [accounts, readings] = await Promise.all([
      storedAccounts(store.pool, organization.id),
      accountReadings(store, organization.id),
    ]);
    const present = accounts.filter((account) => !account.left);
    const entries = present.map((account): [string, AccountEvidence] => [
      account.id,
      {
        account,
        controls: controlsOf(organization, account),
        reading: readings.get(account.id) ?? { account: account.id, identities: 'unread', why: 'it was never scanned' },
      },
    ]);
    return new EvidenceReader(store, organization, new Map(entries));
  }

  /**
   * A user or role with its groups and policies; undefined when the evidence has none of that ARN. An assumed-role
   * ARN, and a role's ARN without its path, find the role by its name.
   */
  async principal(arn: string): Promise<{ row: IdentityRows['principals'][number]; rows: IdentityRows } | undefined> {
    const parsed = parseArn(arn);
    if (parsed === undefined || !isAccountId(parsed.account)) return undefined;
    const [type = '', ...path] = parsed.resource.split('/');
    const session = parsed.service === 'sts' && type === 'assumed-role';
    const name = session ? path[0] : path.at(-1);
    const kind = type === 'user' ? 'AWS::IAM::User' : 'AWS::IAM::Role';
    const found = (await this.#resources('r.account = $2 and r.type = $3 and (r.arn = $4 or (v.name = $5 and $6))', [
      parsed.account,
      kind,
      arn,
      name ?? '',
      session || path.length === 1,
    ])) as unknown as IdentityRows['principals'];
    const row = found.find((one) => one.arn === arn) ?? found[0];
    if (row === undefined) return undefined;
    const groups = row.type === 'AWS::IAM::User' ? (row as StoredResource<'AWS::IAM::User'>).config.groups : [];
    const members = await this.byName('AWS::IAM::Group', parsed.account, groups);
    const arns = policyArnsOf([row], members);
    const policies = await this.byArn('AWS::IAM::Policy', arns, parsed.account);
    return { row, rows: rowsOf([row], members, policies) };
  }

  /** All users and roles of an account with their groups and policies, without what no question of access needs. */
  async identities(account: string): Promise<IdentityRows> {
    const rows = await this.#resources('r.account = $2 and r.type = any($3)', [
      account,
      ['AWS::IAM::User', 'AWS::IAM::Role', 'AWS::IAM::Group', 'AWS::IAM::Policy'],
    ]);
    const of = <T extends ResourceType>(...types: T[]): StoredResource<T>[] =>
      rows.filter((row) => (types as string[]).includes(row.type)) as unknown as StoredResource<T>[];
    return rowsOf(
      of<'AWS::IAM::User' | 'AWS::IAM::Role'>('AWS::IAM::User', 'AWS::IAM::Role') as IdentityRows['principals'],
      of('AWS::IAM::Group'),
      of('AWS::IAM::Policy'),
    );
  }

  /** Resources of a type by their ARNs, of one account or of all. */
  async byArn<T extends ResourceType>(
    type: T,
    arns: readonly string[],
    account?: string,
  ): Promise<readonly StoredResource<T>[]> {
    if (arns.length === 0) return [];
    const rows = await this.#resources('r.type = $2 and r.arn = any($3) and ($4::text is null or r.account = $4)', [
      type,
      arns,
      account ?? null,
    ]);
    return rows as unknown as StoredResource<T>[];
  }

  /** Resources of a type in an account by their names; all of them without names. */
  async byName<T extends ResourceType>(
    type: T,
    account: string,
    names?: readonly string[],
  ): Promise<readonly StoredResource<T>[]> {
    if (names?.length === 0) return [];
    const rows = await this.#resources('r.type = $2 and r.account = $3 and ($4::text[] is null or v.name = any($4))', [
      type,
      account,
      names ?? null,
    ]);
    return rows as unknown as StoredResource<T>[];
  }

  /** A resource of any type by its ARN. */
  async resource(arn: string): Promise<StoredResource | undefined> {
    return (await this.#resources('r.arn = $2 limit 1', [arn]))[0];
  }

  /** ARNs of resources of a type, for suggestions. */
  async arnsOf(types: readonly ResourceType[], account?: string): Promise<readonly string[]> {
    const { rows } = await this.#store.pool.query<{ arn: string }>(
      `select arn from resource where organization_id = $1 and type = any($2) and ($3::text is null or account = $3)
        order by arn limit 20000`,
      [this.organization.id, types, account ?? null],
    );
    return rows.map((row) => row.arn);
  }

  /** The account whose canonical user id this is, as far as any of its buckets showed it. */
  async accountOfCanonicalUser(id: string): Promise<string | undefined> {
    const { rows } = await this.#store.pool.query<{ account: string }>(
      `select v.account from ${from} where r.organization_id = $1 and r.type = 'AWS::S3::Bucket'
          and v.config->'acl'->>'owner' = $2 limit 1`,
      [this.organization.id, id],
    );
    return rows[0]?.account;
  }

  /** Why a resource of a service may be missing from the evidence of an account's region; undefined when it cannot. */
  async gap(account: string, service: string, region: string): Promise<string | undefined> {
    const { rows } = await this.#store.pool.query<{ action: string; reason: string }>(
      `select action, reason from gap
        where organization_id = $1 and account = $2 and (service = $3 or service = '*')
          and (region in ($4, 'global', '*') or $4 = '')
          and scan = (select max(scan) from scan_account where organization_id = $1 and account = $2)
        order by service desc limit 1`,
      [this.organization.id, account, service, region],
    );
    const [gap] = rows;
    return gap && `${gap.action === '*' ? 'reading it' : gap.action} was ${gap.reason}`;
  }

  async #resources(where: string, values: readonly unknown[]): Promise<readonly StoredResource[]> {
    const { rows } = await this.#store.pool.query<StoredResource>(
      `select ${columns} from ${from} where r.organization_id = $1 and ${where}`,
      [this.organization.id, ...values],
    );
    return rows;
  }
}

function rowsOf(
  principals: IdentityRows['principals'],
  groups: readonly StoredResource<'AWS::IAM::Group'>[],
  policies: readonly StoredResource<'AWS::IAM::Policy'>[],
): IdentityRows {
  return {
    principals,
    groups: new Map(groups.map((row) => [row.name, row])),
    policies: new Map(policies.map((row) => [row.arn, row])),
  };
}

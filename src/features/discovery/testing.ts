// For the tests of this folder: Organizations as a script, behind the access that discovery uses.

import type { Account } from '../../domain/account.ts';
import { classifyError } from '../../platform/aws/classify-error.ts';
import { createAwsAccess } from '../../platform/aws/create-access.ts';
import { homeRegion } from '../../platform/aws/partitions.ts';
import { awsError, scriptedAws } from '../../platform/aws/testing/scripted-aws.ts';
import { defaultContextRules } from './context.ts';
import type { DiscoveryDependencies } from './contract.ts';

export const management = '111122223333';
export const organizationId = 'o-exampleorgid';
export const rootId = 'r-exampleroot';

/** A unit with what lies below it; accounts by id. */
export interface UnitScript {
  id: string;
  name: string;
  accounts?: readonly string[];
  units?: readonly UnitScript[];
}

export interface Script {
  /** The root's content. */
  units?: readonly UnitScript[];
  accounts?: readonly string[];
  /** What differs from an active account without tags. */
  details?: Readonly<Record<string, { State?: string; Status?: string; Name?: string; tags?: Record<string, string> }>>;
  policyTypes?: readonly string[];
  /** By type: names, their id is `p-<name>`. */
  policies?: Readonly<Record<string, readonly string[]>>;
  /** The errors that operations throw: `ListRoots`, `ListAccountsForParent ou-1`, or `*` for all. */
  refuse?: Readonly<Record<string, string>>;
  /** Organizations answers with an empty list of roots. */
  noRoot?: boolean;
  identity?: string;
  /** Runs before every answer. */
  onCall?: (operation: string) => void;
}

export const accessDenied = 'AccessDeniedException';

function* unitsOf(units: readonly UnitScript[]): Generator<UnitScript> {
  for (const unit of units) {
    yield unit;
    yield* unitsOf(unit.units ?? []);
  }
}

/** Dependencies of a discovery of the scripted organisation, and its calls: `<operation> <parent, policy or account>`. */
export async function scripted(script: Script): Promise<{ dependencies: DiscoveryDependencies; calls: string[] }> {
  const root: UnitScript = { id: rootId, name: 'Root', units: script.units ?? [], accounts: script.accounts ?? [] };
  const all = [...unitsOf([root])];
  const parents = new Map(all.map((unit) => [unit.id, unit]));
  const calls: string[] = [];
  const accountOf = (id: string): object => {
    const { tags: _tags, ...detail } = script.details?.[id] ?? {};
    const Arn = `arn:aws:organizations::${management}:account/${organizationId}/${id}`;
    return { Id: id, Arn, Name: `name of ${id}`, Email: `${id}@example.com`, Status: 'ACTIVE', ...detail };
  };
  const answers: Readonly<Record<string, (input: Record<string, string>) => object>> = {
    DescribeOrganization: () => ({ Organization: { Id: organizationId, MasterAccountId: management } }),
    ListRoots: () => ({
      Roots:
        script.noRoot === true
          ? []
          : [
              {
                Id: rootId,
                Arn: `arn:aws:organizations::${management}:root/${organizationId}/${rootId}`,
                PolicyTypes: (script.policyTypes ?? []).map((Type) => ({ Type, Status: 'ENABLED' })),
              },
            ],
    }),
    ListOrganizationalUnitsForParent: ({ ParentId = '' }) => ({
      OrganizationalUnits: (parents.get(ParentId)?.units ?? []).map(({ id, name }) => ({ Id: id, Name: name })),
    }),
    ListAccountsForParent: ({ ParentId = '' }) => ({
      Accounts: (parents.get(ParentId)?.accounts ?? []).map(accountOf),
    }),
    ListAccounts: () => ({ Accounts: all.flatMap((unit) => unit.accounts ?? []).map(accountOf) }),
    ListPolicies: ({ Filter = '' }) => ({
      Policies: (script.policies?.[Filter] ?? []).map((name) => ({ Id: `p-${name}`, Name: name, Type: Filter })),
    }),
    DescribePolicy: ({ PolicyId = '' }) => ({ Policy: { Content: `{"of":"${PolicyId}"}` } }),
    ListTargetsForPolicy: () => ({ Targets: [{ TargetId: rootId }] }),
    ListDelegatedAdministrators: () => ({ DelegatedAdministrators: [{ Id: '444455556666' }] }),
    ListDelegatedServicesForAccount: () => ({
      DelegatedServices: [{ ServicePrincipal: 'guardduty.amazonaws.com' }],
    }),
    ListAWSServiceAccessForOrganization: () => ({ EnabledServicePrincipals: [] }),
    ListTagsForResource: ({ ResourceId = '' }) => ({
      Tags: Object.entries(script.details?.[ResourceId]?.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
    }),
    ListOrganizationsFeatures: () => ({ EnabledFeatures: ['RootCredentialsManagement'] }),
  };
  const identity = script.identity ?? management;
  const { options } = scriptedAws(
    ({ operation: called, input }) => {
      const operation = called.split(':')[1] ?? '';
      if (called === 'sts:GetCallerIdentity') return { Account: identity, Arn: `arn:aws:iam::${identity}:user/reader` };
      const { ParentId, PolicyId, ResourceId, Filter, AccountId } = input as Record<string, string>;
      const subject = ParentId ?? PolicyId ?? ResourceId ?? Filter ?? AccountId;
      const call = subject === undefined ? operation : `${operation} ${subject}`;
      calls.push(call);
      script.onCall?.(operation);
      const refused = script.refuse?.[call] ?? script.refuse?.[operation] ?? script.refuse?.['*'];
      if (refused !== undefined) throw awsError(refused, 'You are not allowed to.');
      return answers[operation]?.(input as Record<string, string>);
    },
    { budget: { share: 10_000, maxInFlightPerLane: 150 } },
  );
  const aws = await createAwsAccess(options);
  return { dependencies: { aws, homeRegion, classify: classifyError, contextRules: defaultContextRules }, calls };
}

/** An account for tests of pure functions. */
export function account(id: string, changes: Partial<Account> = {}): Account {
  return {
    id,
    name: `name of ${id}`,
    email: `${id}@example.com`,
    status: 'ACTIVE',
    ouPath: '/Workloads',
    ouIds: [rootId, 'ou-workloads'],
    joinedAt: '2026-01-01T00:00:00.000Z',
    tags: {},
    context: {},
    isManagement: false,
    ...changes,
  };
}

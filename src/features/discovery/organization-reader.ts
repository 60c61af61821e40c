// The calls to AWS Organizations, each as evidence. Nothing is decided here.

import { IAMClient, ListOrganizationsFeaturesCommand } from '@aws-sdk/client-iam';
import {
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  ListRootsCommand,
  OrganizationsClient,
  type Policy,
  type PolicyType as SdkPolicyType,
  paginateListAWSServiceAccessForOrganization,
  paginateListAccounts,
  paginateListAccountsForParent,
  paginateListDelegatedAdministrators,
  paginateListDelegatedServicesForAccount,
  paginateListOrganizationalUnitsForParent,
  paginateListPolicies,
  paginateListTagsForResource,
  paginateListTargetsForPolicy,
} from '@aws-sdk/client-organizations';
import type { AccountAccess, ClassifiedError } from '../../platform/aws/contract.ts';
import { type GapListener, readEvidence } from '../../platform/aws/read-evidence.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { organizationOperations } from './operations.ts';

async function collect<P, T>(pages: AsyncIterable<P>, items: (page: P) => readonly T[] | undefined): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...(items(page) ?? []));
  return all;
}

/** Reads one organisation through one account. Every method gives evidence and reports its gaps. */
export function organizationReader(
  access: AccountAccess,
  homeRegion: string,
  classify: (error: unknown) => ClassifiedError,
  onGap: GapListener,
  signal?: AbortSignal,
) {
  const request = { region: homeRegion, purpose: 'read', operations: organizationOperations } as const;
  const client = access.client(OrganizationsClient, request);
  const iam = access.client(IAMClient, request);
  const paginator = { client };
  const sending = signal === undefined ? {} : { abortSignal: signal };
  const read = <T>(operation: string, get: () => Promise<T>, absent: readonly string[] = []) =>
    readEvidence(operation, get, { classify, onGap, absent, ...(signal === undefined ? {} : { signal }) });

  return {
    /** Null when the account is in no organisation. */
    organization: () =>
      read(
        'organizations:DescribeOrganization',
        async () => (await client.send(new DescribeOrganizationCommand({}), sending)).Organization ?? {},
        ['AWSOrganizationsNotInUseException'],
      ),
    roots: () =>
      read('organizations:ListRoots', async () => (await client.send(new ListRootsCommand({}), sending)).Roots ?? []),
    unitsBelow: (parent: string) =>
      read('organizations:ListOrganizationalUnitsForParent', () =>
        collect(
          paginateListOrganizationalUnitsForParent(paginator, { ParentId: parent }, sending),
          (p) => p.OrganizationalUnits,
        ),
      ),
    accountsBelow: (parent: string) =>
      read('organizations:ListAccountsForParent', () =>
        collect(paginateListAccountsForParent(paginator, { ParentId: parent }, sending), (p) => p.Accounts),
      ),
    accounts: () =>
      read('organizations:ListAccounts', () =>
        collect(paginateListAccounts(paginator, {}, sending), (p) => p.Accounts),
      ),
    policies: (type: string) =>
      read('organizations:ListPolicies', () =>
        collect(paginateListPolicies(paginator, { Filter: type as SdkPolicyType }, sending), (p) => p.Policies),
      ),
    policy: (id: string): Promise<Evidence<Policy | null>> =>
      read(
        'organizations:DescribePolicy',
        async () => (await client.send(new DescribePolicyCommand({ PolicyId: id }), sending)).Policy ?? {},
      ),
    targets: (policy: string) =>
      read('organizations:ListTargetsForPolicy', () =>
        collect(paginateListTargetsForPolicy(paginator, { PolicyId: policy }, sending), (p) => p.Targets),
      ),
    delegatedAdministrators: () =>
      read('organizations:ListDelegatedAdministrators', () =>
        collect(paginateListDelegatedAdministrators(paginator, {}, sending), (p) => p.DelegatedAdministrators),
      ),
    delegatedServices: (account: string) =>
      read('organizations:ListDelegatedServicesForAccount', () =>
        collect(
          paginateListDelegatedServicesForAccount(paginator, { AccountId: account }, sending),
          (p) => p.DelegatedServices,
        ),
      ),
    trustedServices: () =>
      read('organizations:ListAWSServiceAccessForOrganization', () =>
        collect(paginateListAWSServiceAccessForOrganization(paginator, {}, sending), (p) => p.EnabledServicePrincipals),
      ),
    tags: (account: string) =>
      read('organizations:ListTagsForResource', () =>
        collect(paginateListTagsForResource(paginator, { ResourceId: account }, sending), (p) => p.Tags),
      ),
    /** Central root access management: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html */
    rootFeatures: () =>
      read(
        'iam:ListOrganizationsFeatures',
        async () => (await iam.send(new ListOrganizationsFeaturesCommand({}), sending)).EnabledFeatures ?? [],
        ['OrganizationNotInOrganizationException', 'ServiceAccessNotEnabledException'],
      ),
  };
}

export type OrganizationReader = ReturnType<typeof organizationReader>;

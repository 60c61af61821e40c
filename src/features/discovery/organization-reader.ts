// The calls to AWS Organizations, each as evidence. Nothing is decided here.

import { IAMClient, ListOrganizationsFeaturesCommand } from '@aws-sdk/client-iam';
import {
  type Account as SdkAccount,
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
) {
  const request = { region: homeRegion, purpose: 'read', operations: organizationOperations } as const;
  const client = access.client(OrganizationsClient, request);
  const iam = access.client(IAMClient, request);
  const paginator = { client };
  const read = <T>(operation: string, get: () => Promise<T>, absent: readonly string[] = []) =>
    readEvidence(operation, get, { classify, onGap, absent });

  return {
    /** Null when the account is in no organisation. */
    organization: () =>
      read(
        'organizations:DescribeOrganization',
        async () => (await client.send(new DescribeOrganizationCommand({}))).Organization ?? {},
        ['AWSOrganizationsNotInUseException'],
      ),
    roots: () => read('organizations:ListRoots', async () => (await client.send(new ListRootsCommand({}))).Roots ?? []),
    unitsBelow: (parent: string) =>
      read('organizations:ListOrganizationalUnitsForParent', () =>
        collect(
          paginateListOrganizationalUnitsForParent(paginator, { ParentId: parent }),
          (p) => p.OrganizationalUnits,
        ),
      ),
    accountsBelow: (parent: string) =>
      read('organizations:ListAccountsForParent', () =>
        collect(paginateListAccountsForParent(paginator, { ParentId: parent }), (p) => p.Accounts),
      ),
    accounts: () =>
      read('organizations:ListAccounts', () =>
        collect<unknown, SdkAccount>(
          paginateListAccounts(paginator, {}),
          (p) => (p as { Accounts?: SdkAccount[] }).Accounts,
        ),
      ),
    policies: (type: string) =>
      read('organizations:ListPolicies', () =>
        collect(paginateListPolicies(paginator, { Filter: type as SdkPolicyType }), (p) => p.Policies),
      ),
    policy: (id: string): Promise<Evidence<Policy | null>> =>
      read(
        'organizations:DescribePolicy',
        async () => (await client.send(new DescribePolicyCommand({ PolicyId: id }))).Policy ?? {},
      ),
    targets: (policy: string) =>
      read('organizations:ListTargetsForPolicy', () =>
        collect(paginateListTargetsForPolicy(paginator, { PolicyId: policy }), (p) => p.Targets),
      ),
    delegatedAdministrators: () =>
      read('organizations:ListDelegatedAdministrators', () =>
        collect(paginateListDelegatedAdministrators(paginator, {}), (p) => p.DelegatedAdministrators),
      ),
    delegatedServices: (account: string) =>
      read('organizations:ListDelegatedServicesForAccount', () =>
        collect(paginateListDelegatedServicesForAccount(paginator, { AccountId: account }), (p) => p.DelegatedServices),
      ),
    trustedServices: () =>
      read('organizations:ListAWSServiceAccessForOrganization', () =>
        collect(paginateListAWSServiceAccessForOrganization(paginator, {}), (p) => p.EnabledServicePrincipals),
      ),
    tags: (account: string) =>
      read('organizations:ListTagsForResource', () =>
        collect(paginateListTagsForResource(paginator, { ResourceId: account }), (p) => p.Tags),
      ),
    /** Central root access management: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html */
    rootFeatures: () =>
      read(
        'iam:ListOrganizationsFeatures',
        async () => (await iam.send(new ListOrganizationsFeaturesCommand({}))).EnabledFeatures ?? [],
        ['OrganizationNotInOrganizationException', 'ServiceAccessNotEnabledException'],
      ),
  };
}

export type OrganizationReader = ReturnType<typeof organizationReader>;

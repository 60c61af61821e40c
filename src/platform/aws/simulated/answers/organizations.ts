// AWS Organizations: it answers the management account and delegated administrators.

import type * as sdk from '@aws-sdk/client-organizations';
import type { Account, ChildType, Policy, PolicySummary, PolicyTargetSummary } from '@aws-sdk/client-organizations';
import type { Answers, Call } from '../call.ts';
import { trustedServices } from '../organization/delegation.ts';
import type { OrganizationPolicy } from '../organization/policies.ts';
import type { AccountProfile } from '../organization/profile.ts';
import { type Unit, title } from '../organization/units.ts';
import { page } from '../pages.ts';
import { refuse } from '../refusal.ts';

const most = 20;

function arnOf(call: Call, resource: string): string {
  return `arn:aws:organizations::${call.world.organization.management.id}:${resource}`;
}

/** Refuses callers that are neither the management account nor a delegated administrator. */
function forAdministrators(call: Call): void {
  const { organization } = call.world;
  const { profile } = call.site;
  if (profile === organization.management || organization.delegatedTo(profile).length > 0) return;
  refuse('AccessDeniedException', "You don't have permissions to access this resource.");
}

function accountOf(call: Call, profile: AccountProfile): Account {
  const { organization, calendar } = call.world;
  return {
    Id: profile.id,
    Arn: arnOf(call, `account/${organization.id}/${profile.id}`),
    Email: profile.email,
    Name: profile.name,
    Status: profile.state === 'CLOSED' ? 'SUSPENDED' : profile.state,
    State: profile.state,
    JoinedMethod: profile.joinedMethod,
    JoinedTimestamp: calendar.ago(profile.joinedDaysAgo),
  };
}

function unitOf(call: Call, unit: Unit): sdk.OrganizationalUnit {
  return { Id: unit.id, Arn: arnOf(call, `ou/${call.world.organization.id}/${unit.id}`), Name: unit.name };
}

function findUnit(call: Call, id: string | undefined): Unit | undefined {
  const { tree } = call.world.organization;
  return id === tree.root.id ? tree.root : tree.all.find((unit) => unit.id === id);
}

function parentOf(call: Call, id: string | undefined): Unit {
  return findUnit(call, id) ?? refuse('ParentNotFoundException', "You specified parent that doesn't exist.");
}

function profileOf(call: Call, id: string | undefined): AccountProfile {
  const profile = call.world.organization.byId.get(id ?? '');
  return (
    profile ?? refuse('AccountNotFoundException', 'You specified an account that does not exist in this organization.')
  );
}

function summaryOf(call: Call, policy: OrganizationPolicy): PolicySummary {
  const kind = policy.type.toLowerCase();
  return {
    Id: policy.id,
    Arn: policy.awsManaged
      ? `arn:aws:organizations::aws:policy/${kind}/${policy.id}`
      : arnOf(call, `policy/${call.world.organization.id}/${kind}/${policy.id}`),
    Name: policy.name,
    Description: policy.description,
    Type: policy.type,
    AwsManaged: policy.awsManaged,
  };
}

function policyById(call: Call, id: string | undefined): OrganizationPolicy {
  const policy = call.world.organization.policies.find((candidate) => candidate.id === id);
  return policy ?? refuse('PolicyNotFoundException', 'You specified a policy that does not exist.');
}

function targetOf(call: Call, id: string): PolicyTargetSummary {
  const unit = findUnit(call, id);
  if (unit === undefined) {
    const account = accountOf(call, profileOf(call, id));
    return { TargetId: id, Arn: account.Arn, Name: account.Name, Type: 'ACCOUNT' };
  }
  if (unit.parent === undefined) return { TargetId: id, Arn: rootOf(call).Arn, Name: unit.name, Type: 'ROOT' };
  return { TargetId: id, Arn: unitOf(call, unit).Arn, Name: unit.name, Type: 'ORGANIZATIONAL_UNIT' };
}

function rootOf(call: Call): sdk.Root {
  const { organization } = call.world;
  const { root } = organization.tree;
  const types = new Set(organization.policies.map((policy) => policy.type));
  return {
    Id: root.id,
    Arn: arnOf(call, `root/${organization.id}/${root.id}`),
    Name: root.name,
    PolicyTypes: [...types].map((Type) => ({ Type, Status: 'ENABLED' as const })),
  };
}

function tagsOf(call: Call, id: string | undefined): Readonly<Record<string, string>> {
  const { organization } = call.world;
  const profile = organization.byId.get(id ?? '');
  if (profile !== undefined) return profile.tags;
  const unit = findUnit(call, id);
  if (unit !== undefined)
    return unit.parent === undefined
      ? { simulated: 'true' }
      : { simulated: 'true', unit: title(unit.path).slice(0, 200) };
  if (organization.policies.some((policy) => policy.id === id)) return {};
  return refuse(
    'TargetNotFoundException',
    "We can't find a root, OU, account, or policy with the TargetId that you specified.",
  );
}

export const organizations: Answers<typeof sdk> = {
  DescribeOrganization: (_, call) => {
    const { organization } = call.world;
    const { management } = organization;
    return {
      Organization: {
        Id: organization.id,
        Arn: arnOf(call, `organization/${organization.id}`),
        FeatureSet: 'ALL',
        MasterAccountId: management.id,
        MasterAccountArn: arnOf(call, `account/${organization.id}/${management.id}`),
        MasterAccountEmail: management.email,
        AvailablePolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
      },
    };
  },
  ListRoots: (_, call) => {
    forAdministrators(call);
    return { Roots: [rootOf(call)] };
  },
  ListOrganizationalUnitsForParent: (input, call) => {
    forAdministrators(call);
    const { items, next } = page(parentOf(call, input.ParentId).children, input.NextToken, input.MaxResults, most);
    return { OrganizationalUnits: items.map((unit) => unitOf(call, unit)), NextToken: next };
  },
  DescribeOrganizationalUnit: (input, call) => {
    forAdministrators(call);
    const unit = findUnit(call, input.OrganizationalUnitId);
    if (unit?.parent === undefined)
      refuse('OrganizationalUnitNotFoundException', "You specified an organizational unit that doesn't exist.");
    return { OrganizationalUnit: unitOf(call, unit) };
  },
  ListAccountsForParent: (input, call) => {
    forAdministrators(call);
    const accounts = call.world.organization.byParent.get(parentOf(call, input.ParentId).id) ?? [];
    const { items, next } = page(accounts, input.NextToken, input.MaxResults, most);
    return { Accounts: items.map((profile) => accountOf(call, profile)), NextToken: next };
  },
  ListAccounts: (input, call) => {
    forAdministrators(call);
    const { items, next } = page(call.world.organization.accounts, input.NextToken, input.MaxResults, most);
    return { Accounts: items.map((profile) => accountOf(call, profile)), NextToken: next };
  },
  DescribeAccount: (input, call) => {
    forAdministrators(call);
    return { Account: accountOf(call, profileOf(call, input.AccountId)) };
  },
  ListParents: (input, call) => {
    forAdministrators(call);
    const child = call.world.organization.byId.get(input.ChildId ?? '')?.unit ?? findUnit(call, input.ChildId)?.parent;
    if (child === undefined)
      refuse(
        'ChildNotFoundException',
        "We can't find an organizational unit (OU) or Amazon Web Services account with the ChildId that you specified.",
      );
    return { Parents: [{ Id: child.id, Type: child.parent === undefined ? 'ROOT' : 'ORGANIZATIONAL_UNIT' }] };
  },
  ListChildren: (input, call) => {
    forAdministrators(call);
    const parent = parentOf(call, input.ParentId);
    const ids: readonly string[] =
      input.ChildType === 'ACCOUNT'
        ? (call.world.organization.byParent.get(parent.id) ?? []).map((profile) => profile.id)
        : parent.children.map((unit) => unit.id);
    const { items, next } = page(ids, input.NextToken, input.MaxResults, most);
    return { Children: items.map((Id) => ({ Id, Type: input.ChildType as ChildType })), NextToken: next };
  },
  ListPolicies: (input, call) => {
    forAdministrators(call);
    const policies = call.world.organization.policies.filter((policy) => policy.type === input.Filter);
    const { items, next } = page(policies, input.NextToken, input.MaxResults, most);
    return { Policies: items.map((policy) => summaryOf(call, policy)), NextToken: next };
  },
  DescribePolicy: (input, call) => {
    forAdministrators(call);
    const policy = policyById(call, input.PolicyId);
    const described: Policy = { PolicySummary: summaryOf(call, policy), Content: policy.content };
    return { Policy: described };
  },
  ListTargetsForPolicy: (input, call) => {
    forAdministrators(call);
    const { items, next } = page(
      [...policyById(call, input.PolicyId).targets],
      input.NextToken,
      input.MaxResults,
      most,
    );
    return { Targets: items.map((id) => targetOf(call, id)), NextToken: next };
  },
  ListPoliciesForTarget: (input, call) => {
    forAdministrators(call);
    const id = input.TargetId ?? '';
    tagsOf(call, id);
    const policies = call.world.organization.policies.filter(
      (policy) => policy.type === input.Filter && policy.targets.has(id),
    );
    const { items, next } = page(policies, input.NextToken, input.MaxResults, most);
    return { Policies: items.map((policy) => summaryOf(call, policy)), NextToken: next };
  },
  ListDelegatedAdministrators: (input, call) => {
    forAdministrators(call);
    const { organization, calendar } = call.world;
    const wanted = input.ServicePrincipal;
    const administrators = organization.accounts.filter((profile) => {
      const services = organization.delegatedTo(profile);
      return wanted === undefined ? services.length > 0 : services.includes(wanted);
    });
    const { items, next } = page(administrators, input.NextToken, input.MaxResults, most);
    return {
      DelegatedAdministrators: items.map((profile) => ({
        ...accountOf(call, profile),
        DelegationEnabledDate: calendar.ago(900),
      })),
      NextToken: next,
    };
  },
  ListDelegatedServicesForAccount: (input, call) => {
    forAdministrators(call);
    const services = call.world.organization.delegatedTo(profileOf(call, input.AccountId));
    if (services.length === 0)
      refuse(
        'AccountNotRegisteredException',
        'The specified account is not a delegated administrator for this Amazon Web Services service.',
      );
    const { items, next } = page(services, input.NextToken, input.MaxResults, most);
    return {
      DelegatedServices: items.map((ServicePrincipal) => ({
        ServicePrincipal,
        DelegationEnabledDate: call.world.calendar.ago(900),
      })),
      NextToken: next,
    };
  },
  ListAWSServiceAccessForOrganization: (input, call) => {
    forAdministrators(call);
    const { items, next } = page(trustedServices, input.NextToken, input.MaxResults, most);
    return {
      EnabledServicePrincipals: items.map((ServicePrincipal) => ({
        ServicePrincipal,
        DateEnabled: call.world.calendar.ago(1000),
      })),
      NextToken: next,
    };
  },
  ListTagsForResource: (input, call) => {
    forAdministrators(call);
    return { Tags: Object.entries(tagsOf(call, input.ResourceId)).map(([Key, Value]) => ({ Key, Value })) };
  },
  DescribeResourcePolicy: (_, call) => {
    forAdministrators(call);
    return refuse(
      'ResourcePolicyNotFoundException',
      "We can't find a resource policy request with the parameter that you specified.",
    );
  },
};

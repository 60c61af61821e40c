// What discovery may call. The read role is generated from these.

/** Called in the management account or a delegated administrator. */
export const organizationOperations = [
  'organizations:DescribeOrganization',
  'organizations:ListRoots',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListAccountsForParent',
  'organizations:ListAccounts',
  'organizations:ListPolicies',
  'organizations:DescribePolicy',
  'organizations:ListTargetsForPolicy',
  'organizations:ListDelegatedAdministrators',
  'organizations:ListDelegatedServicesForAccount',
  'organizations:ListAWSServiceAccessForOrganization',
  'organizations:ListTagsForResource',
  'iam:ListOrganizationsFeatures',
] as const;

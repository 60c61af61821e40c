// For tests: every operation that is answered, with inputs that fit an account's model.

import * as account from '@aws-sdk/client-account';
import * as iam from '@aws-sdk/client-iam';
import * as organizations from '@aws-sdk/client-organizations';
import * as s3Control from '@aws-sdk/client-s3-control';
import * as s3 from '@aws-sdk/client-s3';
import * as sts from '@aws-sdk/client-sts';
import { type Probes, regionalProbes } from './testing/regional.ts';

const none = [{}];

/** Of services that answer alike in every region, by client name. */
const globalProbes: Readonly<Record<string, Probes>> = {
  OrganizationsClient: {
    package: organizations,
    inputs: ({ site: { organization, profile } }) => {
      const { root } = organization.tree;
      const ids = [root.id, profile.unit.id, profile.id];
      const types = [...new Set(organization.policies.map((policy) => policy.type))];
      return {
        DescribeOrganization: none,
        ListRoots: none,
        ListOrganizationalUnitsForParent: [root.id, profile.unit.id].map((ParentId) => ({ ParentId })),
        DescribeOrganizationalUnit: [{ OrganizationalUnitId: profile.unit.id }],
        ListAccountsForParent: [{ ParentId: profile.unit.id }],
        ListAccounts: [{}, { MaxResults: 3 }],
        DescribeAccount: [{ AccountId: profile.id }],
        ListParents: [{ ChildId: profile.id }],
        ListChildren: [
          { ParentId: root.id, ChildType: 'ORGANIZATIONAL_UNIT' },
          { ParentId: profile.unit.id, ChildType: 'ACCOUNT' },
        ],
        ListPolicies: types.map((Filter) => ({ Filter })),
        DescribePolicy: organization.policies.map(({ id }) => ({ PolicyId: id })),
        ListTargetsForPolicy: organization.policies.map(({ id }) => ({ PolicyId: id })),
        ListPoliciesForTarget: ids.map((TargetId) => ({ TargetId, Filter: 'SERVICE_CONTROL_POLICY' })),
        ListDelegatedAdministrators: [{}, { ServicePrincipal: 'guardduty.amazonaws.com' }],
        ListDelegatedServicesForAccount: [{ AccountId: organization.security.id }],
        ListAWSServiceAccessForOrganization: none,
        ListTagsForResource: ids.map((ResourceId) => ({ ResourceId })),
        DescribeResourcePolicy: none,
      };
    },
  },
  STSClient: {
    package: sts,
    inputs: ({ site }) => ({
      GetCallerIdentity: none,
      AssumeRole: [{ RoleArn: `arn:aws:iam::${site.account}:role/absent`, RoleSessionName: 'probe' }],
    }),
  },
  AccountClient: {
    package: account,
    inputs: () => ({
      ListRegions: [{}, { RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'] }],
      GetRegionOptStatus: [{ RegionName: 'eu-south-1' }],
      GetAlternateContact: ['SECURITY', 'BILLING', 'OPERATIONS'].map((AlternateContactType) => ({
        AlternateContactType,
      })),
      GetContactInformation: none,
    }),
  },
  IAMClient: {
    package: iam,
    inputs: (model) => {
      const policies = [...model.iam.policies.keys()];
      return {
        GetAccountAuthorizationDetails: [{}, { MaxItems: 7 }, { Filter: ['Role'] }],
        GenerateCredentialReport: [{}, {}],
        GetCredentialReport: none,
        GetAccountSummary: none,
        GetAccountPasswordPolicy: none,
        ListServerCertificates: none,
        ListVirtualMFADevices: none,
        ListServerCertificateTags: model.iam.serverCertificates.map(({ name }) => ({ ServerCertificateName: name })),
        ListPolicyTags: policies.map((PolicyArn) => ({ PolicyArn })),
        ListEntitiesForPolicy: policies.map((PolicyArn) => ({ PolicyArn })),
        GetPolicy: policies.map((PolicyArn) => ({ PolicyArn })),
        GetPolicyVersion: policies.map((PolicyArn) => ({ PolicyArn, VersionId: 'v1' })),
        ListPolicies: [{}, { Scope: 'Local', OnlyAttached: true }],
        ListRoles: [{}, { MaxItems: 5 }],
        ListUsers: none,
        ListAccountAliases: none,
        ListOrganizationsFeatures: none,
        ListAttachedUserPolicies: [...model.iam.users.keys()].map((UserName) => ({ UserName })),
        ListOpenIDConnectProviders: none,
        GetOpenIDConnectProvider: model.iam.oidcProviders.map(({ arn }) => ({ OpenIDConnectProviderArn: arn })),
        ListSAMLProviders: none,
      };
    },
  },
  S3Client: {
    package: s3,
    inputs: (model, region) => {
      const buckets = [...model.s3.buckets.values()]
        .filter((bucket) => bucket.region === region)
        // Those with the rarest setting first: a few of the inputs are tried.
        .sort((a, b) => (b.expiresAfter ?? 0) - (a.expiresAfter ?? 0))
        .map(({ name }) => ({ Bucket: name }));
      return {
        ListBuckets: [{}, { MaxBuckets: 2 }],
        ...Object.fromEntries(
          [
            'Location',
            'Encryption',
            'Policy',
            'PolicyStatus',
            'Acl',
            'OwnershipControls',
            'Versioning',
            'LifecycleConfiguration',
            'Logging',
            'Tagging',
          ].map((part) => [`GetBucket${part}`, buckets]),
        ),
        GetPublicAccessBlock: buckets,
      };
    },
  },
  S3ControlClient: {
    package: s3Control,
    inputs: (model, region) => {
      const AccountId = model.profile.id;
      const here = model.s3.accessPoints.filter((point) => point.region === region);
      const points = here.map(({ name }) => ({ AccountId, Name: name }));
      return {
        GetPublicAccessBlock: [{ AccountId }],
        ListAccessPoints: [{ AccountId }],
        ListTagsForResource: here.map(({ name }) => ({
          AccountId,
          ResourceArn: `arn:aws:s3:${region}:${AccountId}:accesspoint/${name}`,
        })),
        GetAccessPoint: points,
        GetAccessPointPolicy: points,
      };
    },
  },
};

export const probes: Readonly<Record<string, Probes>> = { ...globalProbes, ...regionalProbes };

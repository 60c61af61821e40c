// For tests: operations of regional services, with inputs that fit the model of a region.

import * as accessAnalyzer from '@aws-sdk/client-accessanalyzer';
import * as cloudTrail from '@aws-sdk/client-cloudtrail';
import * as config from '@aws-sdk/client-config-service';
import * as ec2 from '@aws-sdk/client-ec2';
import * as ecr from '@aws-sdk/client-ecr';
import * as guardDuty from '@aws-sdk/client-guardduty';
import * as inspector2 from '@aws-sdk/client-inspector2';
import * as kms from '@aws-sdk/client-kms';
import * as lambda from '@aws-sdk/client-lambda';
import * as macie2 from '@aws-sdk/client-macie2';
import * as openSearch from '@aws-sdk/client-opensearch';
import * as rds from '@aws-sdk/client-rds';
import * as secretsManager from '@aws-sdk/client-secrets-manager';
import * as securityHub from '@aws-sdk/client-securityhub';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import type { AccountModel } from '../../model/account-model.ts';

export interface Probes {
  package: object;
  /** Inputs by operation. */
  inputs(model: AccountModel, region: string): Readonly<Record<string, readonly object[]>>;
}

const none = [{}];

export const regionalProbes: Readonly<Record<string, Probes>> = {
  EC2Client: {
    package: ec2,
    inputs: (model, region) => {
      const state = model.region(region).ec2;
      return {
        DescribeRegions: [{}, { AllRegions: true }],
        DescribeSecurityGroups: [{}, { MaxResults: 5 }, { Filters: [{ Name: 'group-name', Values: ['def*'] }] }],
        DescribeSecurityGroupRules: none,
        DescribeNetworkInterfaces: none,
        DescribeNetworkAcls: none,
        DescribeVpcs: [{}, { Filters: [{ Name: 'is-default', Values: ['true'] }] }],
        DescribeSubnets: none,
        DescribeFlowLogs: none,
        DescribeAvailabilityZones: none,
        DescribeInstances: none,
        DescribeInstanceAttribute: state.instances.map(({ InstanceId }) => ({ InstanceId, Attribute: 'userData' })),
        DescribeVolumes: none,
        DescribeSnapshots: [{}, { OwnerIds: ['self'] }, { OwnerIds: ['self'], RestorableByUserIds: ['all'] }],
        DescribeSnapshotAttribute: state.snapshots.map(({ SnapshotId }) => ({
          SnapshotId,
          Attribute: 'createVolumePermission',
        })),
        GetEbsEncryptionByDefault: none,
        GetEbsDefaultKmsKeyId: none,
        GetSnapshotBlockPublicAccessState: none,
      };
    },
  },
  CloudTrailClient: {
    package: cloudTrail,
    inputs: (model) => {
      const arns = model.cloudTrail.trails.map(({ trail }) => trail.TrailARN ?? '');
      return {
        DescribeTrails: [{}, { includeShadowTrails: false }],
        ListTrails: none,
        GetTrailStatus: arns.map((Name) => ({ Name })),
        GetEventSelectors: arns.map((TrailName) => ({ TrailName })),
        ListTags: arns.map((arn) => ({ ResourceIdList: [arn] })),
      };
    },
  },
  ConfigServiceClient: {
    package: config,
    inputs: () => ({
      DescribeConfigurationRecorders: none,
      DescribeConfigurationRecorderStatus: none,
      DescribeDeliveryChannels: none,
    }),
  },
  AccessAnalyzerClient: { package: accessAnalyzer, inputs: () => ({ ListAnalyzers: [{}, { type: 'ACCOUNT' }] }) },
  GuardDutyClient: {
    package: guardDuty,
    inputs: (model, region) => {
      const DetectorId = model.region(region).watching.detector?.id ?? 'absent';
      return { ListDetectors: none, GetDetector: [{ DetectorId }], GetAdministratorAccount: [{ DetectorId }] };
    },
  },
  SecurityHubClient: {
    package: securityHub,
    inputs: () => ({
      DescribeHub: none,
      GetEnabledStandards: none,
      ListTagsForResource: [{ ResourceArn: 'arn' }],
      GetAdministratorAccount: none,
    }),
  },
  Inspector2Client: {
    package: inspector2,
    inputs: (model) => ({
      BatchGetAccountStatus: [{}, { accountIds: [model.profile.id] }],
      GetDelegatedAdminAccount: none,
    }),
  },
  Macie2Client: { package: macie2, inputs: () => ({ GetMacieSession: none, GetAdministratorAccount: none }) },
  KMSClient: {
    package: kms,
    inputs: (model, region) => {
      const keys = [...model.region(region).kms.keys.keys()].map((KeyId) => ({ KeyId }));
      const each = [
        'DescribeKey',
        'GetKeyRotationStatus',
        'GetKeyPolicy',
        'ListKeyPolicies',
        'ListResourceTags',
        'ListGrants',
      ];
      return {
        ListKeys: [{}, { Limit: 2 }],
        ListAliases: [{}, ...keys],
        ...Object.fromEntries(each.map((operation) => [operation, keys])),
      };
    },
  },
  RDSClient: {
    package: rds,
    inputs: (model, region) => {
      const state = model.region(region).rds;
      return {
        DescribeDBInstances: [{}, ...state.instances.map(({ DBInstanceIdentifier }) => ({ DBInstanceIdentifier }))],
        DescribeDBClusters: none,
        DescribeDBSnapshots: [{}, { SnapshotType: 'manual' }, { SnapshotType: 'public' }],
        DescribeDBClusterSnapshots: none,
        DescribeDBSnapshotAttributes: state.snapshots.map(({ DBSnapshotIdentifier }) => ({ DBSnapshotIdentifier })),
        DescribeDBClusterSnapshotAttributes: state.clusterSnapshots.map(({ DBClusterSnapshotIdentifier }) => ({
          DBClusterSnapshotIdentifier,
        })),
      };
    },
  },
  LambdaClient: {
    package: lambda,
    inputs: (model, region) => {
      const names = [...model.region(region).lambda.functions.values()].map(({ configuration }) => configuration);
      const byName = names.map(({ FunctionName }) => ({ FunctionName }));
      return {
        ListFunctions: [{}, { MaxItems: 2 }],
        GetFunctionConfiguration: byName,
        GetPolicy: byName,
        ListAliases: byName,
        ListFunctionUrlConfigs: byName,
        ListTags: names.map(({ FunctionArn }) => ({ Resource: FunctionArn })),
      };
    },
  },
  OpenSearchClient: {
    package: openSearch,
    inputs: (model, region) => {
      const { domains } = model.region(region).search;
      return {
        ListDomainNames: none,
        DescribeDomains: domains.map(({ name }) => ({ DomainNames: [name] })),
        ListTags: domains.map(({ arn }) => ({ ARN: arn })),
      };
    },
  },
  SSMClient: {
    package: ssm,
    inputs: (model, region) => ({
      ListDocuments: [{ Filters: [{ Key: 'Owner', Values: ['Self'] }] }, { MaxResults: 1 }],
      DescribeDocumentPermission: model
        .region(region)
        .systems.documents.map(({ name }) => ({ Name: name, PermissionType: 'Share' })),
    }),
  },
  SecretsManagerClient: {
    package: secretsManager,
    inputs: (model, region) => {
      const { secrets } = model.region(region).secrets;
      const each = secrets.map(({ entry }) => ({ SecretId: entry.ARN }));
      return {
        ListSecrets: [{}, { IncludePlannedDeletion: true, MaxResults: 1 }],
        DescribeSecret: each,
        GetResourcePolicy: each,
      };
    },
  },
  SNSClient: {
    package: sns,
    inputs: (model, region) => {
      const arns = model.region(region).messaging.topics.map(({ arn }) => arn);
      return {
        ListTopics: none,
        GetTopicAttributes: arns.map((TopicArn) => ({ TopicArn })),
        ListTagsForResource: arns.map((ResourceArn) => ({ ResourceArn })),
      };
    },
  },
  SQSClient: {
    package: sqs,
    inputs: (model, region) => {
      const urls = model
        .region(region)
        .messaging.queues.map(({ name }) => `https://sqs.${region}.amazonaws.com/${model.profile.id}/${name}`);
      return {
        ListQueues: [{}, { MaxResults: 1 }],
        GetQueueAttributes: urls.map((QueueUrl) => ({ QueueUrl, AttributeNames: ['All'] })),
        ListQueueTags: urls.map((QueueUrl) => ({ QueueUrl })),
      };
    },
  },
  ECRClient: {
    package: ecr,
    inputs: (model, region) => {
      const { repositories } = model.region(region).ecr;
      return {
        DescribeRepositories: [{}, ...repositories.map(({ name }) => ({ repositoryNames: [name] }))],
        GetRepositoryPolicy: repositories.map(({ name }) => ({ repositoryName: name })),
        GetRegistryScanningConfiguration: none,
        BatchGetRepositoryScanningConfiguration: [
          { repositoryNames: ['absent', ...repositories.map(({ name }) => name)] },
        ],
        ListTagsForResource: repositories.map(({ arn }) => ({ resourceArn: arn })),
      };
    },
  },
};

// Access Analyzer, GuardDuty, Security Hub, Inspector and Macie: what is on, and who administers it.

import type * as accessAnalyzerSdk from '@aws-sdk/client-accessanalyzer';
import type * as guardDutySdk from '@aws-sdk/client-guardduty';
import type { DetectorFeatureConfigurationResult, DetectorFeatureResult } from '@aws-sdk/client-guardduty';
import type * as inspectorSdk from '@aws-sdk/client-inspector2';
import type { AccountState, State } from '@aws-sdk/client-inspector2';
import type * as macieSdk from '@aws-sdk/client-macie2';
import type * as securityHubSdk from '@aws-sdk/client-securityhub';
import type { Answers, Call } from '../call.ts';
import type { Detector, WatchingModel } from '../model/watching/state.ts';
import { page } from '../pages.ts';
import { refuse } from '../refusal.ts';

function watchingOf(call: Call): WatchingModel {
  return call.account.region(call.region).watching;
}

/** The account that administers the services; undefined when it is this one. */
function administratorOf(call: Call): string | undefined {
  const { security } = call.world.organization;
  return security.id === call.site.account ? undefined : security.id;
}

export const accessAnalyzer: Answers<typeof accessAnalyzerSdk> = {
  ListAnalyzers: (input, call) => {
    const { analyzer } = watchingOf(call);
    if (analyzer === undefined || (input.type !== undefined && input.type !== analyzer)) return { analyzers: [] };
    const name = `${analyzer.toLowerCase()}-analyzer`;
    return {
      analyzers: [
        {
          arn: call.site.arn('access-analyzer', call.region, `analyzer/${name}`),
          name,
          type: analyzer,
          status: 'ACTIVE',
          createdAt: call.world.calendar.ago(500),
          tags: {},
        },
      ],
    };
  },
};

const plans: readonly DetectorFeatureResult[] = [
  'CLOUD_TRAIL',
  'DNS_LOGS',
  'FLOW_LOGS',
  'S3_DATA_EVENTS',
  'EKS_AUDIT_LOGS',
  'EBS_MALWARE_PROTECTION',
  'RDS_LOGIN_EVENTS',
  'LAMBDA_NETWORK_LOGS',
  'RUNTIME_MONITORING',
];

function detectorOf(call: Call, id: string | undefined): Detector {
  const { detector } = watchingOf(call);
  if (detector?.id === id && detector !== undefined) return detector;
  return refuse(
    'BadRequestException',
    'The request is rejected because the input detectorId is not owned by the current account.',
  );
}

function featureOf(call: Call, detector: Detector, Name: DetectorFeatureResult): DetectorFeatureConfigurationResult {
  return {
    Name,
    Status: detector.enabled && !detector.off.includes(Name) ? 'ENABLED' : 'DISABLED',
    UpdatedAt: call.world.calendar.ago(100),
    ...(Name === 'RUNTIME_MONITORING'
      ? { AdditionalConfiguration: [{ Name: 'ECS_FARGATE_AGENT_MANAGEMENT' as const, Status: 'DISABLED' as const }] }
      : {}),
  };
}

export const guardDuty: Answers<typeof guardDutySdk> = {
  ListDetectors: (input, call) => {
    const { detector } = watchingOf(call);
    const { items, next } = page(
      detector === undefined ? [] : [detector.id],
      input.NextToken,
      input.MaxResults,
      50,
      'BadRequestException',
    );
    return { DetectorIds: [...items], NextToken: next };
  },
  GetDetector: (input, call) => {
    const detector = detectorOf(call, input.DetectorId);
    return {
      Status: detector.enabled ? 'ENABLED' : 'DISABLED',
      ServiceRole: call.site.arn(
        'iam',
        '',
        'role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty',
      ),
      FindingPublishingFrequency: 'FIFTEEN_MINUTES',
      CreatedAt: call.world.calendar.ago(500).toISOString(),
      UpdatedAt: call.world.calendar.ago(100).toISOString(),
      Features: plans.map((plan) => featureOf(call, detector, plan)),
      Tags: {},
    };
  },
  GetAdministratorAccount: (input, call) => {
    detectorOf(call, input.DetectorId);
    const AccountId = administratorOf(call);
    return {
      Administrator:
        AccountId === undefined
          ? undefined
          : { AccountId, RelationshipStatus: 'Enabled', InvitedAt: call.world.calendar.ago(500).toISOString() },
    };
  },
};

function subscribed(call: Call): void {
  if (watchingOf(call).hub) return;
  refuse('InvalidAccessException', `Account ${call.site.account} is not subscribed to AWS Security Hub`, {
    status: 401,
    members: { Code: 'InvalidAccessException' },
  });
}

export const securityHub: Answers<typeof securityHubSdk> = {
  DescribeHub: (_, call) => {
    subscribed(call);
    return {
      HubArn: call.site.arn('securityhub', call.region, 'hub/default'),
      SubscribedAt: call.world.calendar.ago(500).toISOString(),
      AutoEnableControls: true,
      ControlFindingGenerator: 'SECURITY_CONTROL',
    };
  },
  GetEnabledStandards: (_, call) => {
    subscribed(call);
    const standard = 'aws-foundational-security-best-practices/v/1.0.0';
    return {
      StandardsSubscriptions: [
        {
          StandardsSubscriptionArn: call.site.arn('securityhub', call.region, `subscription/${standard}`),
          StandardsArn: `arn:aws:securityhub:${call.region}::standards/${standard}`,
          StandardsInput: {},
          StandardsStatus: 'READY',
        },
      ],
    };
  },
  ListTagsForResource: (_, call) => {
    subscribed(call);
    return { Tags: {} };
  },
  GetAdministratorAccount: (_, call) => {
    subscribed(call);
    const AccountId = administratorOf(call);
    return AccountId === undefined
      ? {}
      : { Administrator: { AccountId, MemberStatus: 'Enabled', InvitedAt: call.world.calendar.ago(500) } };
  },
};

function stateOf(on: boolean): State {
  return { status: on ? 'ENABLED' : 'DISABLED', errorCode: undefined, errorMessage: undefined };
}

function inspected(call: Call, accountId: string): AccountState {
  const other = accountId === call.site.account ? call.account : call.world.account(accountId);
  const mayAsk = other === call.account || administratorOf(call) === undefined;
  if (other === undefined || !mayAsk) {
    return refuse('AccessDeniedException', `You are not authorized to get the status of account ${accountId}.`, {
      status: 403,
    });
  }
  const on = other.region(call.region).watching.inspector;
  const scans = (type: 'ec2' | 'ecr' | 'lambda' | 'lambdaCode'): State => stateOf(on?.includes(type) ?? false);
  return {
    accountId,
    state: stateOf(on !== undefined),
    resourceState: { ec2: scans('ec2'), ecr: scans('ecr'), lambda: scans('lambda'), lambdaCode: scans('lambdaCode') },
  };
}

export const inspector2: Answers<typeof inspectorSdk> = {
  BatchGetAccountStatus: (input, call) => {
    const ids =
      input.accountIds === undefined || input.accountIds.length === 0 ? [call.site.account] : input.accountIds;
    return { accounts: ids.map((id) => inspected(call, id)), failedAccounts: [] };
  },
  GetDelegatedAdminAccount: (_, call) => ({
    delegatedAdmin: { accountId: call.world.organization.security.id, relationshipStatus: 'ENABLED' },
  }),
};

/** A service that was never enabled answers as if the caller had no right: https://docs.aws.amazon.com/macie/latest/APIReference/macie.html */
function macieOf(call: Call): 'ENABLED' | 'PAUSED' {
  return watchingOf(call).macie ?? refuse('AccessDeniedException', 'Macie is not enabled', { status: 403 });
}

export const macie2: Answers<typeof macieSdk> = {
  GetMacieSession: (_, call) => ({
    status: macieOf(call),
    findingPublishingFrequency: 'FIFTEEN_MINUTES',
    serviceRole: call.site.arn('iam', '', 'role/aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie'),
    createdAt: call.world.calendar.ago(500),
    updatedAt: call.world.calendar.ago(100),
  }),
  GetAdministratorAccount: (_, call) => {
    macieOf(call);
    const accountId = administratorOf(call);
    return accountId === undefined
      ? {}
      : { administrator: { accountId, relationshipStatus: 'Enabled', invitedAt: call.world.calendar.ago(500) } };
  },
};

// What no single test of a check can promise: taking evidence away makes verdicts unknown and never anything else.

import { describe, expect, test } from 'vitest';
import { checks } from '../../generated/checks.ts';
import { type Unread, unread } from '../../domain/evidence.ts';
import type { AnyResource, ResourceType } from '../../domain/resource.ts';
import type { ResourceConfigs } from '../../domain/resource-configs.ts';
import { createCatalogue } from './catalogue.ts';
import { accountResources } from './testing/account-resources.ts';
import { messagingResources } from './testing/messaging-resources.ts';
import { networkResources } from './testing/network-resources.ts';
import { serviceResources } from './testing/service-resources.ts';
import { makeEntry, makeRule } from './testing/rules.ts';
import { make, makeEvidence, type Surroundings, testNow, testRegion } from './testing.ts';
import { judge, scopesOf } from './run.ts';

type Example = Parameters<typeof make>[0];
type MayBeUnread<Config> = { [Key in keyof Config]: Unread extends Config[Key] ? Key : never }[keyof Config];

/** The members that are read by a call of their own. The compiler demands all of them, and no others. */
const readApart: { [T in Example]: Record<MayBeUnread<ResourceConfigs[T]>, true> } = {
  'AWS::IAM::User': {},
  'AWS::IAM::Group': {},
  'AWS::IAM::Role': {},
  'AWS::IAM::Policy': {},
  'AWS::IAM::CredentialReport': {},
  'AWS::IAM::AccountSummary': { rootVirtualMfaDevices: true },
  'AWS::IAM::PasswordPolicy': {},
  'AWS::IAM::ServerCertificate': {},
  'AWS::Account::AlternateContact': {},
  'AWS::S3::Bucket': {
    encryption: true,
    policy: true,
    policyIsPublic: true,
    acl: true,
    publicAccessBlock: true,
    objectOwnership: true,
    versioning: true,
    lifecycleRules: true,
    logging: true,
  },
  'AWS::S3::AccountPublicAccessBlock': {},
  'AWS::S3::AccessPoint': { publicAccessBlock: true, policy: true },
  'AWS::EC2::SecurityGroup': {},
  'AWS::EC2::NetworkInterface': {},
  'AWS::EC2::NetworkAcl': {},
  'AWS::EC2::VPC': {},
  'AWS::EC2::Subnet': {},
  'AWS::EC2::FlowLog': {},
  'AWS::EC2::Instance': { userDataSecrets: true },
  'AWS::EC2::Volume': {},
  'AWS::EC2::Snapshot': { public: true },
  'AWS::EC2::EBSDefaults': { encryptionByDefault: true, defaultKmsKeyId: true, snapshotBlockPublicAccess: true },
  'AWS::CloudTrail::Trail': {
    logging: true,
    latestDeliveryAt: true,
    latestDeliveryError: true,
    latestCloudWatchLogsDeliveryAt: true,
    eventSelectors: true,
  },
  'AWS::Config::ConfigurationRecorder': { recording: true, lastStatus: true, deliveryBucket: true },
  'AWS::AccessAnalyzer::Analyzer': {},
  'AWS::GuardDuty::Detector': { administratorAccount: true },
  'AWS::SecurityHub::Hub': { enabledStandards: true, administratorAccount: true },
  'AWS::InspectorV2::AccountStatus': { administratorAccount: true },
  'AWS::Macie::Session': { administratorAccount: true },
  'AWS::KMS::Key': { aliases: true, rotationEnabled: true, policy: true, grants: true },
  'AWS::RDS::DBInstance': { publiclyAccessible: true },
  'AWS::RDS::DBCluster': {},
  'AWS::RDS::DBSnapshot': { sharedWith: true },
  'AWS::RDS::DBClusterSnapshot': { sharedWith: true },
  'AWS::Lambda::Function': {
    environmentNames: true,
    environmentSecrets: true,
    policy: true,
    aliases: true,
    urls: true,
  },
  'AWS::OpenSearchService::Domain': {},
  'AWS::SSM::Document': { sharedWith: true },
  'AWS::SNS::Topic': { policy: true, kmsKeyId: true },
  'AWS::SQS::Queue': { policy: true, kmsKeyId: true, sqsManagedSse: true },
  'AWS::ECR::Repository': { policy: true, scanFrequency: true },
  'AWS::SecretsManager::Secret': { policy: true },
};

const types = Object.keys({
  ...accountResources,
  ...networkResources,
  ...serviceResources,
  ...messagingResources,
}) as Example[];
const refused = unread('any:Operation', 'denied');
const parameters = createCatalogue(checks).parameters();
const around: Surroundings = { regions: [testRegion] };

/** An account without a fault: one resource of each type, and a role for AWS Support. */
const safe: readonly AnyResource[] = [
  ...types.map((type) => make(type) as AnyResource),
  make(
    'AWS::IAM::Policy',
    { awsManaged: true, attachedTo: { users: [], groups: [], roles: ['support'] } },
    { arn: 'arn:aws:iam::aws:policy/AWSSupportAccess' },
  ),
  make(
    'AWS::IAM::CredentialReport',
    { isRoot: true, passwordLastUsed: null },
    { arn: 'arn:aws:iam::111122223333:root' },
  ),
];

const old = { active: true, lastRotated: '2025-01-01T00:00:00Z', lastUsed: null };
const open = {
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
};
const secret = { detector: 'aws-secret-access-key', location: 'line 1', fingerprint: '0123456789abcdef' };
/** A resource policy that opens everything to everybody. */
const openToAll = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
});
const widening = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 'iam:Put*', Resource: '*' },
});
const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
});

/** Settings that make checks fail. */
const weaknesses: { [T in Example]: Partial<ResourceConfigs[T]> } = {
  'AWS::IAM::User': {
    inlinePolicies: [
      { name: 'own', document: everything },
      { name: 'more', document: widening },
    ],
  },
  'AWS::IAM::Group': { inlinePolicies: [{ name: 'more', document: widening }] },
  'AWS::IAM::Role': {
    inlinePolicies: [{ name: 'more', document: widening }],
    trustPolicy: JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' },
    }),
  },
  'AWS::IAM::Policy': { document: everything },
  'AWS::IAM::CredentialReport': { mfaActive: false, accessKeys: [old, old], passwordLastUsed: null },
  'AWS::IAM::AccountSummary': { rootAccessKeysPresent: true, rootMfaEnabled: false },
  'AWS::IAM::PasswordPolicy': { policy: null },
  'AWS::IAM::ServerCertificate': { expiresAt: '2025-01-01T00:00:00Z' },
  'AWS::Account::AlternateContact': { security: false },
  'AWS::S3::Bucket': {
    encryption: null,
    policy: openToAll,
    policyIsPublic: true,
    publicAccessBlock: null,
    objectOwnership: 'ObjectWriter',
    versioning: { status: null, mfaDelete: false },
    logging: null,
  },
  'AWS::S3::AccountPublicAccessBlock': { publicAccessBlock: null },
  'AWS::S3::AccessPoint': { publicAccessBlock: open, policy: openToAll },
  'AWS::EC2::SecurityGroup': { rules: [makeRule({ protocol: '-1' })], groupId: 'sg-unused' },
  'AWS::EC2::NetworkInterface': {},
  'AWS::EC2::NetworkAcl': { entries: [makeEntry()] },
  'AWS::EC2::VPC': {},
  'AWS::EC2::Subnet': { mapPublicIpOnLaunch: true },
  'AWS::EC2::FlowLog': { trafficType: 'ACCEPT' },
  'AWS::EC2::Instance': {
    publicIp: '203.0.113.12',
    instanceProfileArn: null,
    httpTokens: 'optional',
    userDataSecrets: [secret],
  },
  'AWS::EC2::Volume': { encrypted: false },
  'AWS::EC2::Snapshot': { public: true },
  'AWS::EC2::EBSDefaults': { encryptionByDefault: false, snapshotBlockPublicAccess: 'unblocked' },
  'AWS::CloudTrail::Trail': { logging: false, logFileValidation: false, kmsKeyId: null, cloudWatchLogsGroupArn: null },
  'AWS::Config::ConfigurationRecorder': { recording: false },
  'AWS::AccessAnalyzer::Analyzer': { status: 'DISABLED' },
  'AWS::GuardDuty::Detector': {
    features: Object.fromEntries(
      Object.keys(serviceResources['AWS::GuardDuty::Detector'].config.features).map((plan) => [plan, 'DISABLED']),
    ),
  },
  'AWS::SecurityHub::Hub': {},
  'AWS::InspectorV2::AccountStatus': { resourceStatus: { ec2: 'DISABLED' } },
  'AWS::Macie::Session': { status: 'PAUSED' },
  'AWS::KMS::Key': { rotationEnabled: false, policy: openToAll },
  'AWS::RDS::DBInstance': {
    storageEncrypted: false,
    publiclyAccessible: true,
    multiAz: false,
    autoMinorVersionUpgrade: false,
    backupRetentionDays: 0,
  },
  'AWS::RDS::DBCluster': { storageEncrypted: false, multiAz: false },
  'AWS::RDS::DBSnapshot': { encrypted: false, sharedWith: ['all'] },
  'AWS::RDS::DBClusterSnapshot': { encrypted: false, sharedWith: ['all'] },
  'AWS::Lambda::Function': {
    runtime: 'python2.7',
    environmentSecrets: [secret],
    urls: [{ url: 'https://abcdefg.lambda-url.eu-west-1.on.aws/', authType: 'NONE', qualifier: null }],
    policy: openToAll,
  },
  'AWS::OpenSearchService::Domain': { vpcId: null, policy: openToAll },
  'AWS::SSM::Document': { sharedWith: ['all'] },
  'AWS::SNS::Topic': { policy: openToAll },
  'AWS::SQS::Queue': { policy: openToAll },
  'AWS::ECR::Repository': { policy: openToAll, scanFrequency: 'MANUAL' },
  'AWS::SecretsManager::Secret': {
    policy: openToAll,
    lastRotatedAt: '2025-12-01T12:00:00Z',
    lastAccessedAt: '2026-01-01T00:00:00Z',
    nextRotationAt: '2026-01-01T00:00:00Z',
  },
};

/** The same account with every fault at once. */
const weak: readonly AnyResource[] = safe.map(
  (resource) =>
    ({ ...resource, config: { ...resource.config, ...weaknesses[resource.type as Example] } }) as AnyResource,
);

/** Verdicts and reasons by check, subject and scope. */
function judgedIn(
  resources: readonly AnyResource[],
  surroundings: Surroundings = around,
): Map<string, [verdict: string, reason: string]> {
  const evidence = makeEvidence(resources, surroundings);
  const found = new Map<string, [string, string]>();
  for (const scope of scopesOf(evidence.regions)) {
    for (const result of judge(checks, scope, { evidence, now: new Date(testNow), parameters })) {
      for (const one of result.judgements) found.set(`${one.check} ${one.resource}`, [one.verdict, one.reason]);
    }
  }
  return found;
}

const accounts = [
  { name: 'a safe account', resources: safe, before: judgedIn(safe) },
  { name: 'a weak account', resources: weak, before: judgedIn(weak) },
];

const checkOf = (key: string) => checks.find((entry) => entry.id === key.split(' ')[0])?.check;
const declares = (key: string, type: ResourceType): boolean =>
  checkOf(key)?.subject === type || checkOf(key)?.needs?.includes(type) === true;

describe('evidence that is whole', () => {
  test.each(accounts)('no check breaks on $name', ({ before }) => {
    expect([...before].filter(([, [, reason]]) => reason.startsWith('The check failed'))).toEqual([]);
    expect([...before].filter(([, [verdict]]) => verdict === 'unknown')).toEqual([]);
  });

  test('every check judges something, and finds no fault in the safe account', () => {
    const [{ before } = { before: new Map() }] = accounts;
    const judged = new Set([...before.keys()].map((key) => key.split(' ')[0]));
    expect(checks.map((entry) => entry.id).filter((id) => !judged.has(id))).toEqual([]);
    expect([...before].filter(([, [verdict]]) => verdict === 'fail' || verdict === 'manual')).toEqual([]);
  });

  test('all but a few checks find a fault in the weak account', () => {
    const failing = new Set(
      [...(accounts[1]?.before ?? [])].filter(([, [verdict]]) => verdict === 'fail').map(([key]) => key.split(' ')[0]),
    );
    expect(checks.map((entry) => entry.id).filter((id) => !failing.has(id))).toEqual([
      'account-part-of-organization',
      'guardduty-enabled',
      'iam-administrator-role-cross-account',
      'iam-cloudshell-fullaccess-restricted',
      'iam-policy-in-use',
      'iam-privilege-escalation-paths',
      'iam-root-usage-recent',
      'iam-user-privilege-escalation',
      'kms-key-not-scheduled-for-deletion',
      // A secret whose rotation is late has one.
      'secretsmanager-rotation',
      'securityhub-enabled',
      'vpc-default-sg-closed',
    ]);
  });
});

describe.each(accounts)('evidence taken away from $name', ({ resources, before }) => {
  test.each(types)('an incomplete list of %s changes nothing but to unknown, where it is declared', (type) => {
    const after = judgedIn(
      resources.filter((resource) => resource.type !== type),
      { ...around, incomplete: [type] },
    );
    for (const [key, [verdict]] of after) {
      const was = before.get(key)?.[0];
      expect([key, verdict]).toEqual([key, declares(key, type) && verdict !== was ? 'unknown' : was]);
    }
    const subjects = checks.filter((entry) => entry.check.subject === type);
    for (const { id } of subjects) expect(after.get(`${id} AWS::::Account:111122223333`)?.[0]).toBe('unknown');
  });

  test.each(types)('a part of %s that was not read changes nothing but to unknown, where it is declared', (type) => {
    for (const member of Object.keys(readApart[type])) {
      const after = judgedIn(
        resources.map((one) =>
          one.type === type ? ({ ...one, config: { ...one.config, [member]: refused } } as AnyResource) : one,
        ),
      );
      for (const [key, [verdict]] of after) {
        const was = before.get(key)?.[0];
        expect([key, member, verdict]).toEqual([key, member, declares(key, type) && verdict !== was ? 'unknown' : was]);
      }
    }
  });
});

test('nothing passes when nothing could be read, but what Organizations itself says', () => {
  const passing = [...judgedIn([], { ...around, incomplete: types })].filter(([, [verdict]]) => verdict !== 'unknown');
  expect(passing.map(([key]) => key.split(' ')[0])).toEqual(['account-part-of-organization']);
});

// Examples of topics, queues, repositories, search domains, documents and secrets.

import { type Examples, testAccount, testRegion } from './example.ts';

/** A policy for the own account alone. */
const ownAccount = (action: string, resource?: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Sid: 'Own',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${testAccount}:root` },
      Action: action,
      ...(resource === undefined ? {} : { Resource: resource }),
    },
  });

export const messagingResources = {
  'AWS::SNS::Topic': {
    region: testRegion,
    arn: `sns:${testRegion}:${testAccount}:*`,
    name: 'orders',
    config: {
      policy: ownAccount('sns:Publish', `arn:aws:sns:${testRegion}:${testAccount}:orders`),
      kmsKeyId: 'alias/aws/sns',
    },
  },
  'AWS::SQS::Queue': {
    region: testRegion,
    arn: `sqs:${testRegion}:${testAccount}:*`,
    name: 'orders',
    config: {
      policy: ownAccount('sqs:*', `arn:aws:sqs:${testRegion}:${testAccount}:orders`),
      kmsKeyId: null,
      sqsManagedSse: true,
    },
  },
  'AWS::ECR::Repository': {
    region: testRegion,
    arn: `ecr:${testRegion}:${testAccount}:repository/*`,
    name: 'orders',
    config: {
      policy: ownAccount('ecr:BatchGetImage'),
      scanOnPush: true,
      scanFrequency: 'SCAN_ON_PUSH',
      tagImmutability: true,
      kmsKeyId: null,
    },
  },
  'AWS::OpenSearchService::Domain': {
    region: testRegion,
    arn: `es:${testRegion}:${testAccount}:domain/*`,
    name: 'logs',
    config: {
      engineVersion: 'OpenSearch_2.19',
      vpcId: 'vpc-1a2b3c4d',
      policy: null,
      fineGrainedAccessControl: false,
      anonymousAccess: false,
    },
  },
  'AWS::SSM::Document': {
    region: testRegion,
    arn: `ssm:${testRegion}:${testAccount}:document/*`,
    name: 'restart-service',
    config: { documentType: 'Command', sharedWith: [] },
  },
  'AWS::SecretsManager::Secret': {
    region: testRegion,
    arn: `secretsmanager:${testRegion}:${testAccount}:secret:*-AbCdEf`,
    name: 'orders/database',
    config: {
      policy: ownAccount('secretsmanager:GetSecretValue', '*'),
      kmsKeyId: `arn:aws:kms:${testRegion}:${testAccount}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
      rotationEnabled: true,
      rotationLambdaArn: `arn:aws:lambda:${testRegion}:${testAccount}:function:rotate`,
      rotationRules: { automaticallyAfterDays: 30, scheduleExpression: null, duration: null },
      createdAt: '2025-11-20T12:00:00Z',
      lastRotatedAt: '2026-11-10T12:00:00Z',
      lastChangedAt: '2026-11-10T12:00:00Z',
      lastAccessedAt: '2026-11-20T00:00:00Z',
      nextRotationAt: '2026-12-10T23:59:59Z',
      deletedAt: null,
      primaryRegion: null,
      owningService: null,
    },
  },
} as const satisfies Examples;

// Examples of topics, queues and repositories.

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
} as const satisfies Examples;

// All services that answer, by the SDK client's name.

import type { AnyAnswers } from '../call.ts';
import { account } from './account.ts';
import { cloudTrail } from './cloudtrail.ts';
import { config } from './config.ts';
import { ec2 } from './ec2/ec2.ts';
import { iam } from './iam/iam.ts';
import { kms } from './kms.ts';
import { lambda } from './lambda.ts';
import { ecr } from './ecr.ts';
import { sns, sqs } from './messaging.ts';
import { organizations } from './organizations.ts';
import { rds } from './rds.ts';
import { s3Control } from './s3-control.ts';
import { s3 } from './s3.ts';
import { search } from './search.ts';
import { secrets } from './secrets.ts';
import { sts } from './sts.ts';
import { systems } from './systems.ts';
import { accessAnalyzer, guardDuty, inspector2, macie2, securityHub } from './watching.ts';

/** How a service refuses: its codes for "not authorised" and "too many requests", and whether its session check is its own. */
export interface ServiceFacts {
  /** The service's name in `<service>:<operation>`. */
  name: string;
  /** Prefix of its IAM actions. */
  prefix: string;
  /** True when its answers do not depend on the client's region. */
  global: boolean;
  denied: string;
  throttled: string;
  /** The code for credentials that the region does not know. */
  unknownCredentials: string;
  expired: string;
  answers: AnyAnswers;
}

const json = {
  denied: 'AccessDeniedException',
  throttled: 'ThrottlingException',
  unknownCredentials: 'UnrecognizedClientException',
  expired: 'ExpiredTokenException',
  global: false,
};
const query = {
  denied: 'AccessDenied',
  throttled: 'Throttling',
  unknownCredentials: 'InvalidClientTokenId',
  expired: 'ExpiredToken',
  global: false,
};
const s3Like = {
  denied: 'AccessDenied',
  throttled: 'SlowDown',
  unknownCredentials: 'InvalidToken',
  expired: 'ExpiredToken',
  global: false,
};

/** By client name, as the SDK's middleware context gives it. */
export const services: Readonly<Record<string, ServiceFacts>> = {
  OrganizationsClient: {
    ...json,
    name: 'organizations',
    prefix: 'organizations',
    global: true,
    throttled: 'TooManyRequestsException',
    answers: organizations as AnyAnswers,
  },
  STSClient: { ...query, name: 'sts', prefix: 'sts', answers: sts as AnyAnswers },
  AccountClient: {
    ...json,
    name: 'account',
    prefix: 'account',
    global: true,
    throttled: 'TooManyRequestsException',
    answers: account as AnyAnswers,
  },
  IAMClient: { ...query, name: 'iam', prefix: 'iam', global: true, answers: iam as AnyAnswers },
  S3Client: { ...s3Like, name: 's3', prefix: 's3', answers: s3 as AnyAnswers },
  EC2Client: {
    ...query,
    name: 'ec2',
    prefix: 'ec2',
    denied: 'UnauthorizedOperation',
    throttled: 'RequestLimitExceeded',
    unknownCredentials: 'AuthFailure',
    expired: 'RequestExpired',
    answers: ec2 as AnyAnswers,
  },
  CloudTrailClient: { ...json, name: 'cloudtrail', prefix: 'cloudtrail', answers: cloudTrail as AnyAnswers },
  ConfigServiceClient: { ...json, name: 'config', prefix: 'config', answers: config as AnyAnswers },
  AccessAnalyzerClient: {
    ...json,
    name: 'access-analyzer',
    prefix: 'access-analyzer',
    answers: accessAnalyzer as AnyAnswers,
  },
  GuardDutyClient: {
    ...json,
    name: 'guardduty',
    prefix: 'guardduty',
    throttled: 'TooManyRequestsException',
    answers: guardDuty as AnyAnswers,
  },
  SecurityHubClient: {
    ...json,
    name: 'securityhub',
    prefix: 'securityhub',
    throttled: 'TooManyRequestsException',
    answers: securityHub as AnyAnswers,
  },
  Inspector2Client: { ...json, name: 'inspector2', prefix: 'inspector2', answers: inspector2 as AnyAnswers },
  Macie2Client: { ...json, name: 'macie2', prefix: 'macie2', answers: macie2 as AnyAnswers },
  KMSClient: { ...json, name: 'kms', prefix: 'kms', answers: kms as AnyAnswers },
  RDSClient: { ...query, name: 'rds', prefix: 'rds', answers: rds as AnyAnswers },
  LambdaClient: {
    ...json,
    name: 'lambda',
    prefix: 'lambda',
    throttled: 'TooManyRequestsException',
    answers: lambda as AnyAnswers,
  },
  SNSClient: { ...query, name: 'sns', prefix: 'sns', denied: 'AuthorizationError', answers: sns as AnyAnswers },
  SQSClient: { ...query, name: 'sqs', prefix: 'sqs', throttled: 'RequestThrottled', answers: sqs as AnyAnswers },
  ECRClient: { ...json, name: 'ecr', prefix: 'ecr', answers: ecr as AnyAnswers },
  OpenSearchClient: { ...json, name: 'es', prefix: 'es', answers: search as AnyAnswers },
  SSMClient: { ...json, name: 'ssm', prefix: 'ssm', answers: systems as AnyAnswers },
  SecretsManagerClient: {
    ...json,
    name: 'secretsmanager',
    prefix: 'secretsmanager',
    answers: secrets as AnyAnswers,
  },
  S3ControlClient: { ...s3Like, name: 's3control', prefix: 's3', answers: s3Control as AnyAnswers },
};

/** IAM actions that are called otherwise than their operations. */
const actions: Readonly<Record<string, string>> = {
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:GetBucketEncryption': 's3:GetEncryptionConfiguration',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  's3control:GetPublicAccessBlock': 's3:GetAccountPublicAccessBlock',
};

/** The IAM action that AWS names when it refuses an operation. */
export function actionOf(service: ServiceFacts, operation: string): string {
  return actions[`${service.name}:${operation}`] ?? `${service.prefix}:${operation}`;
}

import { describe, expect, test } from 'vitest';
import { actionExists } from '../../../domain/iam/actions.ts';
import { findOperation, operationName, operationServices, operationsOfService, serviceOf } from './operations.ts';

describe('the IAM actions of an operation', () => {
  test.each([
    ['s3:GetBucketEncryption', ['s3:GetEncryptionConfiguration'], 'Read'],
    ['s3:ListBuckets', ['s3:ListAllMyBuckets'], 'List'],
    ['s3:GetPublicAccessBlock', ['s3:GetBucketPublicAccessBlock'], 'Read'],
    ['s3control:GetPublicAccessBlock', ['s3:GetAccountPublicAccessBlock'], 'Read'],
    ['s3control:GetBucketPolicy', ['s3-outposts:GetBucketPolicy'], 'Read'],
    ['s3control:ListAccessPoints', ['s3:ListAccessPoints'], 'List'],
    ['s3:GetBucketAcl', ['s3:GetBucketAcl'], 'Read'],
    ['s3:GetBucketLogging', ['s3:GetBucketLogging'], 'Read'],
    ['s3:GetBucketVersioning', ['s3:GetBucketVersioning'], 'Read'],
    ['s3:GetBucketCors', ['s3:GetBucketCORS'], 'Read'],
    ['s3:DeleteBucketEncryption', ['s3:PutEncryptionConfiguration'], 'Write'],
    ['s3:CopyObject', ['s3:GetObject', 's3:PutObject'], 'Write'],
    ['s3:PutBucketPolicy', ['s3:PutBucketPolicy'], 'Permissions management'],
    ['lambda:ListFunctions', ['lambda:ListFunctions'], 'List'],
    ['lambda:Invoke', ['lambda:InvokeFunction'], 'Write'],
    ['ec2:DescribeInstances', ['ec2:DescribeInstances'], 'List'],
    ['kms:ReEncrypt', ['kms:ReEncryptFrom', 'kms:ReEncryptTo'], 'Write'],
    ['access-analyzer:ListFindingsV2', ['access-analyzer:ListFindings'], 'Read'],
    ['es:DescribeDomain', ['es:DescribeDomain'], 'Read'],
    ['config:DescribeConfigurationRecorders', ['config:DescribeConfigurationRecorders'], 'Read'],
    ['iam:GenerateCredentialReport', ['iam:GenerateCredentialReport'], 'Read'],
    ['iam:TagRole', ['iam:TagRole'], 'Tagging'],
  ])('%s', (name, actions, level) => {
    expect(findOperation(name)).toMatchObject({ name, actions, level });
  });

  test('an operation that AWS lists no action for has none and no level', () => {
    expect(findOperation('kms:Encapsulate')).toMatchObject({ actions: [], level: undefined });
  });

  test.each(['s3:GetBucketEncryptionX', 's3', '', 'nosuch:ListThings', '__proto__:x', 'constructor:name'])(
    'there is no operation %j',
    (name) => {
      expect(findOperation(name)).toBeUndefined();
    },
  );

  test('every action of every operation is one that AWS lists', () => {
    const all = operationServices().flatMap((service) => [...operationsOfService(service).values()]);
    expect(all.length).toBeGreaterThan(2000);
    expect(all.flatMap((operation) => operation.actions).filter((action) => !actionExists(action))).toEqual([]);
  });
});

describe('the service of a client', () => {
  test.each([
    ['S3Client', 's3'],
    ['S3ControlClient', 's3control'],
    ['ConfigServiceClient', 'config'],
    ['Inspector2Client', 'inspector2'],
    ['Macie2Client', 'macie2'],
    ['AccessAnalyzerClient', 'access-analyzer'],
    ['OrganizationsClient', 'organizations'],
    ['AccountClient', 'account'],
    ['OpenSearchClient', 'es'],
    ['ECRClient', 'ecr'],
    ['SecretsManagerClient', 'secretsmanager'],
  ])('%s is %s', (client, service) => {
    expect(serviceOf(client)).toBe(service);
  });

  test('a command names its operation', () => {
    expect(operationName('S3Client', 'GetBucketAclCommand')).toBe('s3:GetBucketAcl');
    expect(operationName('NoSuchClient', 'XCommand')).toBe('NoSuchClient:X');
  });
});

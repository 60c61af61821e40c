import { describe, expect, test } from 'vitest';
import type { Purpose } from './contract.ts';
import { operationServices, operationsOfService } from './operations/operations.ts';
import { declareOperations, refusalOf, requireDeclared } from './purpose.ts';

describe('what a purpose may do:', () => {
  test.each<[Purpose, string, boolean]>([
    ['read', 'iam:ListUsers', true],
    ['read', 'iam:GenerateCredentialReport', true],
    ['read', 's3:GetBucketPolicy', true],
    ['read', 'ec2:DescribeInstanceAttribute', true],
    ['read', 'lambda:GetFunctionConfiguration', true],
    ['read', 'lambda:GetFunction', false],
    ['read', 'lambda:GetLayerVersion', false],
    ['read', 's3:GetObject', false],
    ['read', 's3:HeadObject', false],
    ['read', 's3:SelectObjectContent', false],
    ['read', 's3control:GetDataAccess', false],
    ['read', 'secretsmanager:DescribeSecret', true],
    ['read', 'secretsmanager:GetSecretValue', false],
    ['read', 'secretsmanager:BatchGetSecretValue', false],
    ['read', 'ssm:GetParameter', false],
    ['read', 'ssm:GetParametersByPath', false],
    ['read', 'ssm:DescribeParameters', true],
    ['read', 'ecr:GetAuthorizationToken', false],
    ['read', 'ec2:GetPasswordData', false],
    ['read', 'ec2:DescribeVpnConnections', false],
    ['read', 'ec2:ExportVerifiedAccessInstanceClientConfiguration', false],
    ['read', 'ssm:GetMaintenanceWindowTask', false],
    ['read', 'ssm:DescribeAssociation', false],
    ['read', 'ec2:GetConsoleOutput', false],
    ['read', 'sqs:ReceiveMessage', false],
    ['read', 'sqs:GetQueueAttributes', true],
    ['read', 'sts:GetSessionToken', false],
    ['read', 'sts:AssumeRole', false],
    ['read', 'kms:Decrypt', false],
    ['read', 'kms:GetKeyPolicy', true],
    ['read', 'config:DeliverConfigSnapshot', false],
    ['read', 'rds:DownloadDBLogFilePortion', false],
    ['read', 's3:PutObject', false],
    ['read', 'iam:TagRole', false],
    ['read', 's3:CreateSession', false],
    ['read', 'kms:Encapsulate', false],
    ['read', 'nosuch:Operation', false],
    ['run', 'cloudtrail:StartQuery', true],
    ['run', 'cloudtrail:GetQueryResults', true],
    ['run', 'lambda:Invoke', false],
    ['run', 's3:GetObject', false],
    ['deliver', 'sns:Publish', true],
    ['deliver', 's3:PutObject', true],
    ['deliver', 's3:DeleteObject', false],
    ['deliver', 'iam:ListUsers', true],
    ['change', 's3:PutPublicAccessBlock', true],
    ['change', 'kms:Encapsulate', false],
  ])('%s %s: %s', (purpose, operation, allowed) => {
    expect(refusalOf(purpose, operation) === undefined).toBe(allowed);
  });

  test('reading never reaches an operation that AWS does not class as List or Read', () => {
    const all = operationServices().flatMap((service) => [...operationsOfService(service).values()]);
    const readable = all.filter((operation) => refusalOf('read', operation.name) === undefined);
    expect(readable.length).toBeGreaterThan(800);
    expect(new Set(readable.map((operation) => operation.level))).toEqual(new Set(['List', 'Read']));
  });
});

describe('a client', () => {
  test('cannot be obtained for what its purpose may not do', () => {
    expect(() => declareOperations('read', ['s3:GetBucketPolicy', 's3:GetObject'])).toThrow(
      's3:GetObject may not be used for the purpose "read": it reads or opens objects\' data.',
    );
  });

  test('refuses what it does not declare', () => {
    const declared = declareOperations('read', ['s3:GetBucketPolicy']);
    expect(() => requireDeclared('read', declared, 's3:GetBucketPolicy')).not.toThrow();
    expect(() => requireDeclared('read', declared, 's3:GetBucketAcl')).toThrow('refused before anything was sent');
  });
});

// Some of AWS's own managed policies. Long ones are shortened to what tells them apart.

import type { PolicyDocument } from './state.ts';

function allow(...actions: readonly string[]): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions.length === 1 ? actions[0] : actions, Resource: '*' }],
  };
}

export interface AwsPolicy {
  path: string;
  document: PolicyDocument;
  description: string;
}

/** By name. */
export const awsPolicies: Readonly<Record<string, AwsPolicy>> = {
  AdministratorAccess: {
    path: '/',
    document: allow('*'),
    description: 'Provides full access to AWS services and resources.',
  },
  ReadOnlyAccess: {
    path: '/',
    document: allow(
      'cloudtrail:Describe*',
      'cloudwatch:Get*',
      'ec2:Describe*',
      'iam:Get*',
      'iam:List*',
      'logs:Get*',
      's3:Get*',
      's3:List*',
      'rds:Describe*',
    ),
    description: 'Provides read-only access to AWS services and resources.',
  },
  SecurityAudit: {
    path: '/',
    document: allow(
      'access-analyzer:List*',
      'cloudtrail:DescribeTrails',
      'config:Describe*',
      'ec2:Describe*',
      'iam:GetAccountSummary',
      'iam:List*',
      's3:GetBucket*',
    ),
    description: 'The security audit template grants access to read security configuration metadata.',
  },
  AWSSupportAccess: {
    path: '/',
    document: allow('support:*'),
    description: 'Allows users to access the AWS Support Center.',
  },
  AWSCloudShellFullAccess: {
    path: '/',
    document: allow('cloudshell:*'),
    description: 'Grants using AWS CloudShell with all features.',
  },
  IAMFullAccess: {
    path: '/',
    document: allow(
      'iam:*',
      'organizations:DescribeAccount',
      'organizations:DescribeOrganization',
      'organizations:ListPolicies',
    ),
    description: 'Provides full access to IAM via the AWS Management Console.',
  },
  PowerUserAccess: {
    path: '/',
    document: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
        {
          Effect: 'Allow',
          Action: ['iam:CreateServiceLinkedRole', 'iam:ListRoles', 'account:ListRegions'],
          Resource: '*',
        },
      ],
    },
    description:
      'Provides full access to AWS services and resources, but does not allow management of Users and groups.',
  },
  AmazonS3ReadOnlyAccess: {
    path: '/',
    document: allow('s3:Get*', 's3:List*', 's3:Describe*'),
    description: 'Provides read only access to all buckets.',
  },
  AmazonSSMManagedInstanceCore: {
    path: '/',
    document: allow(
      'ssm:DescribeAssociation',
      'ssm:GetDocument',
      'ssm:UpdateInstanceInformation',
      'ssmmessages:*',
      'ec2messages:GetMessages',
    ),
    description: 'The policy for Amazon EC2 Role to enable AWS Systems Manager service core functionality.',
  },
  AWSLambdaBasicExecutionRole: {
    path: '/service-role/',
    document: allow('logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'),
    description: 'Provides write permissions to CloudWatch Logs.',
  },
  AWSLambdaVPCAccessExecutionRole: {
    path: '/service-role/',
    document: allow(
      'logs:PutLogEvents',
      'ec2:CreateNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DeleteNetworkInterface',
    ),
    description:
      'Provides minimum permissions for a Lambda function to execute while accessing a resource within a VPC.',
  },
  AWSBackupServiceRolePolicyForBackup: {
    path: '/service-role/',
    document: allow('backup:DescribeBackupVault', 'ec2:CreateSnapshot', 'rds:CreateDBSnapshot', 'tag:GetResources'),
    description: 'Provides AWS Backup permission to create backups on your behalf.',
  },
};

export function awsPolicyArn(name: string): string {
  return `arn:aws:iam::aws:policy${awsPolicies[name]?.path ?? '/'}${name}`;
}

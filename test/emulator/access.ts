// Puts users, groups, roles and policies of every kind into the emulator: what the questions of access are asked of.

import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  AttachPolicyCommand,
  CreatePolicyCommand as CreateScp,
  EnablePolicyTypeCommand,
  OrganizationsClient,
  type PolicyType,
} from '@aws-sdk/client-organizations';
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, PutResourcePolicyCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Organization, configuration, createOrganization, enter, rootCredentials, zip } from './organization.ts';

/** What is needed of an organisation to ask about it. */
export interface Access extends Organization {
  keys: { delegating: string; closed: string };
  policies: { stopLogging: string };
}

export const policy = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
export const allow = (Action: unknown, Resource: unknown = '*', more: object = {}): object => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (Action: unknown, Resource: unknown = '*', more: object = {}): object => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
});
export const trust = (Principal: unknown, more: object = {}): string =>
  policy({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more });

/** A value with what an encoding may lose: percent signs, plus signs, spaces, letters beyond ASCII. */
export const oddTeam = 'R&D 100%+Büro';
/** An account outside of the organisation, whom a bucket policy names. */
export const partner = '444455556666';
export const orders = 'arn:aws:s3:::vedette-orders';
export const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess';

async function fillWeb(endpoint: string, { web, data }: Organization['members']): Promise<void> {
  const c = configuration(endpoint, await enter(endpoint, web));
  const iam = new IAMClient(c);
  // Three versions, of which the second is in force.
  const reader = await iam.send(
    new CreatePolicyCommand({ PolicyName: 'reader', PolicyDocument: policy(allow('s3:GetObject', `${orders}/*`)) }),
  );
  const PolicyArn = reader.Policy?.Arn ?? '';
  const inForce = policy(allow('s3:GetObject', `${orders}/public/*`, { Sid: 'PublicPart' }));
  for (const [PolicyDocument, SetAsDefault] of [
    [inForce, true],
    [policy(allow('s3:*')), false],
  ] as const)
    await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault }));
  await iam.send(new CreateGroupCommand({ GroupName: 'readers' }));
  await iam.send(new AttachGroupPolicyCommand({ GroupName: 'readers', PolicyArn }));
  const ofTeam = { StringEquals: { 'aws:PrincipalTag/team': oddTeam } };
  await iam.send(
    new PutGroupPolicyCommand({
      GroupName: 'readers',
      PolicyName: 'of the team',
      PolicyDocument: policy(allow('ec2:StartInstances', '*', { Condition: ofTeam })),
    }),
  );
  for (const [UserName, team] of [
    ['tagged', oddTeam],
    ['other-team', 'R&D 100% Büro'],
  ] as const) {
    await iam.send(new CreateUserCommand({ UserName, Tags: [{ Key: 'team', Value: team }] }));
    await iam.send(new AddUserToGroupCommand({ GroupName: 'readers', UserName }));
  }
  const fence = await iam.send(
    new CreatePolicyCommand({ PolicyName: 'fence', PolicyDocument: policy(allow(['sqs:*', 'sns:*'])) }),
  );
  // The emulator has boundaries of roles alone, not of users.
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'fenced',
      AssumeRolePolicyDocument: trust({ Service: 'ec2.amazonaws.com' }),
      PermissionsBoundary: fence.Policy?.Arn ?? '',
    }),
  );
  const wide = policy(allow(['s3:*', 'sqs:*']));
  await iam.send(new PutRolePolicyCommand({ RoleName: 'fenced', PolicyName: 'wide', PolicyDocument: wide }));
  await iam.send(
    new PutUserPolicyCommand({
      UserName: 'other-team',
      PolicyName: 'queues',
      PolicyDocument: policy(allow('sqs:*', '*', { Sid: 'Queues' })),
    }),
  );
  const fromData = { AWS: `arn:aws:iam::${data}:root` };
  const withExternalId = { Condition: { StringEquals: { 'sts:ExternalId': 'orders-2026' } } };
  const role = (RoleName: string, AssumeRolePolicyDocument: string, Path = '/') =>
    iam.send(new CreateRoleCommand({ RoleName, Path, AssumeRolePolicyDocument }));
  await role('deployer', trust(fromData, withExternalId), '/delivery/');
  await role('administrator', trust({ Service: 'ec2.amazonaws.com' }));
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'administrator', PolicyArn: administrator }));
  await role('function', trust({ Service: 'lambda.amazonaws.com' }));
  await new SQSClient(c).send(new CreateQueueCommand({ QueueName: 'jobs' }));
  const lambda = new LambdaClient(c);
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'resize',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: `arn:aws:iam::${web}:role/function`,
      Code: { ZipFile: zip() },
    }),
  );
  await lambda.send(
    new AddPermissionCommand({
      FunctionName: 'resize',
      StatementId: 'OrdersMayCall',
      Action: 'lambda:InvokeFunction',
      Principal: 's3.amazonaws.com',
      SourceArn: orders,
      SourceAccount: data,
    }),
  );
}

async function fillData(endpoint: string, { web, data }: Organization['members']): Promise<Access['keys']> {
  const c = configuration(endpoint, await enter(endpoint, data));
  const iam = new IAMClient(c);
  const role = async (RoleName: string, document?: string): Promise<void> => {
    await iam.send(
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust({ Service: 'ec2.amazonaws.com' }) }),
    );
    if (document === undefined) await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: administrator }));
    else await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument: document }));
  };
  await role('janitor');
  await role('operator');
  await role('decryptor', policy(allow('kms:Decrypt')));
  await role('caller', policy(allow('sts:AssumeRole', `arn:aws:iam::${web}:role/delivery/*`)));
  const s3 = new S3Client({ ...c, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'vedette-orders' }));
  await s3.send(
    new PutBucketPolicyCommand({
      Bucket: 'vedette-orders',
      Policy: policy(
        allow('s3:GetObject', `${orders}/*`, { Sid: 'Web', Principal: { AWS: `arn:aws:iam::${web}:root` } }),
        allow('s3:GetObject', `${orders}/partner/*`, { Sid: 'Partner', Principal: { AWS: partner } }),
        deny('s3:*', [orders, `${orders}/*`], {
          Sid: 'TlsOnly',
          Principal: '*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      ),
    }),
  );
  const sns = new SNSClient(c);
  const topic = `arn:aws:sns:us-east-1:${data}:orders`;
  await sns.send(
    new CreateTopicCommand({
      Name: 'orders',
      Attributes: { Policy: policy(allow('sns:Publish', topic, { Principal: { AWS: web } })) },
    }),
  );
  const queue = `arn:aws:sqs:us-east-1:${data}:orders`;
  const fromTopic = { Condition: { ArnEquals: { 'aws:SourceArn': topic } } };
  await new SQSClient(c).send(
    new CreateQueueCommand({
      QueueName: 'orders',
      Attributes: {
        Policy: policy(allow('sqs:SendMessage', queue, { Principal: { Service: 'sns.amazonaws.com' }, ...fromTopic })),
      },
    }),
  );
  const kms = new KMSClient(c);
  const key = async (principal: string): Promise<string> => {
    const Policy = policy(allow('kms:*', '*', { Principal: { AWS: `arn:aws:iam::${data}:${principal}` } }));
    return (await kms.send(new CreateKeyCommand({ Policy }))).KeyMetadata?.Arn ?? '';
  };
  const keys = { delegating: await key('root'), closed: await key('role/janitor') };
  const secrets = new SecretsManagerClient(c);
  const toWeb = policy(
    allow(['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], '*', {
      Sid: 'Web',
      Principal: { AWS: `arn:aws:iam::${web}:role/administrator` },
    }),
  );
  await secrets.send(new CreateSecretCommand({ Name: 'orders', SecretString: 'example', KmsKeyId: keys.delegating }));
  await secrets.send(new PutResourcePolicyCommand({ SecretId: 'orders', ResourcePolicy: toWeb }));
  return keys;
}

/** Guardrails at two depths: logging for all workloads, deletion for payments alone. */
async function attachControls(endpoint: string, { id, units }: Organization): Promise<Access['policies']> {
  const organizations = new OrganizationsClient(configuration(endpoint, rootCredentials));
  for (const PolicyType of ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'] as const)
    await organizations.send(new EnablePolicyTypeCommand({ RootId: units.root, PolicyType }));
  const control = async (
    Name: string,
    target: string,
    Content: string,
    Type: PolicyType = 'SERVICE_CONTROL_POLICY',
  ): Promise<string> => {
    const made = await organizations.send(new CreateScp({ Name, Description: Name, Type, Content }));
    const PolicyId = made.Policy?.PolicySummary?.Id ?? '';
    await organizations.send(new AttachPolicyCommand({ PolicyId, TargetId: target }));
    return PolicyId;
  };
  const notJanitor = { Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/janitor' } } };
  await control(
    'KeepOrders',
    units.Payments,
    policy(deny('s3:DeleteBucket', '*', { Sid: 'OnlyTheJanitor', ...notJanitor })),
  );
  const stopLogging = await control(
    'KeepTrails',
    units.Workloads,
    policy(deny(['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail'], '*', { Sid: 'KeepTrails' })),
  );
  const outside = { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': id } };
  const notAws = { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } };
  await control(
    'Perimeter',
    units.Payments,
    policy(deny('s3:*', '*', { Sid: 'OnlyOurs', Principal: '*', Condition: { ...outside, ...notAws } })),
    'RESOURCE_CONTROL_POLICY',
  );
  return { stopLogging };
}

async function fillAudit(endpoint: string, { audit }: Organization['members']): Promise<void> {
  const iam = new IAMClient(configuration(endpoint, await enter(endpoint, audit)));
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'administrator',
      AssumeRolePolicyDocument: trust({ Service: 'ec2.amazonaws.com' }),
    }),
  );
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'administrator', PolicyArn: administrator }));
}

/** Builds the organisation with its policies. */
export async function buildAccess(endpoint: string): Promise<Access> {
  const organization = await createOrganization(endpoint);
  const { members } = organization;
  await fillWeb(endpoint, members);
  const keys = await fillData(endpoint, members);
  await fillAudit(endpoint, members);
  return { ...organization, keys, policies: await attachControls(endpoint, organization) };
}

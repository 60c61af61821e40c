// Puts an organisation into the emulator: nested units, three member accounts, and in them what the scan shall find.

import { execFileSync } from 'node:child_process';
import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import {
  ConfigServiceClient,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  StartConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateVolumeCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  AttachUserPolicyCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateKeyCommand, EnableKeyRotationCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateAccountCommand,
  CreateOrganizationCommand,
  CreateOrganizationalUnitCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { CreateDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutResourcePolicyCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

export const roleName = 'VedetteRead';
const region = 'us-east-1';

export type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken?: string };

/** Any key is the emulator's default account. */
export const rootCredentials: Credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'example' };

export interface Organization {
  id: string;
  management: string;
  /** Member accounts by the name they were created with. */
  members: Record<'web' | 'data' | 'audit', string>;
  /** Ids of the organisational units by the last part of their path, and of the root. */
  units: Record<'root' | 'Workloads' | 'Production' | 'Payments' | 'Security', string>;
}

export const configuration = (endpoint: string, credentials: Credentials) => ({ region, endpoint, credentials });

/** Credentials of an account's administrator, as Organizations leaves them to the management account. */
export async function enter(endpoint: string, account: string): Promise<Credentials> {
  const sts = new STSClient(configuration(endpoint, rootCredentials));
  const { Credentials: issued } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`,
      RoleSessionName: 'setup',
    }),
  );
  return {
    accessKeyId: issued?.AccessKeyId ?? '',
    secretAccessKey: issued?.SecretAccessKey ?? '',
    sessionToken: issued?.SessionToken ?? '',
  };
}

/** A zip archive with one file, as small as Lambda takes it. */
export function zip(): Uint8Array {
  return execFileSync('python3', [
    '-c',
    "import io,sys,zipfile; b=io.BytesIO(); z=zipfile.ZipFile(b,'w'); z.writestr('index.js','exports.handler=async()=>1'); z.close(); sys.stdout.buffer.write(b.getvalue())",
  ]);
}

async function fillWeb(endpoint: string, account: string): Promise<void> {
  const c = configuration(endpoint, await enter(endpoint, account));
  const ec2 = new EC2Client(c);
  const group = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'ssh-open', Description: 'ssh open to the world' }),
  );
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId: group.GroupId ?? '',
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    }),
  );
  const inner = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'ssh-inner', Description: 'ssh from inside' }),
  );
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId: inner.GroupId ?? '',
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
    }),
  );
  await ec2.send(new CreateVolumeCommand({ AvailabilityZone: `${region}a`, Size: 8, Encrypted: false }));
  await ec2.send(
    new RunInstancesCommand({ ImageId: 'ami-12c6146b', MinCount: 1, MaxCount: 1, InstanceType: 't3.micro' }),
  );
  const lambda = new LambdaClient(c);
  const iam = new IAMClient(c);
  const role = await iam.send(
    new CreateRoleCommand({
      RoleName: 'function',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      }),
    }),
  );
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'resize',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: role.Role?.Arn ?? '',
      Code: { ZipFile: zip() },
      Environment: { Variables: { DB_PASSWORD: canary } },
    }),
  );
}

/** A value that looks like a secret and must not be found anywhere after a scan. */
export const canary = 'Xq7-vTz2!mKp9#Lw4sRb';

/** A bucket policy that refuses every request without TLS. */
export const onlyByTls = (bucket: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  });

/** A secret's policy that lets everybody read it. */
const anybodyReads = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'secretsmanager:GetSecretValue', Resource: '*' }],
});

async function fillData(endpoint: string, account: string): Promise<void> {
  const c = configuration(endpoint, await enter(endpoint, account));
  const s3 = new S3Client({ ...c, forcePathStyle: true });
  for (const bucket of ['vedette-plain-http', 'vedette-tls-only'])
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await s3.send(new PutBucketPolicyCommand({ Bucket: 'vedette-tls-only', Policy: onlyByTls('vedette-tls-only') }));
  await s3.send(
    new PutBucketEncryptionCommand({
      Bucket: 'vedette-tls-only',
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    }),
  );
  const blocked = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  };
  await s3.send(
    new PutPublicAccessBlockCommand({ Bucket: 'vedette-tls-only', PublicAccessBlockConfiguration: blocked }),
  );
  const rds = new RDSClient(c);
  for (const [name, encrypted] of [
    ['open', false],
    ['sealed', true],
  ] as const) {
    await rds.send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier: `orders-${name}`,
        DBInstanceClass: 'db.t3.micro',
        Engine: 'postgres',
        AllocatedStorage: 20,
        MasterUsername: 'vedette',
        MasterUserPassword: 'emulator-only-password',
        StorageEncrypted: encrypted,
        PubliclyAccessible: !encrypted,
      }),
    );
  }
  const kms = new KMSClient(c);
  await kms.send(new CreateKeyCommand({ Description: 'never rotated' }));
  const rotated = await kms.send(new CreateKeyCommand({ Description: 'rotated' }));
  await kms.send(new EnableKeyRotationCommand({ KeyId: rotated.KeyMetadata?.KeyId ?? '' }));
  const secrets = new SecretsManagerClient(c);
  for (const Name of ['orders-open', 'orders-own', 'orders-gone'])
    await secrets.send(new CreateSecretCommand({ Name, SecretString: canary }));
  await secrets.send(new PutResourcePolicyCommand({ SecretId: 'orders-open', ResourcePolicy: anybodyReads }));
  await secrets.send(new DeleteSecretCommand({ SecretId: 'orders-gone', RecoveryWindowInDays: 7 }));
}

async function fillAudit(endpoint: string, account: string): Promise<void> {
  const c = configuration(endpoint, await enter(endpoint, account));
  const s3 = new S3Client({ ...c, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'vedette-trail' }));
  const trail = new CloudTrailClient(c);
  await trail.send(
    new CreateTrailCommand({
      Name: 'all',
      S3BucketName: 'vedette-trail',
      IsMultiRegionTrail: true,
      EnableLogFileValidation: true,
    }),
  );
  await trail.send(new StartLoggingCommand({ Name: 'all' }));
  const config = new ConfigServiceClient(c);
  await config.send(
    new PutConfigurationRecorderCommand({
      ConfigurationRecorder: {
        name: 'default',
        roleARN: `arn:aws:iam::${account}:role/config`,
        recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
      },
    }),
  );
  await config.send(
    new PutDeliveryChannelCommand({ DeliveryChannel: { name: 'default', s3BucketName: 'vedette-trail' } }),
  );
  await config.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }));
  const iam = new IAMClient(c);
  const policy = await iam.send(
    new CreatePolicyCommand({
      PolicyName: 'everything',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
      }),
    }),
  );
  for (const user of ['with-console', 'key-only']) await iam.send(new CreateUserCommand({ UserName: user }));
  await iam.send(new CreateLoginProfileCommand({ UserName: 'with-console', Password: 'Emulator-only-1!' }));
  await iam.send(new AttachUserPolicyCommand({ UserName: 'key-only', PolicyArn: policy.Policy?.Arn ?? '' }));
  await iam.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 8 }));
}

/** Forgets what the emulator holds and makes an organisation with three empty member accounts in nested units. */
export async function createOrganization(endpoint: string): Promise<Organization> {
  await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
  const organizations = new OrganizationsClient(configuration(endpoint, rootCredentials));
  const created = await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const roots = await organizations.send(new ListRootsCommand({}));
  const root = roots.Roots?.[0]?.Id ?? '';
  const unit = async (parent: string, name: string): Promise<string> => {
    const made = await organizations.send(new CreateOrganizationalUnitCommand({ ParentId: parent, Name: name }));
    return made.OrganizationalUnit?.Id ?? '';
  };
  const Workloads = await unit(root, 'Workloads');
  const Production = await unit(Workloads, 'Production');
  const Payments = await unit(Production, 'Payments');
  const Security = await unit(root, 'Security');
  const places = { web: Production, data: Payments, audit: Security } as const;
  const members: Record<string, string> = {};
  for (const [name, parent] of Object.entries(places)) {
    const made = await organizations.send(
      new CreateAccountCommand({ AccountName: name, Email: `${name}@example.com` }),
    );
    const id = made.CreateAccountStatus?.AccountId ?? '';
    await organizations.send(
      new MoveAccountCommand({ AccountId: id, SourceParentId: root, DestinationParentId: parent }),
    );
    members[name] = id;
  }
  return {
    id: created.Organization?.Id ?? '',
    management: created.Organization?.MasterAccountId ?? '',
    members: members as Organization['members'],
    units: { root, Workloads, Production, Payments, Security },
  };
}

/** The organisation with resources of many services in its accounts. */
export async function buildOrganization(endpoint: string): Promise<Organization> {
  const organization = await createOrganization(endpoint);
  await fillWeb(endpoint, organization.members.web);
  await fillData(endpoint, organization.members.data);
  await fillAudit(endpoint, organization.members.audit);
  return organization;
}

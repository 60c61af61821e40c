// The functions of one region of one account.

import type { FunctionConfiguration, FunctionUrlConfig } from '@aws-sdk/client-lambda';
import { hostile } from '../hostile.ts';
import type { ManifestEntry, PlantKind } from '../manifest.ts';
import type { Trait } from '../traits.ts';
import { canary } from './canaries.ts';
import type { PolicyDocument } from './iam/state.ts';
import { type Ground, dealtHere } from './region/ground.ts';

export interface AliasState {
  name: string;
  version: string;
  policy: PolicyDocument | undefined;
}

export interface FunctionState {
  configuration: FunctionConfiguration;
  policy: PolicyDocument | undefined;
  aliases: readonly AliasState[];
  urls: readonly FunctionUrlConfig[];
  tags: Readonly<Record<string, string>>;
}

export interface LambdaModel {
  /** By function name. */
  functions: ReadonlyMap<string, FunctionState>;
  planted: readonly ManifestEntry[];
}

interface LambdaDraft {
  ground: Ground;
  functions: Map<string, FunctionState>;
}

interface FunctionOptions {
  runtime?: FunctionConfiguration['Runtime'];
  environment?: Readonly<Record<string, string>>;
  statements?: readonly Readonly<Record<string, unknown>>[];
  url?: 'NONE' | 'AWS_IAM';
  /** An alias `live`; then policy and URL are the alias's. */
  alias?: true;
  description?: string;
}

function addFunction(draft: LambdaDraft, name: string, options: FunctionOptions = {}): string {
  const { ground } = draft;
  const { site } = ground;
  const arn = ground.arn('lambda', `function:${name}`);
  const inVpc = name.startsWith('api');
  const configuration: FunctionConfiguration = {
    FunctionName: name,
    FunctionArn: arn,
    Runtime: options.runtime ?? 'nodejs24.x',
    Role: site.arn('iam', '', inVpc ? 'role/service-role/app-api' : 'role/app-etl'),
    Handler: 'index.handler',
    CodeSize: 48_211,
    CodeSha256: `${site.base62(43, 'code', name)}=`,
    Description: options.description ?? '',
    Timeout: 30,
    MemorySize: 512,
    LastModified: `${site.calendar.ago(30).toISOString().slice(0, 19)}.000+0000`,
    Version: '$LATEST',
    PackageType: 'Zip',
    Architectures: ['arm64'],
    RevisionId: site.uuid('revision', ground.region, name),
    TracingConfig: { Mode: 'PassThrough' },
    EphemeralStorage: { Size: 512 },
    ...(options.environment === undefined ? {} : { Environment: { Variables: { ...options.environment } } }),
    VpcConfig: inVpc
      ? {
          VpcId: ground.id('vpc', 'main'),
          SubnetIds: [ground.id('subnet', 'main', 'private-a')],
          SecurityGroupIds: [ground.id('sg', ground.id('vpc', 'main'), 'functions')],
        }
      : { VpcId: '', SubnetIds: [], SecurityGroupIds: [] },
  };
  const { url, alias } = options;
  const door = alias ? `${arn}:live` : arn;
  const policy: PolicyDocument | undefined = options.statements && {
    Version: '2012-10-17',
    Statement: options.statements.map((statement) => ({ Resource: door, ...statement })),
  };
  draft.functions.set(name, {
    configuration,
    policy: alias ? undefined : policy,
    aliases: alias ? [{ name: 'live', version: '3', policy }] : [],
    urls:
      url === undefined
        ? []
        : [
            {
              FunctionUrl: `https://${site.hex(32, 'url', name)}.lambda-url.${ground.region}.on.aws/`,
              FunctionArn: door,
              AuthType: url,
              CreationTime: site.calendar.ago(30).toISOString(),
              LastModifiedTime: site.calendar.ago(30).toISOString(),
              InvokeMode: 'BUFFERED',
            },
          ],
    tags: { owner: site.profile.team },
  });
  return arn;
}

interface FunctionSpecimen extends FunctionOptions {
  name: string;
  kind: PlantKind;
  note: string;
  secret?: string;
}

const invoke = { Sid: 'Invoke', Effect: 'Allow', Action: 'lambda:InvokeFunction' };
const byUrl = {
  Sid: 'FunctionURLAllowPublicAccess',
  Effect: 'Allow',
  Principal: '*',
  Action: 'lambda:InvokeFunctionUrl',
};

/** The two permissions that a URL asks for since October 2025: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
const openUrl = [
  { ...byUrl, Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } } },
  {
    ...byUrl,
    Sid: 'FunctionURLInvokeAllowPublicAccess',
    Action: 'lambda:InvokeFunction',
    Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
  },
];

function publicOnes(ground: Ground): readonly FunctionSpecimen[] {
  const { account } = ground.site;
  return [
    { name: 'open-webhook', kind: 'plant', note: 'anybody may invoke it', statements: [{ ...invoke, Principal: '*' }] },
    {
      name: 'open-url',
      kind: 'plant',
      note: 'anybody may call its address',
      url: 'NONE',
      statements: openUrl,
    },
    {
      name: 'open-alias',
      kind: 'plant',
      note: 'anybody may invoke its alias',
      alias: true,
      statements: [{ ...invoke, Principal: '*' }],
    },
    {
      name: 'open-alias-url',
      kind: 'plant',
      note: 'anybody may call the address of its alias',
      alias: true,
      url: 'NONE',
      statements: openUrl,
    },
    {
      name: 'own-alias',
      kind: 'clean-twin',
      note: 'its own account may invoke its alias',
      alias: true,
      statements: [{ ...invoke, Principal: { AWS: ground.site.arn('iam', '', 'root') } }],
    },
    { name: 'signed-url', kind: 'clean-twin', note: 'its address asks for a signature', url: 'AWS_IAM' },
    {
      name: 'bucket-events',
      kind: 'near-miss',
      note: 'a service may invoke it, for a bucket of this account',
      statements: [
        {
          ...invoke,
          Principal: { Service: 's3.amazonaws.com' },
          Condition: {
            StringEquals: { 'AWS:SourceAccount': account },
            ArnLike: { 'AWS:SourceArn': `arn:aws:s3:::example-${account}` },
          },
        },
      ],
    },
    {
      name: 'organisation-only',
      kind: 'near-miss',
      note: 'everybody, but of this organisation',
      statements: [
        {
          ...invoke,
          Principal: '*',
          Condition: { StringEquals: { 'aws:PrincipalOrgID': ground.site.organization.id } },
        },
      ],
    },
  ];
}

function secretOnes({ site }: Ground): readonly FunctionSpecimen[] {
  const key = canary(site, 'aws-secret-access-key', 'function');
  const token = canary(site, 'github-token', 'function');
  const connection = canary(site, 'connection-string', 'function');
  return [
    {
      name: 'legacy-sync',
      kind: 'plant',
      note: 'an access key among its variables',
      secret: key,
      environment: { AWS_SYNC_KEY_ID: canary(site, 'aws-access-key-id', 'function'), SYNC_SECRET_ACCESS_KEY: key },
    },
    {
      name: 'release-notes',
      kind: 'plant',
      note: 'a token of a code host among its variables',
      secret: token,
      environment: { LOG_LEVEL: 'info', GITHUB_TOKEN: token },
    },
    {
      name: 'order-import',
      kind: 'plant',
      note: 'a password inside a connection string',
      secret: connection,
      environment: { DATABASE_URL: connection },
    },
    {
      name: 'order-export',
      kind: 'clean-twin',
      note: 'variables without secrets',
      environment: { LOG_LEVEL: 'info', STAGE: site.profile.environment },
    },
    {
      name: 'order-report',
      kind: 'near-miss',
      note: "its secret's name, not its value",
      environment: {
        DB_SECRET_ARN: site.arn('secretsmanager', site.profile.usedRegions[0] ?? '', 'secret:app/db-AbCdEf'),
        DB_PASSWORD: '{{resolve:secretsmanager:app/db:SecretString:password}}',
      },
    },
  ];
}

function groupsFor(ground: Ground): readonly { trait: Trait; specimens: readonly FunctionSpecimen[] }[] {
  return [
    { trait: 'function-public', specimens: publicOnes(ground) },
    { trait: 'secret-in-lambda-environment', specimens: secretOnes(ground) },
    {
      trait: 'function-runtime-deprecated',
      specimens: [
        { name: 'forgotten-job', kind: 'plant', note: 'a runtime that AWS no longer supports', runtime: 'python3.7' },
        { name: 'tended-job', kind: 'clean-twin', note: 'a runtime that AWS supports', runtime: 'python3.14' },
      ],
    },
  ];
}

export function lambdaModel(ground: Ground): LambdaModel {
  const draft: LambdaDraft = { ground, functions: new Map() };
  if (ground.used) {
    addFunction(draft, 'api', { alias: true, environment: { STAGE: ground.site.profile.environment } });
    const random = ground.site.random('functions', ground.region);
    for (let i = 1; i <= random.between(1, ground.main ? 4 : 1); i += 1) addFunction(draft, `job-${i}`);
    if (ground.main && ground.site.profile.index % 9 === 6) {
      addFunction(draft, 'notes', {
        description: hostile.prompt + hostile.mention,
        environment: { [hostile.prototype]: hostile.typst },
      });
    }
  }
  for (const { trait, specimens } of dealtHere(groupsFor(ground), ground, 0.4)) {
    for (const { name, kind, note, secret, ...options } of specimens) {
      const arn = addFunction(draft, name, options);
      ground.record.add(kind, trait, {
        type: 'AWS::Lambda::Function',
        arn,
        note,
        ...(secret === undefined ? {} : { secret }),
      });
    }
  }
  return { functions: draft.functions, planted: ground.record.entries };
}

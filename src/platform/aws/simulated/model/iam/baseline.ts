// The IAM that every account has before anything is wrong with it.

import type { Site } from '../../site.ts';
import { type IamDraft, statements } from './draft.ts';
import { addScannerRoles } from './scanner-roles.ts';
import type { PolicyDocument } from './state.ts';

function service(...names: readonly string[]) {
  return {
    Effect: 'Allow' as const,
    Principal: { Service: names.length === 1 ? (names[0] ?? '') : names },
    Action: 'sts:AssumeRole',
  };
}

const linkedServices = [
  ['AWSServiceRoleForSupport', 'support.amazonaws.com'],
  ['AWSServiceRoleForTrustedAdvisor', 'trustedadvisor.amazonaws.com'],
  ['AWSServiceRoleForOrganizations', 'organizations.amazonaws.com'],
  ['AWSServiceRoleForAmazonGuardDuty', 'guardduty.amazonaws.com'],
  ['AWSServiceRoleForSecurityHub', 'securityhub.amazonaws.com'],
  ['AWSServiceRoleForConfig', 'config.amazonaws.com'],
] as const;

/** Customer-managed policies of an application account, by name. */
function applicationPolicies(site: Site): Readonly<Record<string, PolicyDocument>> {
  const region = site.profile.usedRegions[0] ?? 'us-east-1';
  const team = site.profile.team;
  const data = `arn:aws:s3:::${team}-${site.profile.environment}-data-${site.account}`;
  return {
    'app-data-read': statements({
      Sid: 'Read',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:ListBucket'],
      Resource: [data, `${data}/*`],
    }),
    'app-data-write': statements({
      Sid: 'Write',
      Effect: 'Allow',
      Action: ['s3:PutObject', 's3:DeleteObject'],
      Resource: `${data}/*`,
    }),
    'queue-consume': statements({
      Effect: 'Allow',
      Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
      Resource: site.arn('sqs', region, `${team}-*`),
    }),
    'topic-publish': statements({
      Effect: 'Allow',
      Action: 'sns:Publish',
      Resource: site.arn('sns', region, `${team}-*`),
    }),
    'table-read': statements({
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:Query'],
      Resource: site.arn('dynamodb', region, `table/${team}-*`),
    }),
    'parameter-read': statements({
      Effect: 'Allow',
      Action: 'ssm:GetParameter*',
      Resource: site.arn('ssm', region, `parameter/${team}/*`),
    }),
    'key-use': statements({
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: site.arn('kms', region, `key/${site.uuid('key', region, 'data')}`),
    }),
    'deploy-stack': statements(
      {
        Effect: 'Allow',
        Action: ['cloudformation:CreateChangeSet', 'cloudformation:Describe*', 'cloudformation:ExecuteChangeSet'],
        Resource: '*',
      },
      {
        Effect: 'Allow',
        Action: 'iam:PassRole',
        Resource: site.arn('iam', '', 'role/app-*'),
        Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
      },
    ),
    'logs-read': statements({ Effect: 'Allow', Action: ['logs:FilterLogEvents', 'logs:GetLogEvents'], Resource: '*' }),
    'own-credentials': statements({
      Effect: 'Allow',
      Action: ['iam:ChangePassword', 'iam:CreateVirtualMFADevice', 'iam:EnableMFADevice'],
      Resource: site.arn('iam', '', 'user/${aws:username}'),
    }),
    'developer-boundary': statements(
      {
        Effect: 'Allow',
        Action: ['s3:*', 'dynamodb:*', 'lambda:*', 'logs:*', 'sqs:*', 'sns:*'],
        Resource: site.arn('*', '*', '*'),
      },
      { Effect: 'Deny', Action: ['iam:*', 'organizations:*'], Resource: '*' },
    ),
  };
}

function addPeople(draft: IamDraft, policy: (name: string) => string): void {
  draft.addGroup('developers', [policy('logs-read'), policy('own-credentials')]);
  draft.addGroup('operators', [draft.aws('ReadOnlyAccess'), policy('deploy-stack')]);
  draft.addGroup('auditors', [draft.aws('SecurityAudit')]);
  const random = draft.site.random('people');
  draft.addUser('break-glass', { groups: ['operators'], mfa: 'hardware', password: { used: 12, changed: 40 } });
  for (let i = 1; i <= random.between(1, 3); i += 1) {
    const groups = [random.pick(['developers', 'operators', 'auditors'])];
    draft.addUser(`staff-${String(i).padStart(2, '0')}`, {
      groups,
      mfa: 'virtual',
      password: { used: random.between(0, 20), changed: random.between(5, 80) },
    });
  }
}

function addWorkloadRoles(draft: IamDraft, policy: (name: string) => string): void {
  const region = draft.site.profile.usedRegions[0] ?? 'us-east-1';
  const used = (days: number) => ({ used: { days, region } });
  draft.addRole('app-instance', {
    trust: service('ec2.amazonaws.com'),
    attached: [policy('app-data-read'), policy('parameter-read'), draft.aws('AmazonSSMManagedInstanceCore')],
    instanceProfile: true,
    ...used(0),
  });
  draft.addRole('app-api', {
    trust: service('lambda.amazonaws.com'),
    attached: [policy('table-read'), policy('queue-consume'), draft.aws('AWSLambdaVPCAccessExecutionRole')],
    path: '/service-role/',
    ...used(0),
  });
  draft.addRole('app-etl', {
    trust: service('lambda.amazonaws.com'),
    attached: [
      policy('app-data-write'),
      policy('key-use'),
      policy('topic-publish'),
      draft.aws('AWSLambdaBasicExecutionRole'),
    ],
    boundary: policy('developer-boundary'),
    ...used(1),
  });
  draft.addRole('backup', {
    trust: service('backup.amazonaws.com'),
    attached: [draft.aws('AWSBackupServiceRolePolicyForBackup')],
    ...used(1),
  });
  const { organization } = draft.site;
  draft.addRole('support', {
    trust: {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${organization.security.id}:root` },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:PrincipalOrgID': organization.id } },
    },
    attached: [draft.aws('AWSSupportAccess')],
    description: 'Talks to AWS Support.',
  });
}

/** The account from which everything is delivered has a role for each pipeline: more than one page of them. */
function addPipelines(draft: IamDraft, policy: string): void {
  for (let i = 1; i <= 120; i += 1) {
    draft.addRole(`pipeline-${String(i).padStart(3, '0')}`, {
      trust: service('codebuild.amazonaws.com'),
      attached: [policy],
      path: '/pipelines/',
    });
  }
}

function addSignIn(draft: IamDraft): void {
  const provider = draft.site.arn('iam', '', 'saml-provider/AWSSSO_simulated_DO_NOT_DELETE');
  for (const [set, policy] of [
    ['AdministratorAccess', 'AdministratorAccess'],
    ['ReadOnly', 'ReadOnlyAccess'],
  ] as const) {
    draft.addRole(`AWSReservedSSO_${set}_${draft.site.hex(16, 'sso', set)}`, {
      trust: {
        Effect: 'Allow',
        Principal: { Federated: provider },
        Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
        Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
      },
      path: '/aws-reserved/sso.amazonaws.com/eu-west-1/',
      attached: [draft.aws(policy)],
      used: { days: 2, region: 'us-east-1' },
    });
  }
}

/** Fills a draft with people, roles and policies that nothing is wrong with. */
export function addBaseline(draft: IamDraft, externalId: string): void {
  const { site } = draft;
  const arns = new Map(
    Object.entries(applicationPolicies(site)).map(([name, document]) => [name, draft.addPolicy(name, document)]),
  );
  const policy = (name: string): string => arns.get(name) ?? '';
  addPeople(draft, policy);
  addWorkloadRoles(draft, policy);
  addSignIn(draft);
  if (site.profile.role === 'shared') addPipelines(draft, policy('deploy-stack'));
  for (const [name, principal] of linkedServices) {
    draft.addRole(name, {
      trust: service(principal),
      path: `/aws-service-role/${principal}/`,
      used: { days: 0, region: 'us-east-1' },
    });
  }
  addScannerRoles(draft, externalId);
  draft.settings.passwordPolicy = {
    minimumLength: 16,
    symbols: true,
    numbers: true,
    uppercase: true,
    lowercase: true,
    maxAge: 90,
    reuse: 24,
  };
  const { profile } = site;
  const keepsRoot = profile.role === 'management' || profile.joinedMethod === 'INVITED';
  draft.settings.root = keepsRoot
    ? { password: true, mfa: 'hardware', accessKey: false, used: 260 }
    : { password: false, mfa: 'none', accessKey: false, used: undefined };
}

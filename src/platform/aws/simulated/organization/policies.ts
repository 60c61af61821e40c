// Policies of the organisation and what they are attached to.

import { hostile } from '../hostile.ts';
import { lowerId } from '../random.ts';
import type { AccountProfile } from './profile.ts';
import { type Unit, type UnitTree, lineage } from './units.ts';

export type OrganizationPolicyType =
  | 'SERVICE_CONTROL_POLICY'
  | 'RESOURCE_CONTROL_POLICY'
  | 'TAG_POLICY'
  | 'BACKUP_POLICY'
  | 'AISERVICES_OPT_OUT_POLICY'
  | 'DECLARATIVE_POLICY_EC2';

export interface OrganizationPolicy {
  id: string;
  name: string;
  description: string;
  type: OrganizationPolicyType;
  awsManaged: boolean;
  content: string;
  /** Ids of the root, units and accounts. */
  targets: ReadonlySet<string>;
}

/** Services and actions that work whatever the region: they are exempt from the region restriction. */
const regionless = [
  'account:*',
  'iam:*',
  'organizations:*',
  'sts:*',
  'support:*',
  's3:ListAllMyBuckets',
  's3:GetBucketLocation',
];

/** Where a resource control policy keeps outsiders from buckets, queues, keys and secrets. */
const perimeterPath = 'Workloads/Production/Payments';

/** Regions that sandboxes may use. */
export const sandboxRegions: readonly string[] = ['us-east-1', 'eu-west-1', 'eu-central-1'];

type Statement = Readonly<Record<string, unknown>>;

function policyDocument(...statements: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

interface Draft {
  name: string;
  description: string;
  type: OrganizationPolicyType;
  content: string;
  /** Paths of units; the empty path is the root. */
  at: readonly string[];
}

function drafts(organizationId: string, names: { scanner: string; hub: string; security: string }): readonly Draft[] {
  const outsiders = {
    StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organizationId },
    BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
  };
  return [
    {
      name: 'DenyLeavingOrganization',
      description: 'Members stay.',
      type: 'SERVICE_CONTROL_POLICY',
      content: policyDocument({
        Sid: 'Stay',
        Effect: 'Deny',
        Action: 'organizations:LeaveOrganization',
        Resource: '*',
      }),
      at: [''],
    },
    {
      name: 'ProtectSecurityServices',
      description: 'Nobody switches off the alarm.',
      type: 'SERVICE_CONTROL_POLICY',
      content: policyDocument({
        Sid: 'KeepWatching',
        Effect: 'Deny',
        Action: [
          'cloudtrail:StopLogging',
          'cloudtrail:DeleteTrail',
          'config:StopConfigurationRecorder',
          'guardduty:DeleteDetector',
          'securityhub:DisableSecurityHub',
        ],
        Resource: '*',
      }),
      at: ['Workloads', 'Infrastructure', 'Sandbox'],
    },
    {
      name: 'ProtectScannerRole',
      description: 'Only the security account changes the role that it reads with.',
      type: 'SERVICE_CONTROL_POLICY',
      content: policyDocument({
        Sid: 'HandsOff',
        Effect: 'Deny',
        Action: ['iam:AttachRolePolicy', 'iam:DeleteRole', 'iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy'],
        Resource: `arn:aws:iam::*:role/${names.scanner}`,
        Condition: { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${names.security}:role/${names.hub}` } },
      }),
      at: [''],
    },
    {
      name: 'RegionRestriction',
      description: `Sandboxes stay where we can see them. ${hostile.script}`,
      type: 'SERVICE_CONTROL_POLICY',
      content: policyDocument({
        Sid: 'OnlyOurRegions',
        Effect: 'Deny',
        NotAction: regionless,
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:RequestedRegion': sandboxRegions } },
      }),
      at: ['Sandbox'],
    },
    {
      name: 'DenyRootUser',
      description: 'Root users of members do nothing.',
      type: 'SERVICE_CONTROL_POLICY',
      content: policyDocument({
        Sid: 'NoRoot',
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } },
      }),
      at: ['Workloads/Production'],
    },
    {
      name: 'Quarantine',
      description: 'Everything stops.',
      type: 'SERVICE_CONTROL_POLICY',
      content: policyDocument({ Sid: 'Stop', Effect: 'Deny', Action: '*', Resource: '*' }),
      at: ['Suspended'],
    },
    {
      name: 'OrganizationPerimeter',
      description: 'Data of this organisation is for identities of this organisation.',
      type: 'RESOURCE_CONTROL_POLICY',
      content: policyDocument({
        Sid: 'OurIdentities',
        Effect: 'Deny',
        Principal: '*',
        Action: ['s3:*', 'sqs:*', 'kms:*', 'secretsmanager:*'],
        Resource: '*',
        Condition: outsiders,
      }),
      at: [perimeterPath],
    },
    {
      name: 'RequiredTags',
      description: 'Owners are known.',
      type: 'TAG_POLICY',
      content: JSON.stringify({
        tags: { owner: { tag_key: { '@@assign': 'owner' } }, environment: { tag_key: { '@@assign': 'environment' } } },
      }),
      at: [''],
    },
    {
      name: 'DailyBackups',
      description: 'Kept for 35 days.',
      type: 'BACKUP_POLICY',
      content: JSON.stringify({
        plans: {
          daily: {
            regions: { '@@assign': ['eu-west-1'] },
            rules: {
              daily: {
                lifecycle: { delete_after_days: { '@@assign': '35' } },
                target_backup_vault_name: { '@@assign': 'Default' },
              },
            },
          },
        },
      }),
      at: ['Workloads/Production'],
    },
    {
      name: 'NoTraining',
      description: 'AI services do not learn from our content.',
      type: 'AISERVICES_OPT_OUT_POLICY',
      content: JSON.stringify({ services: { default: { opt_out_policy: { '@@assign': 'optOut' } } } }),
      at: [''],
    },
    {
      name: 'Ec2Baseline',
      description: 'No serial console, no public images.',
      type: 'DECLARATIVE_POLICY_EC2',
      content: JSON.stringify({
        ec2_attributes: {
          serial_console_access: { status: { '@@assign': 'disabled' } },
          image_block_public_access: { state: { '@@assign': 'block_new_sharing' } },
        },
      }),
      at: ['Workloads/Production'],
    },
  ];
}

/** AWS's own full-access policies, attached to everything as AWS does when a policy type is enabled. */
function fullAccess(tree: UnitTree, accounts: readonly AccountProfile[]): readonly OrganizationPolicy[] {
  const targets = new Set([tree.root.id, ...tree.all.map((unit) => unit.id), ...accounts.map((account) => account.id)]);
  const allow = { Effect: 'Allow', Action: '*', Resource: '*' };
  return [
    {
      id: 'p-FullAWSAccess',
      name: 'FullAWSAccess',
      description: 'Allows access to every operation',
      type: 'SERVICE_CONTROL_POLICY',
      awsManaged: true,
      content: policyDocument(allow),
      targets,
    },
    {
      id: 'p-RCPFullAWSAccess',
      name: 'RCPFullAWSAccess',
      description: 'Allows access to every resource',
      type: 'RESOURCE_CONTROL_POLICY',
      awsManaged: true,
      content: policyDocument({ ...allow, Principal: '*' }),
      targets,
    },
  ];
}

export function organizationPolicies(
  seed: string,
  organizationId: string,
  tree: UnitTree,
  accounts: readonly AccountProfile[],
  names: { scanner: string; hub: string; security: string },
): readonly OrganizationPolicy[] {
  const own = drafts(organizationId, names).map((draft): OrganizationPolicy => ({
    id: `p-${lowerId(8, seed, 'policy', draft.name)}`,
    name: draft.name,
    description: draft.description,
    type: draft.type,
    awsManaged: false,
    content: draft.content,
    targets: new Set(draft.at.map((path) => (path === '' ? tree.root.id : tree.at(path).id))),
  }));
  return [...fullAccess(tree, accounts), ...own];
}

/** The regions that service control policies leave to an account; undefined when they leave all. */
export function regionsLeftOpen(unit: Unit): readonly string[] | undefined {
  return lineage(unit).some((at) => at.path === 'Sandbox') ? sandboxRegions : undefined;
}

/** Whether outsiders can use no bucket, queue or key of the unit, whatever its policy says. */
export function keepsOutsidersOut(unit: Unit): boolean {
  return lineage(unit).some((at) => at.path === perimeterPath);
}

/** Whether the region restriction exempts an action. */
export function isRegionless(action: string): boolean {
  return regionless.includes(action) || regionless.includes(`${action.slice(0, action.indexOf(':'))}:*`);
}

// Policies that allow too much, and policies that look like them.

import type { PlantKind } from '../../manifest.ts';
import type { Trait } from '../../traits.ts';
import { type IamDraft, statements } from './draft.ts';
import type { IamGroup } from './plants-credentials.ts';
import type { PolicyDocument } from './state.ts';

interface PolicySpecimen {
  name: string;
  kind: PlantKind;
  trait: Trait;
  document: PolicyDocument;
  note: string;
  /** Left unattached. */
  loose?: boolean;
}

const everything = { Effect: 'Allow', Action: '*', Resource: '*' };

const groups: readonly (readonly PolicySpecimen[])[] = [
  [
    {
      name: 'temporary-access',
      kind: 'plant',
      trait: 'policy-allows-everything',
      document: statements(everything),
      note: 'allows every action on everything, and is attached',
    },
    {
      name: 'pipeline-access',
      kind: 'plant',
      trait: 'policy-allows-everything',
      document: statements({ Effect: 'Allow', Action: ['s3:GetObject', '*'], Resource: ['*'] }),
      note: 'the asterisk hides in a list',
    },
    {
      name: 'pipeline-tight',
      kind: 'clean-twin',
      trait: 'policy-allows-everything',
      document: statements({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::example-bucket/*' }),
      note: 'one action on one bucket',
    },
    {
      name: 'lock-down',
      kind: 'near-miss',
      trait: 'policy-allows-everything',
      document: statements({ ...everything, Effect: 'Deny' }),
      note: 'denies every action on everything',
    },
    {
      name: 'one-bucket',
      kind: 'near-miss',
      trait: 'policy-allows-everything',
      document: statements({ ...everything, Resource: 'arn:aws:s3:::example-bucket/*' }),
      note: 'every action, but on one bucket alone',
    },
  ],
  [
    {
      name: 'storage-admin',
      kind: 'plant',
      trait: 'policy-allows-whole-service',
      document: statements({ Effect: 'Allow', Action: 's3:*', Resource: '*' }),
      note: 'the whole of S3 everywhere',
    },
    {
      name: 'storage-reader',
      kind: 'clean-twin',
      trait: 'policy-allows-whole-service',
      document: statements({ Effect: 'Allow', Action: ['s3:Get*', 's3:List*'], Resource: '*' }),
      note: 'reads alone',
    },
    {
      name: 'storage-freeze',
      kind: 'near-miss',
      trait: 'policy-allows-whole-service',
      document: statements({ Effect: 'Deny', Action: 's3:*', Resource: '*' }),
      note: 'denies the whole of S3',
    },
    // The statement is an object, not a list: both are valid.
    {
      name: 'single-statement',
      kind: 'plant',
      trait: 'policy-allows-everything',
      document: { Version: '2012-10-17', Statement: everything },
      note: 'its only statement stands without a list',
    },
  ],
];

function plantPolicies(specimens: readonly PolicySpecimen[]): IamGroup {
  return (draft) => {
    const attached: string[] = [];
    for (const { name, kind, trait, document, note, loose } of specimens) {
      const arn = draft.addPolicy(name, document);
      if (loose !== true) attached.push(arn);
      draft.record.add(kind, trait, { type: 'AWS::IAM::Policy', arn, note });
    }
    const name = `batch-${draft.roles.size}`;
    draft.addRole(name, {
      trust: { Effect: 'Allow', Principal: { Service: 'batch.amazonaws.com' }, Action: 'sts:AssumeRole' },
      attached,
    });
  };
}

/** An account with a role that is worth reaching, and identities that reach it or do not. */
function escalation(draft: IamDraft): void {
  const { site } = draft;
  draft.addRole('legacy-automation', {
    trust: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    attached: [draft.aws('AdministratorAccess')],
    description: 'Can do everything; functions may wear it.',
  });
  const pass = { Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' };
  const create = { Effect: 'Allow', Action: ['lambda:CreateFunction', 'lambda:InvokeFunction'], Resource: '*' };
  const mark = (kind: PlantKind, type: 'User' | 'Role', arn: string, note: string): void =>
    draft.record.add(kind, 'privilege-escalation', { type: `AWS::IAM::${type}`, arn, note });
  const role = (name: string, document: PolicyDocument, boundary?: string): string =>
    draft.addRole(name, {
      trust: { Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' },
      inline: { work: document },
      ...(boundary === undefined ? {} : { boundary }),
    }).arn;
  mark(
    'plant',
    'Role',
    role('function-builder', statements(pass, create)),
    'passes any role to a function that it makes and runs',
  );
  const narrow = { ...pass, Resource: site.arn('iam', '', 'role/service-role/app-api') };
  mark(
    'clean-twin',
    'Role',
    role('function-builder-narrow', statements(narrow, create)),
    'passes one harmless role alone',
  );
  const denied = { Effect: 'Deny', Action: 'iam:PassRole', Resource: '*' };
  mark(
    'near-miss',
    'Role',
    role('function-builder-denied', statements(pass, create, denied)),
    'what one statement allows, another denies',
  );
  const boundary = site.arn('iam', '', 'policy/developer-boundary');
  mark(
    'near-miss',
    'Role',
    role('function-builder-bounded', statements(pass, create), boundary),
    'its permissions boundary denies iam:*',
  );
  const editable = draft.addPolicy(
    'team-tools',
    statements({
      Effect: 'Allow',
      Action: ['iam:CreatePolicyVersion', 'logs:GetLogEvents'],
      Resource: site.arn('iam', '', 'policy/team-tools'),
    }),
  );
  draft.addGroup('tool-builders', [editable]);
  mark(
    'plant',
    'User',
    draft.addUser('tool-builder', { groups: ['tool-builders'], keys: [{ rotated: 30 }] }).arn,
    'may rewrite the very policy that it has through its group',
  );
}

export const policyGroups: readonly IamGroup[] = [...groups.map(plantPolicies), escalation];

// What Secrets Manager holds in one region of one account. No secret has a value: nobody may ask for one.

import type { SecretListEntry } from '@aws-sdk/client-secrets-manager';
import { type ManifestEntry, type PlantKind, behindPerimeter } from '../manifest.ts';
import { keepsOutsidersOut } from '../organization/policies.ts';
import type { Trait } from '../traits.ts';
import type { PolicyDocument } from './iam/state.ts';
import { type Ground, dealtHere } from './region/ground.ts';

export interface SecretRecord {
  entry: SecretListEntry & { ARN: string; Name: string };
  policy: PolicyDocument | undefined;
}

export interface SecretsModel {
  secrets: readonly SecretRecord[];
  planted: readonly ManifestEntry[];
}

/** How a secret differs from one that is rotated every month and used every day. Times are in days before today. */
interface SecretOptions {
  statement?: Readonly<Record<string, unknown>>;
  created?: number;
  /** Every so many days; false where it is not rotated. */
  rotates?: number | false;
  rotated?: number | 'never';
  /** Days until the next rotation; negative when it is overdue. */
  due?: number;
  used?: number | 'never';
  deleted?: number;
  primaryRegion?: string;
  owner?: string;
}

interface Specimen extends SecretOptions {
  name: string;
  kind: PlantKind;
  note: string;
}

function makeSecret(ground: Ground, name: string, options: SecretOptions = {}): SecretRecord {
  const { calendar, profile } = ground.site;
  const { statement, created = 300, rotates = 30, rotated = 12, used = 1, deleted, primaryRegion, owner } = options;
  const suffix = ground.site.base62(6, 'secret', ground.region, name);
  return {
    // A secret's policy names no resource but itself.
    policy:
      statement === undefined ? undefined : { Version: '2012-10-17', Statement: [{ Resource: '*', ...statement }] },
    entry: {
      ARN: ground.arn('secretsmanager', `secret:${name}-${suffix}`),
      Name: name,
      CreatedDate: calendar.ago(created),
      LastChangedDate: calendar.ago(rotated === 'never' ? created : rotated),
      ...(used === 'never' ? {} : { LastAccessedDate: calendar.ago(used) }),
      ...(rotated === 'never' ? {} : { LastRotatedDate: calendar.ago(rotated) }),
      ...(owner === undefined ? { KmsKeyId: ground.keyArn('data') } : { OwningService: owner }),
      ...(rotates === false ? {} : rotationOf(ground, rotates, options)),
      ...(deleted === undefined ? {} : { DeletedDate: calendar.ago(deleted) }),
      ...(primaryRegion === undefined ? {} : { PrimaryRegion: primaryRegion }),
      Tags: owner === undefined ? [{ Key: 'owner', Value: profile.team }] : [],
      SecretVersionsToStages: { [ground.site.uuid('secret-version', ground.region, name)]: ['AWSCURRENT'] },
    },
  };
}

function rotationOf(
  ground: Ground,
  days: number,
  { due = 18, owner }: SecretOptions,
): Pick<SecretListEntry, 'RotationEnabled' | 'RotationRules' | 'NextRotationDate' | 'RotationLambdaARN'> {
  return {
    RotationEnabled: true,
    RotationRules: { AutomaticallyAfterDays: days },
    NextRotationDate: ground.site.calendar.ago(-due),
    ...(owner === undefined ? { RotationLambdaARN: ground.arn('lambda', 'function:rotate-secrets') } : {}),
  };
}

const open = {
  Sid: 'Anybody',
  Effect: 'Allow',
  Principal: '*',
  Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
};

function groupsOf({ site, region }: Ground): readonly { trait: Trait; specimens: readonly Specimen[] }[] {
  const { organization } = site;
  const ofMembers = { StringEquals: { 'aws:PrincipalOrgID': organization.id } };
  const to = (AWS: string, more: object = {}) => ({ ...open, Sid: 'Shared', Principal: { AWS }, ...more });
  const outsider = 'arn:aws:iam::111122223333:role/reader';
  const elsewhere = region === 'us-east-1' ? 'eu-west-1' : 'us-east-1';
  return [
    {
      trait: 'secret-public',
      specimens: [
        { name: 'anybodys', kind: 'plant', note: 'anybody may read it', statement: open },
        {
          name: 'accounts-own',
          kind: 'clean-twin',
          note: 'its own account',
          statement: to(site.arn('iam', '', 'root')),
        },
        {
          name: 'members-own',
          kind: 'near-miss',
          note: 'everybody, but of this organisation',
          statement: { ...open, Condition: ofMembers },
        },
      ],
    },
    {
      trait: 'secret-shared-outside-organization',
      specimens: [
        { name: 'partners', kind: 'plant', note: 'a role of an account outside may read it', statement: to(outsider) },
        {
          name: 'sisters',
          kind: 'clean-twin',
          note: 'an account of the organisation may read it',
          statement: to(`arn:aws:iam::${organization.security.id}:root`),
        },
        {
          name: 'partners-once',
          kind: 'near-miss',
          note: 'a role outside is named, but has to be of this organisation',
          statement: to(outsider, { Condition: ofMembers }),
        },
      ],
    },
    {
      trait: 'secret-without-rotation',
      specimens: [
        { name: 'static', kind: 'plant', note: 'nothing rotates it', rotates: false, rotated: 'never' },
        { name: 'rotating', kind: 'clean-twin', note: 'rotated every month' },
        {
          name: 'copied',
          kind: 'near-miss',
          note: 'a replica: it is rotated where it comes from',
          rotates: false,
          rotated: 'never',
          primaryRegion: elsewhere,
        },
        { name: 'given-up', kind: 'near-miss', note: 'will be deleted', rotates: false, rotated: 'never', deleted: 3 },
      ],
    },
    {
      trait: 'secret-rotation-overdue',
      specimens: [
        { name: 'stuck', kind: 'plant', note: 'its rotation was due five days ago', rotated: 35, due: -5 },
        { name: 'on-time', kind: 'clean-twin', note: 'its rotation is due in ten days', rotated: 20, due: 10 },
        { name: 'by-hand', kind: 'near-miss', note: 'no rotation is due: it has none', rotates: false },
      ],
    },
    {
      trait: 'secret-unused',
      specimens: [
        { name: 'forgotten', kind: 'plant', note: 'last used 200 days ago', used: 200 },
        { name: 'never-used', kind: 'plant', note: 'made 200 days ago and never used', created: 200, used: 'never' },
        { name: 'daily', kind: 'clean-twin', note: 'used yesterday' },
        { name: 'fresh', kind: 'near-miss', note: 'never used, but three weeks old', created: 21, used: 'never' },
        { name: 'let-go', kind: 'near-miss', note: 'unused, but will be deleted', used: 200, deleted: 3 },
      ],
    },
    {
      trait: 'secret-not-rotated-90-days',
      specimens: [
        { name: 'yearly', kind: 'plant', note: 'rotated 120 days ago', rotates: 365, rotated: 120, due: 245 },
        { name: 'monthly', kind: 'clean-twin', note: 'rotated a week ago', rotated: 7 },
        {
          name: 'young',
          kind: 'near-miss',
          note: 'not rotated yet, but three weeks old',
          created: 21,
          rotated: 'never',
        },
      ],
    },
  ];
}

const ofOutsiders: readonly Trait[] = ['secret-public', 'secret-shared-outside-organization'];

export function secretsModel(ground: Ground): SecretsModel {
  const secrets: SecretRecord[] = [];
  const { unit, team } = ground.site.profile;
  if (ground.used) secrets.push(makeSecret(ground, `${team}/database`));
  if (ground.main) {
    const id = ground.site.uuid('rds-secret', ground.region);
    secrets.push(makeSecret(ground, `rds!db-${id}`, { rotates: 7, rotated: 3, due: 4, owner: 'rds' }));
  }
  for (const { trait, specimens } of dealtHere(groupsOf(ground), ground, 0.4)) {
    const closed = ofOutsiders.includes(trait) && keepsOutsidersOut(unit);
    for (const plain of specimens) {
      const { name, kind, note, ...options } = closed && plain.kind === 'plant' ? behindPerimeter(plain) : plain;
      const secret = makeSecret(ground, name, options);
      secrets.push(secret);
      ground.record.add(kind, trait, { type: 'AWS::SecretsManager::Secret', arn: secret.entry.ARN, note });
    }
  }
  return { secrets, planted: ground.record.entries };
}

// One organisation for the tests of all questions: each answer rests on a fact that the twin beside it lacks.

import type { Store } from '../../../platform/store/contract.ts';
import type { EvidenceReader } from './evidence-reader.ts';
import {
  accessPoint,
  allow,
  bucket,
  control,
  deny,
  fullAccess,
  grant,
  group,
  key,
  lambdaFunction,
  managedPolicy,
  openAccount,
  plant,
  policyText,
  role,
  user,
} from './testing.ts';

export const [home, partner, sealed, management] = [
  '111122223333',
  '444455556666',
  '777788889999',
  '999988887777',
] as const;
export const outsider = '123456789012';
export const stranger = `arn:aws:iam::${outsider}:role/stranger`;
const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
export const reading = `arn:aws:iam::${home}:policy/reading`;
const fence = `arn:aws:iam::${home}:policy/fence`;
export const named = (id: string, name: string): string => `arn:aws:iam::${id}:${name}`;
const full = policyText(allow('*'));
const ownersPolicy = policyText(allow('kms:*', '*', { Principal: { AWS: named(home, 'root') } }));
export const table = `arn:aws:dynamodb:eu-west-1:${home}:table/orders`;

export async function plantOrganisation(store: Store): Promise<EvidenceReader> {
  return await plant(store, {
    accounts: [
      { id: home, name: 'home', ous: ['ou-work'] },
      { id: partner, name: 'partner', ous: ['ou-work'] },
      { id: sealed, name: 'sealed', ous: ['ou-work'], identities: 'denied' },
      { id: management, name: 'management', isManagement: true },
    ],
    policies: [
      fullAccess('ou-work', home, partner, sealed),
      control(
        'SERVICE_CONTROL_POLICY',
        'KeepTrails',
        ['ou-work'],
        deny('cloudtrail:StopLogging', '*', { Sid: 'Keep' }),
      ),
      control(
        'RESOURCE_CONTROL_POLICY',
        'Perimeter',
        [partner],
        deny('s3:*', '*', {
          Sid: 'Ours',
          Principal: '*',
          Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-exampleorgid' } },
        }),
      ),
    ],
    resources: [
      managedPolicy(home, admin, full),
      managedPolicy(partner, admin, full),
      managedPolicy(management, admin, full),
      managedPolicy(home, reading, policyText(allow('s3:GetObject', 'arn:aws:s3:::reports/*', { Sid: 'Read' }))),
      managedPolicy(home, fence, policyText(allow(['ec2:*', 'sns:*']))),
      role(home, 'admin', { attached: [admin] }),
      role(partner, 'admin', { attached: [admin] }),
      role(management, 'admin', { attached: [admin] }),
      role(home, 'team/reader', { attached: [reading] }),
      role(home, 'fenced', { attached: [admin], boundary: fence }),
      role(home, 'lost', { attached: [`arn:aws:iam::${home}:policy/not-in-evidence`] }),
      group(home, 'readers', { attached: [reading] }),
      user(home, 'member', { groups: ['readers'] }),
      user(home, 'red', {
        tags: { team: 'red' },
        inline: {
          tagged: policyText(
            allow('s3:GetObject', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } }),
          ),
        },
      }),
      user(home, 'plain', {
        inline: {
          tagged: policyText(
            allow('s3:GetObject', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } }),
          ),
        },
      }),
      role(home, 'deploy', {
        inline: { deploy: policyText(allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'])) },
        trust: policyText({ Effect: 'Allow', Principal: { AWS: named(partner, 'root') }, Action: 'sts:AssumeRole' }),
      }),
      ...[home, partner].map(openAccount),
      bucket(home, 'reports', {
        policy: policyText(
          deny('s3:*', ['arn:aws:s3:::reports', 'arn:aws:s3:::reports/*'], {
            Sid: 'Tls',
            Principal: '*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ),
      }),
      bucket(home, 'private'),
      bucket(home, 'leaving', {
        policy: policyText(
          allow('s3:*', ['arn:aws:s3:::leaving', 'arn:aws:s3:::leaving/*'], {
            Principal: '*',
            Condition: {
              StringEquals: { 's3:DataAccessPointAccount': home, 's3:AccessPointNetworkOrigin': 'Internet' },
            },
          }),
        ),
      }),
      ...['shared', 'inner', 'bare', 'unread'].map((name) =>
        accessPoint(home, name, {
          bucket: name === 'bare' ? 'private' : 'leaving',
          networkOrigin: name === 'inner' ? 'VPC' : 'Internet',
          vpcId: name === 'inner' ? 'vpc-1a2b3c4d' : null,
          policy:
            name === 'unread'
              ? { $unread: { operation: 's3control:GetAccessPointPolicy', reason: 'denied' } }
              : policyText(
                  allow('s3:GetObject', `arn:aws:s3:eu-west-1:${home}:accesspoint/${name}/object/*`, {
                    Principal: { AWS: [named(partner, 'role/admin'), stranger] },
                  }),
                ),
        }),
      ),
      lambdaFunction(home, 'work', {
        live: policyText(
          allow('lambda:InvokeFunction', `arn:aws:lambda:eu-west-1:${home}:function:work:live`, {
            Principal: { AWS: named(partner, 'root') },
          }),
        ),
        beta: null,
        sealed: { $unread: { operation: 'lambda:GetPolicy', reason: 'denied' } },
      }),
      key(home, 'delegating', ownersPolicy),
      key(home, 'managed', null),
      key(home, 'granted', ownersPolicy, [
        grant('reader', named(home, 'role/team/reader')),
        grant('partner', named(partner, 'role/admin'), { encryptionContextSubset: { app: 'orders' } }),
        grant('stranger', stranger),
        grant('service', 'dynamodb.amazonaws.com', { sourceArn: table }),
      ]),
      key(home, 'grants-unread', ownersPolicy, { $unread: { operation: 'kms:ListGrants', reason: 'denied' } }),
      bucket(home, 'unread', { policy: { $unread: { operation: 's3:GetBucketPolicy', reason: 'denied' } } }),
      bucket(home, 'shared', {
        policy: policyText(
          allow('s3:GetObject', 'arn:aws:s3:::shared/*', { Principal: { AWS: [partner, sealed, outsider] } }),
        ),
      }),
      bucket(home, 'public', {
        policy: policyText(allow('s3:GetObject', 'arn:aws:s3:::public/*', { Principal: '*' })),
      }),
      bucket(partner, 'guarded', {
        policy: policyText(allow('s3:GetObject', 'arn:aws:s3:::guarded/*', { Principal: { AWS: outsider } })),
      }),
    ],
  });
}

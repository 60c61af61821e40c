// One principal with a policy of every kind, for the figures of single questions.

import { compilePolicies, type CompiledPolicies } from '../../../src/features/identity/compiled/compiled-policies.ts';
import { PolicyLibrary } from '../../../src/features/identity/compiled/library.ts';
import { policyCaseSchema } from '../../../src/features/identity/policy/case-format.ts';
import { readCase } from '../../../src/features/identity/policy/case-request.ts';
import type { AccessRequest, Policies } from '../../../src/features/identity/policy/policies.ts';

type Statement = Record<string, unknown>;
const policy = (...Statement: Statement[]): Record<string, unknown> => ({ Version: '2012-10-17', Statement });
const full: Statement = { Effect: 'Allow', Action: '*', Resource: '*' };

/** Identity policies, boundary, session policy, three levels of SCPs, a resource policy and an RCP, with conditions. */
export function principalUnderTest(): {
  request: AccessRequest;
  policies: Policies;
  compiled: CompiledPolicies;
  /** How many sets must be read to put the layers together. */
  layers: number;
} {
  const given = policyCaseSchema.parse({
    name: 'bench',
    request: {
      principal: 'arn:aws:iam::111122223333:role/app',
      sessionName: 'build',
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::reports/2026/q1.csv',
      resourceAccount: '111122223333',
      context: {
        'aws:PrincipalOrgID': ['o-exampleorgid'],
        'aws:SourceIp': ['203.0.113.7'],
        'aws:SecureTransport': ['true'],
        'aws:PrincipalTag/team': ['red'],
        'aws:RequestedRegion': ['eu-west-1'],
      },
    },
    identityPolicies: [
      policy(
        {
          Effect: 'Allow',
          Action: ['s3:Get*', 's3:List*', 's3:Put*'],
          Resource: ['arn:aws:s3:::reports', 'arn:aws:s3:::reports/*'],
        },
        { Effect: 'Allow', Action: ['ec2:Describe*', 'logs:*', 'sqs:*', 'dynamodb:*Item'], Resource: '*' },
      ),
      policy(
        { Effect: 'Allow', Action: ['lambda:*', 'iam:Get*', 'iam:List*'], Resource: '*' },
        { Effect: 'Deny', Action: ['s3:DeleteBucket', 'kms:ScheduleKeyDeletion'], Resource: '*' },
      ),
    ],
    permissionBoundary: policy({
      Effect: 'Allow',
      NotAction: ['iam:*', 'organizations:*', 'account:*'],
      Resource: '*',
    }),
    sessionPolicies: [policy({ Effect: 'Allow', Action: ['s3:*', 'ec2:*', 'logs:*', 'lambda:*'], Resource: '*' })],
    resourcePolicy: policy(
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:role/app' },
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::reports/*',
      },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ),
    serviceControlPolicies: [
      [policy(full)],
      [
        policy(full),
        policy({
          Effect: 'Deny',
          NotAction: ['iam:*', 'sts:*', 'organizations:*', 'support:*'],
          Resource: '*',
          Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] } },
        }),
      ],
      [
        policy(full, {
          Effect: 'Deny',
          Action: ['cloudtrail:StopLogging', 'organizations:LeaveOrganization'],
          Resource: '*',
        }),
      ],
    ],
    resourceControlPolicies: [
      [
        policy({
          Effect: 'Deny',
          Principal: '*',
          Action: ['s3:*', 'sqs:*'],
          Resource: '*',
          Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-exampleorgid' } },
        }),
      ],
    ],
  });
  const { request, policies } = readCase(given);
  // Identity, boundary, session, three SCP levels, and the denies together.
  return { request, policies, compiled: compilePolicies(new PolicyLibrary(), policies), layers: 7 };
}

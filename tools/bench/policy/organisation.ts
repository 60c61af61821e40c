// A made-up organisation for the policy benchmark: landing-zone policies that are the same in every account but for its
// id, application policies of their own, every tenth document with conditions.

import type { AccountInput, PrincipalInput } from '../../../src/features/identity/compiled/organisation.ts';

export interface OrganisationSize {
  accounts: number;
  /** Users and roles of each account. */
  principals: number;
  /** Documents that stand in one account only, in all accounts together. */
  ownDocuments: number;
}

export interface MadeAccount {
  input: AccountInput;
  principals: PrincipalInput[];
  /** Characters of policy text. */
  characters: number;
}

const services = [
  's3',
  'dynamodb',
  'sqs',
  'sns',
  'kms',
  'lambda',
  'ec2',
  'logs',
  'secretsmanager',
  'states',
  'ecr',
  'ssm',
];
const verbs = ['Get*', 'List*', 'Describe*', 'Put*', 'Create*', 'Delete*', 'Update*', 'Send*', 'Invoke*', '*'];
const sharedPolicies = 400;

export const exampleOrganisation = 'o-exampleorgid';

export function accountId(index: number): string {
  return String(100_000_000_000 + index * 7919);
}

/** Policy text number `index` of an account; the same number gives the same policy in every account. */
function policyText(index: number, owner: string, name: string): string {
  const service = services[index % services.length] ?? 's3';
  const actions = Array.from(
    { length: 2 + (index % 4) },
    (_, i) => `${service}:${verbs[(index + i * 3) % verbs.length]}`,
  );
  const statements: Record<string, unknown>[] = [
    {
      Sid: `Use${index}`,
      Effect: 'Allow',
      Action: actions,
      Resource: [
        service === 's3' ? `arn:aws:s3:::${name}-${owner}/*` : `arn:aws:${service}:eu-west-1:${owner}:${name}*`,
        `arn:aws:s3:::shared-${name}/*`,
      ],
      // Every tenth document has a condition.
      ...(index % 10 === 5 ? { Condition: { StringEquals: { 'aws:PrincipalTag/team': `team-${index % 500}` } } } : {}),
    },
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents', `${services[(index + 5) % services.length]}:Describe*`],
      Resource: '*',
    },
    {
      Effect: 'Deny',
      NotAction: ['iam:Get*', 'sts:*', `${service}:*`, 'logs:*'],
      Resource: `arn:aws:iam::${owner}:role/${name}`,
    },
  ];
  return JSON.stringify({ Version: '2012-10-17', Statement: statements.slice(0, 1 + (index % 3)) });
}

const fullAccess = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

function guardrail(index: number): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        NotAction: ['iam:*', 'organizations:*', 'route53:*', 'cloudfront:*', 'sts:*', 'support:*'],
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', `eu-central-${1 + (index % 2)}`] } },
      },
      { Effect: 'Deny', Action: ['organizations:LeaveOrganization', 'cloudtrail:StopLogging'], Resource: '*' },
    ],
  });
}

const perimeter = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Deny',
      Principal: '*',
      Action: ['s3:*', 'sqs:*', 'kms:*'],
      Resource: '*',
      Condition: {
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': exampleOrganisation },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    },
  ],
});

const boundary = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
    { Effect: 'Allow', Action: ['iam:Get*', 'iam:List*', 'iam:PassRole'], Resource: '*' },
  ],
});

/** One account with its principals, made when it is asked for. */
export function makeAccount(index: number, size: OrganisationSize): MadeAccount {
  const id = accountId(index);
  const own = Math.ceil(size.ownDocuments / size.accounts);
  let characters = 0;
  const count = (text: string): string => {
    characters += text.length;
    return text;
  };
  const principals = Array.from({ length: size.principals }, (_, i): PrincipalInput => {
    const shared = (i * 31 + index) % sharedPolicies;
    const identity = [count(policyText(shared, id, `landing${shared}`))];
    if (i % 2 === 0) identity.push(count(policyText((i * 7 + 13) % sharedPolicies, id, `base${i % 97}`)));
    if (i < own) identity.push(count(policyText(i + index, id, `app${index}x${i}`)));
    const name = i % 5 === 0 ? `user/person-${i}` : `role/app/role-${i}`;
    const bounded = i % 3 === 0 ? { permissionsBoundary: count(boundary) } : {};
    const tags = i % 4 === 0 ? { tags: { team: `team-${i % 50}` } } : {};
    return { arn: `arn:aws:iam::${id}:${name}`, identity, ...bounded, ...tags };
  });
  const input: AccountInput = {
    id,
    isManagement: index === 0,
    readable: true,
    context: { 'aws:PrincipalOrgID': [exampleOrganisation] },
    serviceControl: [[fullAccess], [fullAccess, guardrail(index % 6)], [fullAccess]],
    resourceControl: [[perimeter]],
  };
  return { input, principals, characters };
}

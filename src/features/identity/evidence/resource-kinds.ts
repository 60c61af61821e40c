// Which resources carry a policy of their own, where the evidence keeps it, and how ARNs of parts lead to them.

import { parseArn, type Arn } from '../../../domain/arn.ts';
import type { ResourceType } from '../../../domain/resource.ts';

/** A resource that is collected: where a request's ARN leads to. */
export interface ResourceKind {
  readonly type: ResourceType;
  /** For people: `bucket`, `queue`. */
  readonly word: string;
  readonly service: string;
  /** Actions that ask for a resource that is not there yet: it has no policy, and is none that was mistyped. */
  readonly madeBy?: readonly string[];
  /** The ARN under which the evidence keeps it; undefined when the ARN is of another kind. */
  readonly keptAs: (arn: Arn, text: string) => string | undefined;
}

/** The ARN cut after so many parts of the resource, which colons or slashes separate. */
function upTo(separator: ':' | '/', parts: number): (arn: Arn) => string {
  return ({ partition, service, region, account, resource }) =>
    `arn:${partition}:${service}:${region}:${account}:${resource.split(separator).slice(0, parts).join(separator)}`;
}

export const resourceKinds: readonly ResourceKind[] = [
  {
    type: 'AWS::S3::AccessPoint',
    word: 'access point',
    service: 's3',
    madeBy: ['s3:CreateAccessPoint'],
    keptAs: (arn) => (arn.resource.startsWith('accesspoint/') ? upTo('/', 2)(arn) : undefined),
  },
  {
    type: 'AWS::S3::Bucket',
    word: 'bucket',
    service: 's3',
    keptAs: (arn) => (arn.account === '' && arn.region === '' ? upTo('/', 1)(arn) : undefined),
  },
  {
    type: 'AWS::KMS::Key',
    word: 'key',
    service: 'kms',
    keptAs: (arn, text) => (arn.resource.startsWith('key/') ? text : undefined),
  },
  { type: 'AWS::SNS::Topic', word: 'topic', service: 'sns', madeBy: ['sns:CreateTopic'], keptAs: upTo(':', 1) },
  { type: 'AWS::SQS::Queue', word: 'queue', service: 'sqs', madeBy: ['sqs:CreateQueue'], keptAs: (_, text) => text },
  {
    type: 'AWS::Lambda::Function',
    word: 'function',
    service: 'lambda',
    madeBy: ['lambda:CreateFunction'],
    keptAs: (arn) => (arn.resource.startsWith('function:') ? upTo(':', 2)(arn) : undefined),
  },
  {
    type: 'AWS::ECR::Repository',
    word: 'repository',
    service: 'ecr',
    madeBy: ['ecr:CreateRepository'],
    keptAs: (arn, text) => (arn.resource.startsWith('repository/') ? text : undefined),
  },
  {
    type: 'AWS::SecretsManager::Secret',
    word: 'secret',
    service: 'secretsmanager',
    madeBy: ['secretsmanager:CreateSecret'],
    keptAs: (arn, text) => (arn.resource.startsWith('secret:') ? text : undefined),
  },
  {
    type: 'AWS::OpenSearchService::Domain',
    word: 'domain',
    service: 'es',
    madeBy: ['es:CreateDomain', 'es:CreateElasticsearchDomain'],
    keptAs: (arn) => (arn.resource.startsWith('domain/') ? upTo('/', 2)(arn) : undefined),
  },
  {
    type: 'AWS::IAM::Role',
    word: 'role',
    service: 'iam',
    madeBy: ['iam:CreateRole', 'iam:CreateServiceLinkedRole'],
    keptAs: iamOf('role/'),
  },
  { type: 'AWS::IAM::User', word: 'user', service: 'iam', madeBy: ['iam:CreateUser'], keptAs: iamOf('user/') },
  { type: 'AWS::IAM::Group', word: 'group', service: 'iam', madeBy: ['iam:CreateGroup'], keptAs: iamOf('group/') },
  { type: 'AWS::IAM::Policy', word: 'policy', service: 'iam', madeBy: ['iam:CreatePolicy'], keptAs: iamOf('policy/') },
];

function iamOf(start: string): ResourceKind['keptAs'] {
  return (arn, text) => (arn.resource.startsWith(start) ? text : undefined);
}

/** The kind of a resource by its ARN; undefined for what is not collected. */
export function kindOf(text: string): { kind: ResourceKind; keptAs: string } | undefined {
  const arn = parseArn(text);
  if (arn === undefined) return undefined;
  for (const kind of resourceKinds) {
    if (kind.service !== arn.service) continue;
    const keptAs = kind.keptAs(arn, text);
    if (keptAs !== undefined) return { kind, keptAs };
  }
  return undefined;
}

/**
 * Services whose resources may carry a policy, by prefix of their ARNs: the services with "Resource-based policies"
 * in https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 */
const withPolicies = new Set(
  `acm-pca aoss apigateway appmesh backup bedrock cloudtrail codeartifact codebuild dynamodb ecr ecr-public
   elasticfilesystem es events execute-api glacier glue iot kinesis kms lambda lex logs mediaconvert mediastore
   network-firewall organizations osis redshift redshift-serverless rekognition s3 s3-object-lambda s3-outposts s3express
   s3tables schemas secretsmanager serverlessrepo ses signer sns sqs ssm ssm-contacts ssm-incidents vpc-lattice
   xray`.split(/\s+/),
);

/**
 * Services of which only some resources carry one. CloudTrail: not its trails,
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/security_iam_resource-based-policy-examples.html
 */
const onlyThese: Readonly<Record<string, readonly string[]>> = {
  cloudtrail: ['channel/', 'dashboard/', 'eventdatastore/'],
  iam: ['role/'],
};

/** True where the resource of an ARN may have a policy of its own. */
export function mayHavePolicy(text: string): boolean {
  const arn = parseArn(text);
  if (arn === undefined) return false;
  const starts = Object.hasOwn(onlyThese, arn.service) ? onlyThese[arn.service] : undefined;
  return starts?.some((start) => arn.resource.startsWith(start)) ?? withPolicies.has(arn.service);
}

// ECR repositories with their resource policy, and how their images are scanned in effect.

import {
  BatchGetRepositoryScanningConfigurationCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetRepositoryPolicyCommand,
  ListTagsForResourceCommand,
  paginateDescribeRepositories,
  type Repository,
  type RepositoryScanningConfiguration,
} from '@aws-sdk/client-ecr';
import type { AnyResource } from '../../../../domain/resource.ts';
import { errorName, membersOf, resourceOf, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { partsOf } from '../../parts.ts';
import { readPages, resumed } from '../../pages.ts';

const listOperation = 'ecr:DescribeRepositories';
const scanOperation = 'ecr:BatchGetRepositoryScanningConfiguration';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetRepositoryScanningConfiguration.html */
const mostNames = 25;
const frequencies = ['SCAN_ON_PUSH', 'CONTINUOUS_SCAN', 'MANUAL'] as const;

/** A repository, and the scanning of it and its neighbours, which one call gives for many. */
interface Listed {
  repository: Repository;
  scanning: () => Promise<readonly RepositoryScanningConfiguration[]>;
}

function listed(context: CollectContext, repositories: readonly Repository[]): readonly Listed[] {
  const result: Listed[] = [];
  for (let from = 0; from < repositories.length; from += mostNames) {
    const slice = repositories.slice(from, from + mostNames);
    const repositoryNames = slice.flatMap(({ repositoryName }) => repositoryName ?? []);
    let answer: ReturnType<Listed['scanning']> | undefined;
    const scanning: Listed['scanning'] = () => (answer ??= readScanning(context, repositoryNames));
    result.push(...slice.map((repository) => ({ repository, scanning })));
  }
  return result;
}

async function readScanning(
  context: CollectContext,
  repositoryNames: string[],
): Promise<readonly RepositoryScanningConfiguration[]> {
  const command = new BatchGetRepositoryScanningConfigurationCommand({ repositoryNames });
  const answer = await context.client(ECRClient).send(command, { abortSignal: context.signal });
  return membersOf(scanOperation)(answer.scanningConfigurations, 'scanningConfigurations');
}

async function readRepository(
  context: CollectContext,
  { repository, scanning }: Listed,
): Promise<AnyResource | undefined> {
  const must = membersOf(listOperation);
  const client = context.client(ECRClient);
  const options = { abortSignal: context.signal };
  const repositoryName = must(repository.repositoryName, 'repositoryName');
  const arn = must(repository.repositoryArn, 'repositoryArn');
  const parts = partsOf(context, ['RepositoryNotFoundException']);
  const policy = await parts.optional(
    'ecr:GetRepositoryPolicy',
    async () => {
      const answer = await client.send(new GetRepositoryPolicyCommand({ repositoryName }), options);
      return membersOf('ecr:GetRepositoryPolicy')(answer.policyText, 'policyText');
    },
    // https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetRepositoryPolicy.html
    ['RepositoryPolicyNotFoundException'],
  );
  const tags = await parts.always('ecr:ListTagsForResource', async () => {
    const answer = await client.send(new ListTagsForResourceCommand({ resourceArn: arn }), options);
    return tagsOf(membersOf('ecr:ListTagsForResource')(answer.tags, 'tags'));
  });
  const scanFrequency = await parts.always(scanOperation, async () => {
    const own = (await scanning()).find((one) => one.repositoryName === repositoryName);
    return membersOf(scanOperation).oneOf(own?.scanFrequency, frequencies, 'scanFrequency');
  });
  if (parts.vanished) return undefined;
  return resourceOf(context, 'AWS::ECR::Repository', {
    arn,
    name: repositoryName,
    tags,
    config: {
      policy,
      scanOnPush: must(repository.imageScanningConfiguration?.scanOnPush, 'imageScanningConfiguration.scanOnPush'),
      scanFrequency,
      // `IMMUTABLE_WITH_EXCLUSION` lets the tags that its filters name change: those are the owner's choice.
      tagImmutability: must(repository.imageTagMutability, 'imageTagMutability').startsWith('IMMUTABLE'),
      kmsKeyId: textOrNull(repository.encryptionConfiguration?.kmsKey),
    },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::ECR::Repository'],
  operations: [listOperation, scanOperation, 'ecr:GetRepositoryPolicy', 'ecr:ListTagsForResource'],
  events: [
    'ecr:CreateRepository',
    'ecr:DeleteRepository',
    'ecr:SetRepositoryPolicy',
    'ecr:DeleteRepositoryPolicy',
    'ecr:PutImageScanningConfiguration',
    'ecr:PutImageTagMutability',
    'ecr:PutRegistryScanningConfiguration',
    'ecr:TagResource',
    'ecr:UntagResource',
  ],
  async *collect(context) {
    const client = context.client(ECRClient);
    const list = resumed(context.cursor, (startingToken) =>
      paginateDescribeRepositories({ client, startingToken, pageSize: 100 }, {}, { abortSignal: context.signal }),
    );
    yield* readPages(
      context,
      list,
      (page) => ({
        items: listed(context, membersOf(listOperation)(page.repositories, 'repositories')),
        next: page.nextToken,
      }),
      (one) => readRepository(context, one),
    );
  },
  async refresh(context, arn) {
    try {
      const answer = await context
        .client(ECRClient)
        .send(new DescribeRepositoriesCommand({ repositoryNames: [arn.slice(arn.indexOf('/') + 1)] }), {
          abortSignal: context.signal,
        });
      const repositories = membersOf(listOperation)(answer.repositories, 'repositories');
      const [found] = listed(
        context,
        repositories.filter(({ repositoryArn }) => repositoryArn === arn),
      );
      return found === undefined ? undefined : await readRepository(context, found);
    } catch (error) {
      if (errorName(error) === 'RepositoryNotFoundException') return undefined;
      throw error;
    }
  },
};

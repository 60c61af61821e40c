// ECR repositories with their resource policy.

import {
  DescribeRepositoriesCommand,
  ECRClient,
  GetRepositoryPolicyCommand,
  ListTagsForResourceCommand,
  paginateDescribeRepositories,
  type Repository,
} from '@aws-sdk/client-ecr';
import type { AnyResource } from '../../../../domain/resource.ts';
import { errorName, membersOf, resourceOf, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { partsOf } from '../../parts.ts';
import { readPages, resumed } from '../../pages.ts';

const listOperation = 'ecr:DescribeRepositories';

async function readRepository(context: CollectContext, repository: Repository): Promise<AnyResource | undefined> {
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
  if (parts.vanished) return undefined;
  return resourceOf(context, 'AWS::ECR::Repository', {
    arn,
    name: repositoryName,
    tags,
    config: {
      policy,
      scanOnPush: must(repository.imageScanningConfiguration?.scanOnPush, 'imageScanningConfiguration.scanOnPush'),
      // `IMMUTABLE_WITH_EXCLUSION` lets the tags that its filters name change: those are the owner's choice.
      tagImmutability: must(repository.imageTagMutability, 'imageTagMutability').startsWith('IMMUTABLE'),
      kmsKeyId: textOrNull(repository.encryptionConfiguration?.kmsKey),
    },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::ECR::Repository'],
  operations: [listOperation, 'ecr:GetRepositoryPolicy', 'ecr:ListTagsForResource'],
  events: [
    'ecr:CreateRepository',
    'ecr:DeleteRepository',
    'ecr:SetRepositoryPolicy',
    'ecr:DeleteRepositoryPolicy',
    'ecr:PutImageScanningConfiguration',
    'ecr:PutImageTagMutability',
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
      (page) => ({ items: membersOf(listOperation)(page.repositories, 'repositories'), next: page.nextToken }),
      (repository) => readRepository(context, repository),
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
      const repository = repositories.find(({ repositoryArn }) => repositoryArn === arn);
      return repository === undefined ? undefined : await readRepository(context, repository);
    } catch (error) {
      if (errorName(error) === 'RepositoryNotFoundException') return undefined;
      throw error;
    }
  },
};

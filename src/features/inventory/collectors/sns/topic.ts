// SNS topics with their resource policy.

import {
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  paginateListTopics,
  SNSClient,
} from '@aws-sdk/client-sns';
import type { AnyResource } from '../../../../domain/resource.ts';
import { membersOf, resourceOf, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { memberOf, partsOf } from '../../parts.ts';
import { readPages, resumed } from '../../pages.ts';

const attributesOperation = 'sns:GetTopicAttributes';

interface Attributes {
  policy: string;
  kmsKeyId: string | null;
}

/** Every topic has a policy: https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html */
async function readAttributes(context: CollectContext, TopicArn: string): Promise<Attributes> {
  const must = membersOf(attributesOperation);
  const command = new GetTopicAttributesCommand({ TopicArn });
  const answer = await context.client(SNSClient).send(command, { abortSignal: context.signal });
  const attributes: Partial<Record<string, string>> = must(answer.Attributes, 'Attributes');
  return {
    policy: must(attributes['Policy'], 'Policy'),
    kmsKeyId: textOrNull(attributes['KmsMasterKeyId']),
  };
}

async function readTopic(context: CollectContext, arn: string): Promise<AnyResource | undefined> {
  const parts = partsOf(context, ['NotFoundException', 'NotFound', 'ResourceNotFoundException']);
  const attributes = await parts.always(attributesOperation, () => readAttributes(context, arn));
  const tags = await parts.always('sns:ListTagsForResource', async () => {
    const command = new ListTagsForResourceCommand({ ResourceArn: arn });
    const answer = await context.client(SNSClient).send(command, { abortSignal: context.signal });
    return tagsOf(membersOf('sns:ListTagsForResource')(answer.Tags, 'Tags'));
  });
  if (parts.vanished) return undefined;
  return resourceOf(context, 'AWS::SNS::Topic', {
    arn,
    name: arn.slice(arn.lastIndexOf(':') + 1),
    tags,
    config: { policy: memberOf(attributes, 'policy'), kmsKeyId: memberOf(attributes, 'kmsKeyId') },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::SNS::Topic'],
  operations: ['sns:ListTopics', attributesOperation, 'sns:ListTagsForResource'],
  events: [
    'sns:CreateTopic',
    'sns:DeleteTopic',
    'sns:SetTopicAttributes',
    'sns:AddPermission',
    'sns:RemovePermission',
    'sns:TagResource',
    'sns:UntagResource',
  ],
  async *collect(context) {
    const client = context.client(SNSClient);
    const list = resumed(context.cursor, (startingToken) =>
      paginateListTopics({ client, startingToken }, {}, { abortSignal: context.signal }),
    );
    const must = membersOf('sns:ListTopics');
    yield* readPages(
      context,
      list,
      (page) => ({ items: must(page.Topics, 'Topics'), next: page.NextToken }),
      (topic) => readTopic(context, must(topic.TopicArn, 'Topics[].TopicArn')),
    );
  },
  refresh: readTopic,
};

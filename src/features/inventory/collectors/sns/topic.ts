// SNS topics with their resource policy.

import {
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  paginateListTopics,
  SNSClient,
} from '@aws-sdk/client-sns';
import { isUnread } from '../../../../domain/evidence.ts';
import type { AnyResource } from '../../../../domain/resource.ts';
import { membersOf, resourceOf, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { partsOf } from '../../parts.ts';
import { readPages, resumed } from '../../pages.ts';

const attributesOperation = 'sns:GetTopicAttributes';

/** https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html */
async function topicOf(context: CollectContext, TopicArn: string): Promise<AnyResource | undefined> {
  const client = context.client(SNSClient);
  const options = { abortSignal: context.signal };
  // The SDK names it NotFoundException, the wire NotFound.
  const parts = partsOf(context, ['NotFoundException', 'NotFound', 'ResourceNotFoundException']);
  const attributes = await parts.always(attributesOperation, async () => {
    const answer = await client.send(new GetTopicAttributesCommand({ TopicArn }), options);
    return membersOf(attributesOperation)(answer.Attributes, 'Attributes');
  });
  const tags = await parts.always('sns:ListTagsForResource', async () => {
    const answer = await client.send(new ListTagsForResourceCommand({ ResourceArn: TopicArn }), options);
    return tagsOf(answer.Tags);
  });
  if (parts.vanished) return undefined;
  return resourceOf(context, 'AWS::SNS::Topic', {
    arn: TopicArn,
    name: TopicArn.slice(TopicArn.lastIndexOf(':') + 1),
    tags,
    config: {
      policy: isUnread(attributes) ? attributes : textOrNull(attributes['Policy']),
      kmsKeyId: isUnread(attributes) ? attributes : textOrNull(attributes['KmsMasterKeyId']),
    },
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
      (page) => ({ items: page.Topics ?? [], next: page.NextToken }),
      (topic) => topicOf(context, must(topic.TopicArn, 'Topics[].TopicArn')),
    );
  },
  refresh: topicOf,
};

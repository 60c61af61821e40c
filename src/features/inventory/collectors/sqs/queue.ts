// SQS queues with their resource policy.

import { GetQueueAttributesCommand, ListQueueTagsCommand, paginateListQueues, SQSClient } from '@aws-sdk/client-sqs';
import { isUnread } from '../../../../domain/evidence.ts';
import type { AnyResource, Tags } from '../../../../domain/resource.ts';
import { membersOf, resourceOf, settingArn, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { partsOf } from '../../parts.ts';
import { readPages, resumed } from '../../pages.ts';

const attributesOperation = 'sqs:GetQueueAttributes';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
async function queueOf(context: CollectContext, QueueUrl: string): Promise<AnyResource | undefined> {
  const client = context.client(SQSClient);
  const options = { abortSignal: context.signal };
  const name = QueueUrl.slice(QueueUrl.lastIndexOf('/') + 1);
  const parts = partsOf(context, ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue']);
  const attributes = await parts.always(attributesOperation, async () => {
    const answer = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }), options);
    return membersOf(attributesOperation)(answer.Attributes, 'Attributes');
  });
  const tags = await parts.always('sqs:ListQueueTags', async (): Promise<Tags> => {
    const answer = await client.send(new ListQueueTagsCommand({ QueueUrl }), options);
    return answer.Tags ?? {};
  });
  if (parts.vanished) return undefined;
  return resourceOf(context, 'AWS::SQS::Queue', {
    arn: settingArn(context, 'sqs', context.region, name),
    name,
    tags,
    config: {
      policy: isUnread(attributes) ? attributes : textOrNull(attributes['Policy']),
      kmsKeyId: isUnread(attributes) ? attributes : textOrNull(attributes['KmsMasterKeyId']),
      sqsManagedSse: isUnread(attributes) ? attributes : attributes['SqsManagedSseEnabled'] === 'true',
    },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::SQS::Queue'],
  operations: ['sqs:ListQueues', attributesOperation, 'sqs:ListQueueTags'],
  events: [
    'sqs:CreateQueue',
    'sqs:DeleteQueue',
    'sqs:SetQueueAttributes',
    'sqs:AddPermission',
    'sqs:RemovePermission',
    'sqs:TagQueue',
    'sqs:UntagQueue',
  ],
  async *collect(context) {
    const client = context.client(SQSClient);
    const list = resumed(context.cursor, (startingToken) =>
      paginateListQueues({ client, startingToken, pageSize: 1000 }, {}, { abortSignal: context.signal }),
    );
    yield* readPages(
      context,
      list,
      // AWS leaves the member out when there is no queue.
      (page) => ({ items: page.QueueUrls ?? [], next: page.NextToken }),
      (url) => queueOf(context, url),
    );
  },
};

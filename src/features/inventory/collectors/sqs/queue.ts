// SQS queues with their resource policy.

import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueueTagsCommand,
  paginateListQueues,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { isUnread } from '../../../../domain/evidence.ts';
import type { AnyResource, Tags } from '../../../../domain/resource.ts';
import { errorName, idOf, membersOf, resourceOf, settingArn, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { partsOf } from '../../parts.ts';
import { readPages, resumed } from '../../pages.ts';

const attributesOperation = 'sqs:GetQueueAttributes';
const must = membersOf(attributesOperation);
const gone = ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'];

type Attributes = Partial<Record<string, string>>;

/** A queue without a policy or a key of its own has no such attribute; the others are always there. */
async function readAttributes(context: CollectContext, QueueUrl: string): Promise<Attributes> {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  const answer = await context.client(SQSClient).send(command, { abortSignal: context.signal });
  const attributes: Attributes = must(answer.Attributes, 'Attributes');
  must(attributes['QueueArn'], 'QueueArn');
  return attributes;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
async function readQueue(context: CollectContext, QueueUrl: string): Promise<AnyResource | undefined> {
  const name = idOf(QueueUrl);
  const parts = partsOf(context, gone);
  const attributes = await parts.always(attributesOperation, () => readAttributes(context, QueueUrl));
  const tags = await parts.always('sqs:ListQueueTags', async (): Promise<Tags> => {
    const answer = await context
      .client(SQSClient)
      .send(new ListQueueTagsCommand({ QueueUrl }), { abortSignal: context.signal });
    // AWS leaves the member out when there are none.
    return answer.Tags ?? {};
  });
  if (parts.vanished) return undefined;
  const sqsManagedSse = isUnread(attributes)
    ? attributes
    : await parts.always(attributesOperation, async () => {
        const value = must.oneOf(attributes['SqsManagedSseEnabled'], ['true', 'false'], 'SqsManagedSseEnabled');
        return value === 'true';
      });
  return resourceOf(context, 'AWS::SQS::Queue', {
    arn: settingArn(context, 'sqs', context.region, name),
    name,
    tags,
    config: {
      policy: isUnread(attributes) ? attributes : textOrNull(attributes['Policy']),
      kmsKeyId: isUnread(attributes) ? attributes : textOrNull(attributes['KmsMasterKeyId']),
      sqsManagedSse,
    },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::SQS::Queue'],
  operations: ['sqs:ListQueues', 'sqs:GetQueueUrl', attributesOperation, 'sqs:ListQueueTags'],
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
      (url) => readQueue(context, url),
    );
  },
  async refresh(context, arn) {
    try {
      const command = new GetQueueUrlCommand({ QueueName: arn.slice(arn.lastIndexOf(':') + 1) });
      const answer = await context.client(SQSClient).send(command, { abortSignal: context.signal });
      return await readQueue(context, membersOf('sqs:GetQueueUrl')(answer.QueueUrl, 'QueueUrl'));
    } catch (error) {
      if (gone.includes(errorName(error))) return undefined;
      throw error;
    }
  },
};

// SQS queues with their resource policy.

import {
  GetQueueAttributesCommand,
  type ListQueuesRequest,
  ListQueueTagsCommand,
  paginateListQueues,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { isUnread } from '../../../../domain/evidence.ts';
import type { AnyResource, Tags } from '../../../../domain/resource.ts';
import { idOf, membersOf, resourceOf, settingArn, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector, Page } from '../../contract.ts';
import { partsOf } from '../../parts.ts';
import { findOne, readPages, resumed } from '../../pages.ts';

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

function readQueues(context: CollectContext, input: ListQueuesRequest, cursor?: string): AsyncGenerator<Page> {
  const client = context.client(SQSClient);
  const list = resumed(cursor, (startingToken) =>
    paginateListQueues({ client, startingToken, pageSize: 1000 }, input, { abortSignal: context.signal }),
  );
  return readPages(
    context,
    list,
    // AWS leaves the member out when there is no queue.
    (page) => ({
      items: (page.QueueUrls ?? []).filter((url) => isNarrowedTo(input, url)),
      next: page.NextToken,
    }),
    (url) => readQueue(context, url),
  );
}

/** A list by prefix gives longer names as well. */
const isNarrowedTo = ({ QueueNamePrefix: name }: ListQueuesRequest, url: string): boolean =>
  name === undefined || idOf(url) === name;

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
  collect: (context) => readQueues(context, {}, context.cursor),
  refresh: (context, arn) =>
    findOne(readQueues(context, { QueueNamePrefix: arn.slice(arn.lastIndexOf(':') + 1) }), arn, []),
};

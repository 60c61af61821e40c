// SNS and SQS.

import type * as snsSdk from '@aws-sdk/client-sns';
import type * as sqsSdk from '@aws-sdk/client-sqs';
import type { Answers, Call } from '../call.ts';
import type { MessagingModel, PolicyHolder } from '../model/messaging.ts';
import { page } from '../pages.ts';
import { refuse } from '../refusal.ts';

function messagingOf(call: Call): MessagingModel {
  return call.account.region(call.region).messaging;
}

function tagList(tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function topicOf(call: Call, arn: string | undefined): PolicyHolder {
  return (
    messagingOf(call).topics.find((topic) => topic.arn === arn) ??
    refuse('NotFound', 'Topic does not exist', { status: 404 })
  );
}

export const sns: Answers<typeof snsSdk> = {
  ListTopics: (input, call) => {
    const { items, next } = page(messagingOf(call).topics, input.NextToken, undefined, 100, 'InvalidParameter');
    return { Topics: items.map(({ arn }) => ({ TopicArn: arn })), NextToken: next };
  },
  GetTopicAttributes: (input, call) => {
    const topic = topicOf(call, input.TopicArn);
    return {
      Attributes: {
        TopicArn: topic.arn,
        Owner: call.site.account,
        DisplayName: '',
        SubscriptionsConfirmed: '1',
        SubscriptionsPending: '0',
        SubscriptionsDeleted: '0',
        ...(topic.policy === undefined ? {} : { Policy: JSON.stringify(topic.policy) }),
        ...(topic.key === undefined ? {} : { KmsMasterKeyId: topic.key }),
      },
    };
  },
  ListTagsForResource: (input, call) => ({ Tags: tagList(topicOf(call, input.ResourceArn).tags) }),
};

function urlOf(call: Call, queue: PolicyHolder): string {
  return `https://sqs.${call.region}.amazonaws.com/${call.site.account}/${queue.name}`;
}

function queueOf(call: Call, url: string | undefined): PolicyHolder {
  const queue = messagingOf(call).queues.find((candidate) => urlOf(call, candidate) === url);
  return queue ?? refuse('AWS.SimpleQueueService.NonExistentQueue', 'The specified queue does not exist.');
}

function queueAttributes(call: Call, queue: PolicyHolder): Record<string, string> {
  const created = String(Math.floor(call.world.calendar.ago(300).getTime() / 1000));
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: '0',
    CreatedTimestamp: created,
    LastModifiedTimestamp: created,
    VisibilityTimeout: '30',
    MessageRetentionPeriod: '345600',
    ...(queue.policy === undefined ? {} : { Policy: JSON.stringify(queue.policy) }),
    ...(queue.key === undefined
      ? { SqsManagedSseEnabled: 'true' }
      : { KmsMasterKeyId: queue.key, SqsManagedSseEnabled: 'false' }),
  };
}

export const sqs: Answers<typeof sqsSdk> = {
  ListQueues: (input, call) => {
    const urls = messagingOf(call)
      .queues.filter(({ name }) => name.startsWith(input.QueueNamePrefix ?? ''))
      .map((queue) => urlOf(call, queue));
    const { items, next } = page(urls, input.NextToken, input.MaxResults, 1000, 'InvalidParameterValue');
    // A region without queues answers without the list.
    return { ...(items.length === 0 ? {} : { QueueUrls: [...items] }), NextToken: next };
  },
  GetQueueAttributes: (input, call) => {
    const all = queueAttributes(call, queueOf(call, input.QueueUrl));
    const wanted: readonly string[] = input.AttributeNames ?? [];
    const chosen = Object.entries(all).filter(([name]) => wanted.includes('All') || wanted.includes(name));
    return chosen.length === 0 ? {} : { Attributes: Object.fromEntries(chosen) };
  },
  ListQueueTags: (input, call) => ({ Tags: { ...queueOf(call, input.QueueUrl).tags } }),
};

// SNS, SQS and ECR.

import type * as ecrSdk from '@aws-sdk/client-ecr';
import type * as snsSdk from '@aws-sdk/client-sns';
import type * as sqsSdk from '@aws-sdk/client-sqs';
import type { Answers, Call } from '../call.ts';
import type { MessagingModel, PolicyHolder, Repository } from '../model/messaging.ts';
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

function repositoryOf(call: Call, found: (repository: Repository) => boolean, name: string | undefined): Repository {
  const repository = messagingOf(call).repositories.find((candidate) => found(candidate));
  return (
    repository ??
    refuse(
      'RepositoryNotFoundException',
      `The repository with name '${name}' does not exist in the registry with id '${call.site.account}'`,
    )
  );
}

export const ecr: Answers<typeof ecrSdk> = {
  DescribeRepositories: (input, call) => {
    const wanted = input.repositoryNames;
    const all = messagingOf(call).repositories.filter(({ name }) => wanted === undefined || wanted.includes(name));
    if (wanted !== undefined && all.length < wanted.length)
      repositoryOf(
        call,
        () => false,
        wanted.find((name) => !all.some((one) => one.name === name)),
      );
    const { items, next } = page(all, input.nextToken, input.maxResults ?? 100, 1000, 'InvalidParameterException');
    return {
      repositories: items.map((repository) => ({
        repositoryName: repository.name,
        repositoryArn: repository.arn,
        registryId: call.site.account,
        repositoryUri: `${call.site.account}.dkr.ecr.${call.region}.amazonaws.com/${repository.name}`,
        createdAt: call.world.calendar.ago(200),
        imageTagMutability: repository.immutable ? 'IMMUTABLE' : 'MUTABLE',
        imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
        encryptionConfiguration: { encryptionType: 'AES256' },
      })),
      nextToken: next,
    };
  },
  GetRepositoryPolicy: (input, call) => {
    const { name, policy } = repositoryOf(
      call,
      (candidate) => candidate.name === input.repositoryName,
      input.repositoryName,
    );
    if (policy === undefined)
      refuse(
        'RepositoryPolicyNotFoundException',
        `Repository policy does not exist for the repository with name '${name}'`,
      );
    return { registryId: call.site.account, repositoryName: name, policyText: JSON.stringify(policy) };
  },
  GetRegistryScanningConfiguration: (_, call) => ({
    registryId: call.site.account,
    scanningConfiguration: { scanType: 'BASIC', rules: [] },
  }),
  ListTagsForResource: (input, call) => ({
    tags: tagList(repositoryOf(call, (candidate) => candidate.arn === input.resourceArn, input.resourceArn).tags),
  }),
};

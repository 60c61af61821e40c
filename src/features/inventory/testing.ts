// For the tests of this folder: collectors that do what a test tells them, and a sink that keeps what it is given.

import type { AnyResource, ResourceType } from '../../domain/resource.ts';
import { classifyError } from '../../platform/aws/classify-error.ts';
import type { AccountAccess } from '../../platform/aws/contract.ts';
import { fixedClock } from '../../platform/clock/clock.ts';
import type { CollectDependencies } from './collect-context.ts';
import type { CollectContext, Page } from './contract.ts';
import type { Sink } from './scan-account.ts';
import type { RegisteredCollector, UnitResult } from './unit.ts';

export function resource(name: string, type: ResourceType = 'AWS::S3::Bucket'): AnyResource {
  const [account, region] = ['111122223333', 'eu-west-1'];
  const arn = `arn:aws:s3:::${name}`;
  return {
    type,
    account,
    region,
    arn,
    name,
    tags: {},
    config: {},
    collectedAt: '2026-11-20T10:00:00.000Z',
  } as unknown as AnyResource;
}

export function collector(
  id: string,
  collect: (context: CollectContext) => AsyncIterable<Page>,
  scope: 'global' | 'regional' = 'regional',
): RegisteredCollector {
  const service = id.split('/')[0] ?? '';
  return {
    id,
    collector: {
      scope,
      types: ['AWS::S3::Bucket'],
      operations: [`${service}:ListThings`, `${service}:GetThing`],
      events: [],
      collect,
    },
  };
}

/** A collector's work that gives an empty page when it does not throw. */
export function emptyAfter(
  work: (context: CollectContext) => unknown,
): (context: CollectContext) => AsyncIterable<Page> {
  return async function* (context) {
    await work(context);
    yield { resources: [] };
  };
}

/** An error of an AWS call as the SDK throws it. */
export function refusal(name = 'AccessDeniedException', message = 'You are not allowed to.'): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 403 } });
}

export function dependencies(changes: Partial<CollectDependencies> = {}): CollectDependencies {
  const access: AccountAccess = {
    account: '111122223333',
    partition: 'aws',
    client: <C>() => ({}) as C,
    calls: 0,
  };
  return {
    access,
    homeRegion: () => 'us-east-1',
    classify: classifyError,
    findSecrets: () => [],
    clock: fixedClock('2026-11-20T10:00:00.000Z'),
    unitTimeoutMs: 60_000,
    pageSize: 500,
    ...changes,
  };
}

export interface Commit {
  region: string;
  results: readonly UnitResult[];
  last: boolean;
}

/** A sink that keeps every commit; `before` runs first and may throw. */
export function keepingSink(before: (region: string) => void = () => undefined): Sink & { commits: Commit[] } {
  const commits: Commit[] = [];
  return {
    commits,
    async commit(region, results, last) {
      before(region);
      commits.push({ region, results: [...results], last });
    },
  };
}

// What collectors are tested with: real SDK clients whose calls are answered from a table.

import type { UnreadReason } from '../../../domain/evidence.ts';
import type { AnyResource } from '../../../domain/resource.ts';
import type { ClassifiedError } from '../../../platform/aws/contract.ts';
import { readEvidence } from '../../../platform/aws/read-evidence.ts';
import type { ClientClass, CollectContext, Collector, Page } from '../contract.ts';
import { findSecrets } from '../secrets/detect.ts';

export const account = '111122223333';
export const region = 'eu-west-1';
export const at = '2026-01-02T03:04:05.000Z';

export interface Call {
  operation: string;
  region: string;
  input: Readonly<Record<string, unknown>>;
}

/** An output of the SDK, or a function that makes one or throws. */
export type Answer = object | ((call: Call) => object);
/** Answers by operation, `<service>:<SDK operation>`. */
export type Answers = Readonly<Record<string, Answer>>;

export interface FakeContext extends CollectContext {
  calls: Call[];
  gaps: { operation: string; reason: UnreadReason; detail: string }[];
}

/** An error as the SDK throws it. */
export function awsError(name: string, message = name): Error {
  return Object.assign(new Error(message), { name, $fault: 'client', $metadata: { httpStatusCode: 400 } });
}

/** Answers with an error. */
export const refuse =
  (name: string, message?: string): Answer =>
  () => {
    throw awsError(name, message);
  };

/** Coarse on purpose: everything that looks like absence is called so, for a collector must not rest on that. */
function classify(error: unknown): ClassifiedError {
  const name = error instanceof Error ? error.name : '';
  const detail = error instanceof Error ? error.message : '';
  const reason = /AccessDenied|Unauthorized|AuthorizationError|InvalidAccess/.test(name)
    ? 'denied'
    : /Throttl/.test(name)
      ? 'throttled'
      : /NoSuch|NotFound|NonExistent|DoesNotExist/.test(name)
        ? 'absent'
        : 'failed';
  return { class: reason, code: name, detail, deniedBy: null };
}

interface SdkClient {
  config: { defaultSigningName: string };
  send(command: unknown, options?: { abortSignal?: AbortSignal }): Promise<unknown>;
  middlewareStack: {
    add(middleware: unknown, options: object): void;
  };
}

/** The service's prefix as operations are declared: its signing name, but for S3 Control, which signs as `s3`. */
function serviceOf(Client: { name: string }, client: SdkClient): string {
  return Client.name === 'S3ControlClient' ? 's3control' : client.config.defaultSigningName;
}

/** Members of requests that end in `Ids` and name no resources. */
const ownersAndUsers = ['OwnerIds', 'RestorableByUserIds'];

/** A context whose clients answer from `answers` and refuse whatever the collector does not declare. */
export function fakeContext(
  collector: Collector,
  answers: Answers,
  options: { cursor?: string; signal?: AbortSignal; region?: string } = {},
): FakeContext {
  const calls: Call[] = [];
  const gaps: FakeContext['gaps'] = [];
  const home = options.region ?? (collector.scope === 'global' ? 'us-east-1' : region);
  const signal = options.signal ?? new AbortController().signal;
  const answer = (call: Call): object => {
    calls.push(call);
    const names = Object.keys(call.input).filter((member) => call.input[member] !== undefined);
    if (names.includes('MaxResults') && names.some((name) => name.endsWith('Ids') && !ownersAndUsers.includes(name)))
      throw awsError('InvalidParameterCombination', 'A page size and ids exclude each other in EC2.');
    if (!collector.operations.includes(call.operation)) throw new Error(`${call.operation} is not declared`);
    const found = answers[call.operation];
    if (found === undefined) throw new Error(`no answer for ${call.operation}`);
    return typeof found === 'function' ? found(call) : found;
  };
  return {
    calls,
    gaps,
    account,
    partition: 'aws',
    region: home,
    now: () => at,
    signal,
    cursor: options.cursor,
    client: <C>(Client: ClientClass<C>, where = home): C => {
      const configuration = {
        region: where,
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
        maxAttempts: 1,
      };
      const client = new Client(configuration as never);
      const sdk = client as unknown as SdkClient;
      const service = serviceOf(Client, sdk);
      // Inside serialisation and signing, so that what a collector sends is checked as the real client checks it.
      sdk.middlewareStack.add(
        (_next: unknown, { commandName }: { commandName: string }) =>
          async ({ input }: { input: Call['input'] }) => {
            signal.throwIfAborted();
            const operation = `${service}:${commandName.replace(/Command$/, '')}`;
            const output = { $metadata: {}, ...answer({ operation, region: where, input }) };
            return { output, response: { statusCode: 200, headers: {} } };
          },
        { step: 'finalizeRequest', priority: 'low', name: 'answers' },
      );
      const send = sdk.send.bind(sdk);
      sdk.send = (command, given) => {
        if (given?.abortSignal !== signal) throw new Error('The signal was not passed on.');
        return send(command, given);
      };
      return client;
    },
    read: (operation, get, absent) =>
      readEvidence(operation, get, {
        classify,
        onGap: (gap) => gaps.push(gap),
        ...(absent === undefined ? {} : { absent }),
        signal,
      }),
    findSecrets: (text, location) => findSecrets(text, location, 'key of the test'),
  };
}

export async function pagesOf(collector: Collector, context: CollectContext): Promise<Page[]> {
  const pages: Page[] = [];
  for await (const page of collector.collect(context)) pages.push(page);
  return pages;
}

/** Everything that a collector yields with these answers. */
export async function collected(
  collector: Collector,
  answers: Answers,
  options?: Parameters<typeof fakeContext>[2],
): Promise<{ resources: AnyResource[]; context: FakeContext; pages: Page[] }> {
  const context = fakeContext(collector, answers, options);
  const pages = await pagesOf(collector, context);
  return { resources: pages.flatMap((page) => page.resources), context, pages };
}

/** What a collector yields before it throws, and what it throws. */
export async function collectedUntilError(
  collector: Collector,
  answers: Answers,
): Promise<{ resources: AnyResource[]; pages: Page[]; error: unknown; context: FakeContext }> {
  const context = fakeContext(collector, answers);
  const pages: Page[] = [];
  try {
    for await (const page of collector.collect(context)) pages.push(page);
  } catch (error) {
    return { resources: pages.flatMap((page) => page.resources), pages, error, context };
  }
  throw new Error('The collector did not throw.');
}

/** One resource, read again. */
export async function refreshed(collector: Collector, answers: Answers, arn: string): Promise<AnyResource | undefined> {
  if (collector.refresh === undefined) throw new Error('The collector does not read single resources.');
  return collector.refresh(fakeContext(collector, answers), arn);
}

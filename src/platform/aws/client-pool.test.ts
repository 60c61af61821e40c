import { S3Client } from '@aws-sdk/client-s3';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { describe, expect, test } from 'vitest';
import { fixedClock } from '../clock/clock.ts';
import { createBudget } from './budget/budget.ts';
import type { CallContext } from './call-middleware.ts';
import { ClientPool } from './client-pool.ts';

interface Signed {
  headers: Record<string, string>;
}
interface Signer {
  sign(request: Signed, options: { signingDate: Date }): Promise<Signed>;
}

const call: CallContext = {
  account: '111122223333',
  role: '',
  region: 'eu-west-1',
  purpose: 'read',
  allow: () => undefined,
  onCall: () => undefined,
};
const credentials = () => Promise.resolve({ accessKeyId: 'AKIA', secretAccessKey: 's' });
const otherCredentials = () => Promise.resolve({ accessKeyId: 'ASIA', secretAccessKey: 's' });
/** Where the SDK keeps its search for a configured endpoint. */
const searchOf = (client: S3Client): unknown =>
  (client.config as unknown as Record<string, unknown>)['serviceConfiguredEndpoint'];

function pool(options: { maxClients?: number; endpoint?: string; requestHandler?: NodeHttpHandler } = {}): ClientPool {
  return new ClientPool({
    requestHandler: new NodeHttpHandler({}),
    pathStyle: false,
    audit: { record: () => undefined },
    clock: fixedClock('2026-03-01T10:00:00Z'),
    budget: createBudget(),
    ...options,
  });
}

describe('the pool', () => {
  test('gives the same client for the same key and builds another when it was dropped', () => {
    const clients = pool({ maxClients: 2 });
    let built = 0;
    const get = (key: string): S3Client =>
      clients.pooled(S3Client, key, 'eu-west-1', () => {
        built += 1;
        return { credentials, call };
      });
    const first = get('one');
    expect(get('one')).toBe(first);
    for (let i = 0; i < 10; i += 1) get(`other-${i}`);
    expect(get('one')).not.toBe(first);
    expect(built).toBe(12);
  });

  test('shares what the SDK searches for by class, and neither region nor credentials', async () => {
    const clients = pool();
    const one = clients.build(S3Client, credentials, 'eu-west-1', call);
    const two = clients.build(S3Client, otherCredentials, 'us-east-2', call);
    expect([await one.config.region(), await two.config.region()]).toEqual(['eu-west-1', 'us-east-2']);
    expect((await one.config.credentials()).accessKeyId).toBe('AKIA');
    expect((await two.config.credentials()).accessKeyId).toBe('ASIA');
    expect(searchOf(one)).toBeTypeOf('function');
    expect(searchOf(two)).toBe(searchOf(one));
    const queue = clients.build(SQSClient, credentials, 'eu-west-1', call);
    expect(queue.config.serviceId).toBe('SQS');
  });

  test('keeps an endpoint that was given, for every client', async () => {
    const clients = pool({ endpoint: 'http://localhost:5000' });
    for (const region of ['eu-west-1', 'us-east-1']) {
      const client = clients.build(S3Client, credentials, region, call);
      expect(await client.config.endpoint?.()).toMatchObject({ hostname: 'localhost', port: 5000 });
    }
  });

  test('signs as the SDK does, whoever the credentials name by now', async () => {
    const sent: Signed[] = [];
    const handle = (request: Signed): Promise<object> => {
      sent.push(structuredClone({ ...request }));
      return Promise.resolve({ response: { statusCode: 200, headers: {}, body: new Uint8Array() } });
    };
    const given = ['AKIAONE', 'AKIAONE', 'AKIATWO', 'AKIAONE'].map((id) => ({
      accessKeyId: id,
      secretAccessKey: `secret of ${id}`,
      sessionToken: 'token',
    }));
    let turn = 0;
    const changing = Object.assign(() => Promise.resolve(given[turn]!), { memoized: true });
    const requestHandler = { handle, destroy: () => undefined } as unknown as NodeHttpHandler;
    const client = pool({ requestHandler }).build(SQSClient, changing, 'eu-west-1', call);
    const scheme = { name: 'sigv4', signingName: 'sqs', signingRegion: 'eu-west-1', properties: {} };
    for (; turn < given.length; turn += 1) {
      await client.send(new ListQueuesCommand({ QueueNamePrefix: `${turn}` })).catch(() => undefined);
      const request = sent.at(-1)!;
      const { authorization, ...headers } = request.headers;
      const own = new SQSClient({ region: 'eu-west-1', credentials: given[turn]! });
      const signer = await (own.config.signer as (scheme: object) => Promise<Signer>)(scheme);
      const [, year, month, day, time] = /^(\d{4})(\d\d)(\d\d)T(\d{6})Z$/.exec(headers['x-amz-date'] ?? '') ?? [];
      const signingDate = new Date(`${year}-${month}-${day}T${time?.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`);
      const again = await signer.sign({ ...request, headers }, { signingDate });
      expect(authorization).toContain(given[turn]!.accessKeyId);
      expect(authorization).toBe(again.headers['authorization']);
    }
    expect(new Set(sent.map(({ headers }) => headers['authorization'])).size).toBe(4);
  });
});

import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { describe, expect, test } from 'vitest';
import { fixedClock } from '../clock/clock.ts';
import { createBudget } from './budget/budget.ts';
import type { CallContext } from './call-middleware.ts';
import { ClientPool } from './client-pool.ts';

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

function pool(options: { maxClients?: number; endpoint?: string } = {}): ClientPool {
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
});

import { Agent, createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetPublicAccessBlockCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixedClock } from '../clock/clock.ts';
import { createBudget } from './budget/budget.ts';
import { ClientPool } from './client-pool.ts';
import { keepAddresses } from './endpoint.ts';

let server: Server;
let seen: string[];
beforeAll(async () => {
  server = createServer(({ headers, url }, response) => {
    seen.push(`${headers['x-amz-account-id']} ${headers.host?.replace(/:\d+$/, '')} ${url}`);
    const block = '<BlockPublicAcls>true</BlockPublicAcls>';
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.end(`<PublicAccessBlockConfiguration>${block}</PublicAccessBlockConfiguration>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Every name is this machine: not all systems know the names below localhost. */
const requestHandler = (): NodeHttpHandler =>
  new NodeHttpHandler({
    httpAgent: new Agent({ lookup: (_name, _options, found) => found(null, [{ address: '127.0.0.1', family: 4 }]) }),
  });

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['localhost', '111122223333.localhost'],
])('the account stands before %s where a name can: %s', async (host, reached) => {
  seen = [];
  const pool = new ClientPool({
    requestHandler: requestHandler(),
    endpoint: `http://${host}:${(server.address() as AddressInfo).port}`,
    pathStyle: true,
    audit: { record: () => undefined },
    clock: fixedClock('2026-03-01T10:00:00Z'),
    budget: createBudget(),
  });
  const client = pool.build(
    S3ControlClient,
    () => Promise.resolve({ accessKeyId: 'AKIA', secretAccessKey: 's' }),
    'eu-west-1',
    {
      account: '111122223333',
      role: '',
      region: 'eu-west-1',
      purpose: 'read',
      allow: () => undefined,
      onCall: () => undefined,
    },
  );
  const answer = await client.send(new GetPublicAccessBlockCommand({ AccountId: '111122223333' }));
  pool.close();
  expect(answer.PublicAccessBlockConfiguration).toMatchObject({ BlockPublicAcls: true });
  expect(seen).toEqual([`111122223333 ${reached} /v20180820/configuration/publicAccessBlock`]);
});

test.each([
  ['http://127.0.0.1:5000/', true],
  ['http://[::1]:5000/', true],
  ['http://localhost:5000/', false],
  ['https://vpce-0123.s3-control.eu-west-1.vpce.amazonaws.com/', false],
  [undefined, false],
])('of %s prefixes are left out: %s', (endpoint, without) => {
  const asked: unknown[] = [];
  const config = { disableHostPrefix: false, endpointProvider: (parameters: unknown) => asked.push(parameters) };
  keepAddresses(config);
  config.endpointProvider({ Endpoint: endpoint, Region: 'eu-west-1', RequiresAccountId: true });
  config.endpointProvider({ Endpoint: endpoint, Region: 'eu-west-1' });
  expect(config.disableHostPrefix).toBe(without);
  expect(asked).toEqual([
    { Endpoint: endpoint, Region: 'eu-west-1', RequiresAccountId: !without },
    { Endpoint: endpoint, Region: 'eu-west-1' },
  ]);
});

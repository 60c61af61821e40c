import { describe, expect, test } from 'vitest';
import { isLocalEndpoint } from './endpoint.ts';
import { UsageError } from '../../domain/errors.ts';
import { agentsKnowProxies, proxyEnvironment } from './http-handler.ts';

test.each([
  ['22.18.0', false],
  ['22.20.1', false],
  ['22.21.0', true],
  ['23.11.0', false],
  ['24.4.1', false],
  ['24.5.0', true],
  ['24.21.0', true],
  ['26.0.0', true],
])("Node %s's agents know proxies: %s", (version, known) => {
  expect(agentsKnowProxies(version)).toBe(known);
});

describe('a proxy', () => {
  test.each([
    ['proxy.example.com:3128', 'http://proxy.example.com:3128'],
    ['http://user:secret@proxy.example.com:3128', 'http://user:secret@proxy.example.com:3128'],
    ['https://proxy.example.com', 'https://proxy.example.com'],
    ['', ''],
  ])('%s is understood as %s', (given, understood) => {
    expect(proxyEnvironment({ HTTPS_PROXY: given, OTHER: 'x' })).toEqual({ HTTPS_PROXY: understood, OTHER: 'x' });
  });

  test.each(['socks5://proxy.example.com:1080', 'http://', 'not a host', 'http://host:port'])(
    '%s is refused, not left aside, and not repeated',
    (given) => {
      const ask = (): unknown => proxyEnvironment({ https_proxy: given });
      expect(ask).toThrow(UsageError);
      expect(ask).toThrow('https_proxy does not name an HTTP proxy.');
    },
  );
});

describe('an endpoint', () => {
  test.each<[string | undefined, Record<string, string>, boolean]>([
    [undefined, {}, false],
    [undefined, { AWS_ENDPOINT_URL: 'http://localhost:5000' }, true],
    [undefined, { AWS_ENDPOINT_URL: 'http://127.0.0.1:5000' }, true],
    [undefined, { AWS_ENDPOINT_URL: 'http://[::1]:5000' }, true],
    [undefined, { AWS_ENDPOINT_URL: 'http://aws.localhost:5000' }, true],
    [undefined, { AWS_ENDPOINT_URL: 'https://vpce-0123.s3.eu-west-1.vpce.amazonaws.com' }, false],
    [undefined, { AWS_ENDPOINT_URL: 'http://localhost:5000', AWS_ENDPOINT_URL_S3: 'https://s3.example.com' }, false],
    ['http://localhost:1', { AWS_ENDPOINT_URL: 'https://s3.example.com' }, true],
    ['not an address', {}, false],
  ])('%s with %j is local: %s', (endpoint, environment, local) => {
    expect(isLocalEndpoint(endpoint, environment)).toBe(local);
  });
});

// One HTTP handler for all clients: kept-alive connections, bounded in number, through a proxy where the user has one.

import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { UsageError, VedetteError } from '../../domain/errors.ts';

/** The environment's variables, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

const proxyVariables = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];

/**
 * Makes the shared handler. `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` are honoured through Node's own agents.
 * @throws VedetteError `proxy-unsupported` when a proxy is set and this Node cannot use one; UsageError when it is none
 */
export function createHttpHandler(environment: Environment, maxSockets = 200): NodeHttpHandler {
  const proxy = proxyVariables.find((name) => (environment[name] ?? '') !== '');
  if (proxy !== undefined && !agentsKnowProxies(process.versions.node)) {
    throw new VedetteError(
      'proxy-unsupported',
      `${proxy} is set, but Node ${process.versions.node} cannot send through a proxy.`,
      { hint: 'Use Node 24.5 or newer (22.21 or newer in the 22 line), or unset the variable.' },
    );
  }
  const options = {
    keepAlive: true,
    maxSockets,
    ...(proxy === undefined ? {} : { proxyEnv: proxyEnvironment(environment) }),
  };
  return new NodeHttpHandler({
    httpAgent: new HttpAgent(options),
    httpsAgent: new HttpsAgent(options),
    connectionTimeout: 10_000,
    requestTimeout: 60_000,
    throwOnRequestTimeout: true,
    // Requests wait in the budget, not for sockets: a warning on standard error would say nothing.
    socketAcquisitionWarningTimeout: 120_000,
  });
}

/**
 * The environment as Node's agents understand it. They leave a proxy aside whose address lacks `http://`, which other
 * programs take, and any that is no HTTP proxy: traffic would go where the user wanted it not to.
 * @throws UsageError for an address that is none, or of another kind of proxy
 */
export function proxyEnvironment(environment: Environment): NodeJS.ProcessEnv {
  const understood: NodeJS.ProcessEnv = { ...environment };
  for (const name of proxyVariables) {
    const given = environment[name] ?? '';
    if (given === '') continue;
    const address = given.includes('://') ? given : `http://${given}`;
    const parsed = URL.canParse(address) ? new URL(address) : undefined;
    if (parsed === undefined || !/^https?:$/.test(parsed.protocol) || parsed.hostname === '')
      throw new UsageError(`${name} does not name an HTTP proxy.`, {
        hint: 'It looks like http://proxy.example.com:3128, with user:password@ before the host where it asks for them. Unset it to go without.',
        place: { key: name },
      });
    understood[name] = address;
  }
  return understood;
}

/** `proxyEnv` of http.Agent came with Node 24.5 and 22.21: https://nodejs.org/api/http.html#new-agentoptions */
export function agentsKnowProxies(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);
}

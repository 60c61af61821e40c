// One HTTP handler for all clients: kept-alive connections, bounded in number, through a proxy where the user has one.

import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { VedetteError } from '../../domain/errors.ts';

/** The environment's variables, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

const proxyVariables = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];

/**
 * Makes the shared handler. `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` are honoured through Node's own agents.
 * @throws VedetteError `proxy-unsupported` when a proxy is set and this Node cannot use one
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
    ...(proxy === undefined ? {} : { proxyEnv: environment as NodeJS.ProcessEnv }),
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

/** `proxyEnv` of http.Agent came with Node 24.5 and 22.21: https://nodejs.org/api/http.html#new-agentoptions */
export function agentsKnowProxies(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);
}

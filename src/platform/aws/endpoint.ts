// Endpoints other than AWS's own: an emulator on this machine is spoken to a little differently.

import type { Environment } from './http-handler.ts';

/** True when the endpoint in effect is this machine, or an address without a name. */
export function isLocalEndpoint(endpoint: string | undefined, environment: Environment): boolean {
  const text = endpoint ?? environment['AWS_ENDPOINT_URL_S3'] ?? environment['AWS_ENDPOINT_URL'];
  if (text === undefined || !URL.canParse(text)) return false;
  const host = new URL(text).hostname;
  return host === 'localhost' || host.endsWith('.localhost') || isAddress(host);
}

function isAddress(host: string): boolean {
  return host.startsWith('[') || /^[\d.]+$/.test(host);
}

/** What of a client's configuration decides its hosts. */
interface HostConfig {
  disableHostPrefix?: boolean;
  endpointProvider?: (parameters: Record<string, unknown>, context?: unknown) => unknown;
}

/**
 * Lets a client whose endpoint is an address send everything there. Some operations put a name before the host, which an
 * address cannot have: S3 Control that of the account by its endpoint rules (`RequiresAccountId`), others by their model
 * (`disableHostPrefix`). The header `x-amz-account-id` names the account all the same.
 * https://smithy.io/2.0/spec/endpoint-traits.html#client-behavior
 */
export function keepAddresses(config: HostConfig): void {
  const provide = config.endpointProvider;
  if (provide === undefined) return;
  config.endpointProvider = (parameters, context) => {
    const { Endpoint: endpoint } = parameters;
    if (typeof endpoint !== 'string' || !URL.canParse(endpoint) || !isAddress(new URL(endpoint).hostname)) {
      return provide(parameters, context);
    }
    // Hosts get their prefixes after the endpoint is resolved, and a client has one endpoint.
    config.disableHostPrefix = true;
    return provide(
      { ...parameters, ...('RequiresAccountId' in parameters ? { RequiresAccountId: false } : {}) },
      context,
    );
  };
}

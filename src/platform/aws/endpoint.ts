// Endpoints other than AWS's own: an emulator on this machine is spoken to a little differently.

import type { Environment } from './http-handler.ts';

/** True when the endpoint in effect is this machine, or an address without a name. */
export function isLocalEndpoint(endpoint: string | undefined, environment: Environment): boolean {
  const text = endpoint ?? environment['AWS_ENDPOINT_URL_S3'] ?? environment['AWS_ENDPOINT_URL'];
  if (text === undefined || !URL.canParse(text)) return false;
  const host = new URL(text).hostname;
  return host === 'localhost' || host.endsWith('.localhost') || host.startsWith('[') || /^[\d.]+$/.test(host);
}

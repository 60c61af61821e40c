// Clients of the AWS SDK, built here and nowhere else, and kept while they are in use.

import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import QuickLRU from 'quick-lru';
import { type CallContext, type CallRuntime, installCallMiddleware, type SdkClient } from './call-middleware.ts';
import type { SdkClientClass } from './contract.ts';
import { keepAddresses } from './endpoint.ts';
import type { CredentialsProvider } from './renewing-credentials.ts';
import { Sha256 } from './sha256.ts';

export interface PoolOptions extends CallRuntime {
  requestHandler: NodeHttpHandler;
  /** The profile whose settings the SDK reads beside credentials, for example FIPS and dual-stack endpoints. */
  profile?: string | undefined;
  /** Overrides the endpoint of every service; `AWS_ENDPOINT_URL` is honoured by the SDK without it. */
  endpoint?: string | undefined;
  /** True when the endpoint in effect stands on this machine: buckets are then named in the path, not in the host. */
  pathStyle: boolean;
  /** Milliseconds before a retry; the SDK's standard backoff when not given. */
  retryDelay?: ((attempt: number) => number) | undefined;
  /** Called with every new client, so that a simulation can answer in AWS's place. */
  intercept?: ((client: SdkClient) => void) | undefined;
  /** Clients kept; about 22 KB each. */
  maxClients?: number | undefined;
}

/**
 * What the SDK works out for every client from the environment and the configuration files, the same for all clients of a
 * class: without sharing, the search costs more than a call.
 */
const sharedProviders = [
  'useDualstackEndpoint',
  'useFipsEndpoint',
  'userAgentAppId',
  'defaultsMode',
  'authSchemePreference',
  'disableRequestCompression',
  'requestMinCompressionSizeBytes',
  'useArnRegion',
  'disableMultiregionAccessPoints',
  'disableS3ExpressSessionAuth',
  'requestChecksumCalculation',
  'responseChecksumValidation',
  'accountIdEndpointMode',
] as const;

type ConfigurationSource = () => Promise<unknown>;

/**
 * What the SDK says of its calls goes nowhere: the audit records them. Without `info` the SDK does not copy every input
 * and output only to hide what is sensitive in it from a logger. By this name it knows that nobody listens: a logger of
 * any other name it would hand, with every new client, to the shared connections.
 */
class NoOpLogger {
  trace(): void {}
  debug(): void {}
  warn(): void {}
  error(): void {}
}
const logger = new NoOpLogger();

/** Makes a signer for an endpoint's signing region and name. */
type SignerSource = (scheme?: { signingName?: string; signingRegion?: string }) => Promise<unknown>;

interface Signer {
  getSigningKey?(credentials: { accessKeyId: string }, ...scope: readonly unknown[]): Promise<unknown>;
}

/**
 * Lets a signer keep its last key, which four digests make of the secret, the day, the region and the service. The SDK
 * keeps fifty keys for the whole process: a scan works with more than that at once.
 */
function keepKey<S>(signer: S): S {
  const one = signer as Signer;
  const derive = one.getSigningKey?.bind(one);
  if (derive === undefined) return signer;
  let last: { of: string; key: Promise<unknown> } | undefined;
  one.getSigningKey = (credentials, ...scope) => {
    const of = [credentials.accessKeyId, ...scope].join(' ');
    if (last?.of !== of) last = { of, key: derive(credentials, ...scope) };
    return last.key;
  };
  return signer;
}

/** A client makes a signer from a copy of its whole configuration for every request; one for each endpoint is enough. */
function keepSigners(config: { signer?: SignerSource }): void {
  const make = config.signer;
  if (make === undefined) return;
  const made = new Map<string, Promise<unknown>>();
  config.signer = (scheme) => {
    const key = `${scheme?.signingName} ${scheme?.signingRegion}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const signer = make(scheme).then(keepKey);
    made.set(key, signer);
    // One that could not be made is tried again.
    signer.catch(() => made.delete(key));
    return signer;
  };
}

/** The first client of a class has asked; the others take its answers. */
interface Shared {
  configuration: Record<string, ConfigurationSource>;
  configuredEndpoint: ConfigurationSource | undefined;
}

/** Attempts for each request, the first included. */
const maxAttempts = 5;

/** Clients by what they are for. A dropped client goes on working: only the shared connections are ever closed. */
export class ClientPool {
  readonly #options: PoolOptions;
  readonly #clients: QuickLRU<string, object>;
  readonly #shared = new Map<string, Shared>();

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#clients = new QuickLRU({ maxSize: options.maxClients ?? 300 });
  }

  /**
   * The client of this class and region with this key, from the pool or new.
   * @param key equal for clients that may be shared
   */
  pooled<C>(
    Client: SdkClientClass<C>,
    key: string,
    region: string,
    make: () => { credentials: CredentialsProvider; call: CallContext },
  ): C {
    const fullKey = `${Client.name} ${region} ${key}`;
    const known = this.#clients.get(fullKey);
    if (known !== undefined) return known as C;
    const { credentials, call } = make();
    const client = this.build(Client, credentials, region, call);
    this.#clients.set(fullKey, client as object);
    return client;
  }

  /** A client that is not kept. */
  build<C>(Client: SdkClientClass<C>, credentials: CredentialsProvider, region: string, call: CallContext): C {
    const { requestHandler, profile, endpoint, pathStyle, retryDelay, intercept } = this.#options;
    const shared = this.#shared.get(Client.name);
    const configuration = {
      ...shared?.configuration,
      region,
      credentials,
      requestHandler,
      sha256: Sha256,
      logger,
      maxAttempts,
      retryMode: 'standard',
      ...(profile === undefined ? {} : { profile }),
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(pathStyle ? { forcePathStyle: true } : {}),
      ...(retryDelay === undefined ? {} : { retryStrategy: new ConfiguredRetryStrategy(maxAttempts, retryDelay) }),
    };
    const client = new Client(configuration as never);
    this.#share(Client.name, client as SdkClient, shared);
    keepSigners((client as SdkClient).config as never);
    keepAddresses((client as SdkClient).config as never);
    installCallMiddleware(client as SdkClient, this.#options, call);
    intercept?.(client as SdkClient);
    return client;
  }

  #share(name: string, client: SdkClient, shared: Shared | undefined): void {
    const config = client.config as unknown as Record<string, unknown>;
    if (shared === undefined) {
      const configuration: Shared['configuration'] = {};
      for (const key of sharedProviders) {
        const source = config[key];
        if (typeof source === 'function') configuration[key] = source as ConfigurationSource;
      }
      const endpoint = config['serviceConfiguredEndpoint'];
      const configuredEndpoint = typeof endpoint === 'function' ? (endpoint as ConfigurationSource) : undefined;
      this.#shared.set(name, { configuration, configuredEndpoint });
    } else if (shared.configuredEndpoint !== undefined) {
      config['serviceConfiguredEndpoint'] = shared.configuredEndpoint;
    }
  }

  /** Closes the connections. */
  close(): void {
    this.#clients.clear();
    this.#options.requestHandler.destroy();
  }
}

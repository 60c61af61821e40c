// The place in the SDK where simulated answers come in: after signing, inside the retry loop.

import { type Session, accountOfAccessKeyId, sessionOfToken } from './access-keys.ts';
import { actionOf, services } from './answers/answers.ts';
import type { Call } from './call.ts';
import { type CallFacts, type Faults, malformedError, timeoutError } from './faults.ts';
import { type Request, deny, guard, throttle } from './guard.ts';
import { Refusal, refuse } from './refusal.ts';
import { sdkError } from './sdk-error.ts';
import { pause } from './pause.ts';
import type { World } from './world.ts';

export interface CallOutcome extends CallFacts {
  /** `ok`, or the error's name. */
  outcome: string;
}

/** What the middleware needs of the simulation. */
export interface Simulated {
  world: World;
  clock: () => Date;
  latencyMs: number;
  slowMs: number;
  faults: () => Faults;
  onCall: (call: CallOutcome) => void;
  nextRequestId: () => string;
}

/** The parts of the SDK's handler context that are used here. */
interface Context {
  clientName?: string;
  commandName?: string;
  __smithy_context?: {
    operationSchema?: readonly unknown[];
    selectedHttpAuthScheme?: { identity?: { accessKeyId?: string; sessionToken?: string } };
    abortSignal?: AbortSignal;
  };
}

interface Reply {
  output: object;
  response: unknown;
}

type Handler = (args: { input: object }) => Promise<Reply>;

/** As much of an SDK client as is needed to hook into it. */
export interface SdkClient {
  config: object;
  middlewareStack: {
    add(middleware: never, options: { step: 'finalizeRequest'; priority: 'low'; name: string; override: true }): void;
  };
}

function regionOf(client: SdkClient): () => Promise<string> {
  const { region } = client.config as { region?: string | (() => Promise<string>) };
  return async () => (typeof region === 'function' ? await region() : (region ?? 'us-east-1'));
}

function sessionOf(context: Context, fallback: string | undefined): Session {
  const identity = context.__smithy_context?.selectedHttpAuthScheme?.identity;
  const session = sessionOfToken(identity?.sessionToken);
  if (session !== undefined) return session;
  const account = fallback ?? accountOfAccessKeyId(identity?.accessKeyId ?? '');
  if (account === undefined)
    return refuse('InvalidClientTokenId', 'The security token included in the request is invalid.', { status: 403 });
  return { account, role: 'Administrator', name: 'simulated', expiresAt: Number.POSITIVE_INFINITY };
}

function strike(kind: ReturnType<Faults>, request: Request, requestId: string): void {
  if (kind === 'denied') {
    const action = actionOf(request.service, request.operation);
    deny(request, `because no identity-based policy allows the ${action} action`);
  }
  if (kind === 'throttled') throttle(request);
  if (kind === 'timeout') throw timeoutError();
  if (kind === 'malformed') throw malformedError(requestId);
}

/**
 * Lets the simulation answer a client's calls.
 * @param fallback the account of calls whose credentials are not of this simulation's making
 */
export function hook(simulated: Simulated, client: SdkClient, fallback: string | undefined): void {
  const region = regionOf(client);
  const { world } = simulated;

  const reply = async (context: Context, input: object, requestId: string, facts: CallFacts): Promise<object> => {
    const service = services[context.clientName ?? ''];
    const answer = service?.answers[facts.operation];
    if (service === undefined || answer === undefined) {
      throw new Error(
        `The simulated organisation does not answer ${context.clientName ?? 'a client'}.${facts.operation}.`,
      );
    }
    const session = sessionOf(context, fallback);
    const account = world.account(session.account);
    if (account === undefined)
      return refuse(service.unknownCredentials, 'The security token included in the request is invalid.', {
        status: 403,
      });
    facts.account = session.account;
    facts.service = service.name;
    const { trouble } = account.profile;
    const slow =
      trouble?.kind === 'slow' && trouble.operations.includes(`${service.name}:${facts.operation}`)
        ? simulated.slowMs
        : 0;
    const wait = simulated.latencyMs + slow;
    if (wait > 0) await pause(wait, context.__smithy_context?.abortSignal);
    const now = simulated.clock().getTime();
    const request: Request = {
      service,
      operation: facts.operation,
      region: facts.region,
      session,
      account,
      now,
      scannerRole: world.organization.roles.scanner,
    };
    strike(simulated.faults()(facts), request, requestId);
    guard(request);
    const call: Call = { world, session, account, site: account.site, region: facts.region, clock: simulated.clock };
    return answer(input as never, call);
  };

  const middleware =
    (_next: Handler, context: Context): Handler =>
    async ({ input }) => {
      const requestId = simulated.nextRequestId();
      const operation = (context.commandName ?? '').replace(/Command$/, '');
      const facts: CallFacts = { service: '', operation, account: '', region: await region() };
      try {
        context.__smithy_context?.abortSignal?.throwIfAborted();
        const output = await reply(context, input, requestId, facts);
        simulated.onCall({ ...facts, outcome: 'ok' });
        return {
          output: { $metadata: { httpStatusCode: 200, requestId }, ...output },
          response: { statusCode: 200, headers: {} },
        };
      } catch (error) {
        const namespace = String(context.__smithy_context?.operationSchema?.[1] ?? '');
        const thrown = error instanceof Refusal ? sdkError(error, namespace, requestId) : error;
        simulated.onCall({ ...facts, outcome: thrown instanceof Error ? thrown.name : 'Error' });
        throw thrown;
      }
    };

  client.middlewareStack.add(middleware as never, {
    step: 'finalizeRequest',
    priority: 'low',
    name: 'simulatedOrganisation',
    override: true,
  });
}

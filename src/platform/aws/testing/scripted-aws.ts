// A scripted AWS for the tests of access itself: answers by operation, inside the SDK's retry and signing.

import { type Clock, fixedClock } from '../../clock/clock.ts';
import type { AwsAccessOptions } from '../access-options.ts';
import type { SdkClient } from '../call-middleware.ts';
import type { CallRecord } from '../contract.ts';
import { operationName } from '../operations/operations.ts';

interface ScriptedCall {
  operation: string;
  input: Readonly<Record<string, unknown>>;
  /** The access key that signed it. */
  key: string;
  region: string;
}

/** Gives the output, or throws what AWS would. */
export type Script = (call: ScriptedCall) => object | undefined;

export interface ScriptedAws {
  options: AwsAccessOptions;
  calls: ScriptedCall[];
  audit: CallRecord[];
  clock: Clock & { set(iso: string): void };
}

/** An error as the SDK throws it. */
export function awsError(name: string, message: string, status = 400): Error {
  return Object.assign(new Error(message), {
    name,
    $fault: 'client',
    $metadata: { httpStatusCode: status, requestId: `refused-${name}` },
  });
}

/** Options of access whose calls the script answers; what it leaves undefined is answered as STS would. */
export function scriptedAws(script: Script = () => undefined, options: Partial<AwsAccessOptions> = {}): ScriptedAws {
  const clock = fixedClock('2026-03-01T10:00:00Z');
  const calls: ScriptedCall[] = [];
  const audit: CallRecord[] = [];
  let requests = 0;
  let sessions = 0;
  const answerAsSts = ({ operation, input, key }: ScriptedCall): object => {
    if (operation === 'sts:GetCallerIdentity') {
      const assumed = /^ASIA(\d{12})/.exec(key)?.[1];
      return assumed === undefined
        ? { Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/operator' }
        : { Account: assumed, Arn: `arn:aws:sts::${assumed}:assumed-role/Hub/vedette` };
    }
    if (operation !== 'sts:AssumeRole') return {};
    const account = String(input['RoleArn']).split(':')[4] ?? '';
    sessions += 1;
    return {
      Credentials: {
        AccessKeyId: `ASIA${account}-${sessions}`,
        SecretAccessKey: 'secret',
        SessionToken: 'token',
        Expiration: new Date(clock.now().getTime() + 3600_000),
      },
    };
  };
  const intercept = (client: SdkClient): void => {
    client.middlewareStack.add(
      (_, context) => async (args) => {
        const { accessKeyId } = await (client.config.credentials as () => Promise<{ accessKeyId: string }>)();
        const call: ScriptedCall = {
          operation: operationName(context.clientName ?? '', context.commandName ?? ''),
          input: args.input as ScriptedCall['input'],
          key: accessKeyId,
          region: await client.config.region(),
        };
        calls.push(call);
        requests += 1;
        const output = { $metadata: { httpStatusCode: 200, requestId: `request-${requests}` } };
        return { output: { ...output, ...(script(call) ?? answerAsSts(call)) } as never, response: {} };
      },
      { step: 'finalizeRequest', priority: 'low', name: 'scripted', override: true },
    );
  };
  return {
    calls,
    audit,
    clock,
    options: {
      roleName: 'VedetteRead',
      sessionName: 'vedette-test',
      externalId: (account) => `id-of-${account}`,
      region: 'eu-west-1',
      audit: { record: (call) => audit.push(call) },
      clock,
      environment: {},
      credentials: () => Promise.resolve({ accessKeyId: 'AKIAOPERATOR', secretAccessKey: 'secret' }),
      retryDelay: () => 1,
      intercept,
      ...options,
    },
  };
}

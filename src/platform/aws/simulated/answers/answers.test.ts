import { describe, expect, test } from 'vitest';
import type { SdkClient } from '../middleware.ts';
import { type SimulatedCredentials, createSimulation } from '../simulation.ts';
import { enter, misfits } from '../testing.ts';
import { createWorld } from '../world.ts';
import { services } from './answers.ts';
import { probes } from './testing.ts';

interface AnyClient extends SdkClient {
  send(command: object): Promise<object>;
}
type AnyClientClass = new (configuration: object) => AnyClient;
type AnyCommandClass = new (input: object) => object;

const now = new Date('2026-11-20T10:00:00Z');
const options = { accounts: 60, seed: 'shapes', now };
const simulation = createSimulation(options);
const world = createWorld({
  ...options,
  troubled: true,
  organizationTrail: true,
  roles: simulation.organization.roles,
  models: 64,
  externalId: undefined,
});

/** Operations that have no other answer than a refusal in this world. */
const refused = ['AssumeRole', 'DescribeResourcePolicy', 'GetAccessPointPolicy'];

/** What one call came to: nothing wrong, or what is wrong with its answer. Refusals are answers too. */
async function faultsOf(client: AnyClient, Command: AnyCommandClass, input: object, schema: unknown) {
  try {
    const output = await client.send(new Command(input));
    return { answered: true, faults: misfits((typeof schema === 'function' ? schema() : schema) as never, output) };
  } catch (error) {
    const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
    return { answered: false, faults: $metadata?.httpStatusCode === undefined ? [String(error)] : [] };
  }
}

async function probe(
  clientName: string,
  credentials: SimulatedCredentials,
  accountId: string,
  answered: Set<string>,
): Promise<string[]> {
  const { package: sdk, inputs } = probes[clientName]!;
  const parts = sdk as Record<string, unknown>;
  const model = world.account(accountId)!;
  const faults: string[] = [];
  for (const region of new Set([...model.profile.usedRegions, 'us-west-1'])) {
    const client = new (parts[clientName] as AnyClientClass)({ region, credentials, maxAttempts: 1 });
    simulation.install(client);
    for (const [operation, list] of Object.entries(inputs(model, region))) {
      const schema = (parts[`${operation}$`] as readonly unknown[])[5];
      for (const input of list.slice(0, 5)) {
        const result = await faultsOf(client, parts[`${operation}Command`] as AnyCommandClass, input, schema);
        if (result.answered) answered.add(operation);
        faults.push(...result.faults.map((fault) => `${operation} ${JSON.stringify(input)}: ${fault}`));
      }
    }
  }
  return faults;
}

/** Accounts in which something rare lies, so that every operation has something to answer with. */
const rare = [
  'role-trusts-any-federated-identity',
  'bucket-without-mfa-delete',
  'access-point-public-access-block-off',
  'database-snapshot-public',
  'function-public',
  'repository-public',
  'server-certificate-expired',
];
const { entries } = simulation.manifest();
const chosen = new Set(rare.map((trait) => entries.find((entry) => entry.trait === trait)!.account));

describe.each(Object.keys(services))('%s', (clientName) => {
  test('answers every operation in the shapes that the SDK declares', async () => {
    const answered = new Set<string>();
    const { security } = simulation.organization;
    const faults = await probe(clientName, simulation.credentials(), security.id, answered);
    for (const id of chosen) faults.push(...(await probe(clientName, await enter(simulation, id), id, answered)));
    expect(faults).toEqual([]);
    const unanswered = Object.keys(services[clientName]!.answers).filter((operation) => !answered.has(operation));
    expect(unanswered.filter((operation) => !refused.includes(operation))).toEqual([]);
  });
});

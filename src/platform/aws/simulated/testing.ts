// For tests: clients that the simulation answers, and the check of an answer against the SDK's own output shapes.

import { NormalizedSchema } from '@smithy/core/schema';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { SdkClient } from './middleware.ts';
import type { SimulatedCredentials, Simulation } from './simulation.ts';

type Configured<C> = new (configuration: {
  region: string;
  credentials: SimulatedCredentials;
  maxAttempts: number;
}) => C;

/** A client with these credentials, answered by the simulation, that does not retry. */
export function clientOf<C extends SdkClient>(
  simulation: Simulation,
  Client: Configured<C>,
  credentials: SimulatedCredentials = simulation.credentials(),
  region = 'us-east-1',
): C {
  const client = new Client({ region, credentials, maxAttempts: 1 });
  simulation.install(client);
  return client;
}

/** Credentials of the scanner's role in an account, as STS gives them. */
export async function enter(
  simulation: Simulation,
  account: string,
  externalId = simulation.externalId(account),
): Promise<SimulatedCredentials> {
  const sts = clientOf(simulation, STSClient);
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${account}:role/${simulation.organization.roles.scanner}`,
      RoleSessionName: 'test',
      ExternalId: externalId,
    }),
  );
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}

type SchemaRef = Parameters<typeof NormalizedSchema.of>[0];

function scalarFits(schema: NormalizedSchema, value: unknown): boolean {
  if (schema.isTimestampSchema()) return value instanceof Date && !Number.isNaN(value.getTime());
  if (schema.isBlobSchema()) return value instanceof Uint8Array;
  if (schema.isBooleanSchema()) return typeof value === 'boolean';
  if (schema.isBigIntegerSchema()) return typeof value === 'bigint';
  if (schema.isNumericSchema()) return typeof value === 'number' && Number.isFinite(value);
  if (schema.isStringSchema()) return typeof value === 'string';
  return schema.isDocumentSchema();
}

/** Where a value does not fit the shape that the SDK's schema describes; empty when it fits. */
export function misfits(ref: SchemaRef, value: unknown, at = '$'): string[] {
  const schema = NormalizedSchema.of(ref);
  if (value === undefined) return [];
  if (value === null) return [`${at} is null`];
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) return [`${at} is not a list`];
    return value.flatMap((member, index) => misfits(schema.getValueSchema(), member, `${at}[${index}]`));
  }
  if (schema.isMapSchema() || schema.isStructSchema()) {
    if (typeof value !== 'object' || value instanceof Date || Array.isArray(value)) return [`${at} is not an object`];
    const entries = Object.entries(value).filter(([key]) => !(at === '$' && key === '$metadata'));
    if (schema.isMapSchema())
      return entries.flatMap(([key, member]) => misfits(schema.getValueSchema(), member, `${at}.${key}`));
    const members = schema.getMemberSchemas();
    return entries.flatMap(([key, member]) => {
      const of = members[key];
      return of === undefined
        ? [`${at}.${key} is not a member of ${schema.getName(true)}`]
        : misfits(of, member, `${at}.${key}`);
    });
  }
  return scalarFits(schema, value)
    ? []
    : [`${at} is not a ${schema.getName(true) ?? 'value of its type'}: ${String(value)}`];
}

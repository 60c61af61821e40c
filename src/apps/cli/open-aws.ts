// Access to AWS for a command: with the user's credentials, or answered by the simulated organisation.

import { join } from 'node:path';
import { openCallAudit, type CallAudit } from '../../platform/aws/audit/call-audit.ts';
import type { AwsAccess } from '../../platform/aws/contract.ts';
import { createAwsAccess } from '../../platform/aws/create-access.ts';
import { type Simulation, createSimulation } from '../../platform/aws/simulated/simulation.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Config } from '../../platform/config/load.ts';
import type { Store } from '../../platform/store/contract.ts';
import { type SimulationShape, externalIdOf, installationSecret } from '../../platform/store/installation.ts';

export interface OpenAwsOptions {
  config: Config;
  clock: Clock;
  dataDir: string;
  openStore: () => Promise<Store>;
  onAuditError: (error: Error) => void;
  /** Set for the simulated organisation. */
  demo: SimulationShape | undefined;
}

export interface OpenedAws {
  aws: AwsAccess;
  audit: CallAudit;
  close(): Promise<void>;
}

export const auditFolder = (dataDir: string): string => join(dataDir, 'audit');

/** The day from which ages in the simulated organisation count: today, so that what is 89 days old stays so. */
function simulate({ accounts, seed }: SimulationShape, clock: Clock): Simulation {
  return createSimulation({ accounts, seed, models: 16, now: clock.now(), clock: () => clock.now() });
}

/** Opens access; nothing is called before the first question. */
export async function openAws(options: OpenAwsOptions): Promise<OpenedAws> {
  const { config, clock } = options;
  const { values } = config;
  const audit = await openCallAudit({ folder: auditFolder(options.dataDir), clock, onError: options.onAuditError });
  const shared = { audit, clock, maxInFlight: values.maxInFlight };
  let aws: AwsAccess;
  if (options.demo !== undefined) {
    const simulation = simulate(options.demo, clock);
    aws = await createAwsAccess({
      ...shared,
      roleName: 'VedetteRead',
      sessionName: 'vedette',
      region: 'us-east-1',
      externalId: (account) => simulation.externalId(account),
      credentials: () => Promise.resolve(simulation.credentials()),
      intercept: (client) => simulation.install(client),
      retryDelay: () => 1,
      simulated: true,
      // Nobody else uses the simulated APIs: their rate limits are not looked after.
      budget: { share: 10_000, maxInFlightPerLane: values.maxInFlight },
    });
  } else {
    const secret = await installationSecret(await options.openStore());
    aws = await createAwsAccess({
      ...shared,
      roleName: values.roleName,
      sessionName: values.sessionName,
      externalId: (account) => values.externalId ?? externalIdOf(secret, account),
      ...(values.profile === undefined ? {} : { profile: values.profile }),
      ...(values.sourceIdentity === undefined ? {} : { sourceIdentity: values.sourceIdentity }),
      ...(values.hubRole === undefined ? {} : { hub: { roleArn: values.hubRole } }),
    });
  }
  return {
    aws,
    audit,
    async close() {
      await aws.close();
      await audit.close();
    },
  };
}

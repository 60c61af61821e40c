// Discovery of a large organisation: tree, accounts, status, delegated administrators and policies.
//   npm run -s bench -- discovery --accounts 1000 --latency 20

import { defaultContextRules } from '../../src/features/discovery/context.ts';
import { discover } from '../../src/features/discovery/discover.ts';
import { classifyError } from '../../src/platform/aws/classify-error.ts';
import { createAwsAccess } from '../../src/platform/aws/create-access.ts';
import { homeRegion } from '../../src/platform/aws/partitions.ts';
import { createSimulation } from '../../src/platform/aws/simulated/simulation.ts';

export const name = 'discovery';

export async function run(options: Readonly<Record<string, string>>) {
  const accounts = Number(options['accounts'] ?? 1000);
  const latencyMs = Number(options['latency'] ?? 20);
  const calls: Record<string, number> = {};
  const simulation = createSimulation({
    accounts,
    latencyMs,
    slowMs: 0,
    now: new Date(),
    onCall: ({ operation }) => {
      calls[operation] = (calls[operation] ?? 0) + 1;
    },
  });
  const aws = await createAwsAccess({
    roleName: 'VedetteRead',
    sessionName: 'bench',
    region: 'us-east-1',
    externalId: (account) => simulation.externalId(account),
    credentials: () => Promise.resolve(simulation.credentials()),
    intercept: (client) => simulation.install(client),
    retryDelay: () => 1,
    simulated: true,
    audit: { record: () => undefined },
  });
  const started = performance.now();
  const found = await discover({ aws, homeRegion, classify: classifyError, contextRules: defaultContextRules });
  const wallMs = Math.round(performance.now() - started);
  await aws.close();
  return {
    options: { accounts, latencyMs },
    figures: {
      wallMs,
      accounts: found.accounts.length,
      units: found.organization.units.length,
      policies: Array.isArray(found.organization.policies) ? found.organization.policies.length : 0,
      calls,
    },
    limit: { statedRates: 'src/platform/aws/budget: requests a second for organizations, of which a share is used' },
  };
}

// A whole scan of the simulated organisation, in this process: calls, CPU for each call, memory of Node and of PostgreSQL.
//   npm run -s bench -- scan --accounts 100 --latency 50
//   --accounts N (60)  --latency ms (0)  --in-flight N (150)  --troubled true|false (false)

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectors } from '../../src/generated/collectors.ts';
import { checks } from '../../src/generated/checks.ts';
import { createCatalogue } from '../../src/features/checks/catalogue.ts';
import { defaultContextRules } from '../../src/features/discovery/context.ts';
import { findSecrets } from '../../src/features/inventory/secrets/detect.ts';
import { scanOptions } from '../../src/features/scan/options.ts';
import { runScan } from '../../src/features/scan/run-scan.ts';
import { scanDefaults } from '../../src/features/scan/scan-command.ts';
import { classifyError } from '../../src/platform/aws/classify-error.ts';
import { createAwsAccess } from '../../src/platform/aws/create-access.ts';
import { homeRegion } from '../../src/platform/aws/partitions.ts';
import { enabledRegions } from '../../src/platform/aws/regions.ts';
import { createSimulation } from '../../src/platform/aws/simulated/simulation.ts';
import { systemClock } from '../../src/platform/clock/clock.ts';
import { openStore } from '../../src/platform/store/open.ts';

export const name = 'scan';

/** Memory of the server's processes in MB: the sum of their proportional shares, where the system tells them. */
function postgresMb(dataDir: string): number {
  let pids: string[] = [];
  try {
    pids = execFileSync('pgrep', ['-f', dataDir], { encoding: 'utf8' }).trim().split('\n');
    const masters = pids.filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres'));
    const children = readdirSync('/proc').filter((pid) => {
      try {
        const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
        return parent !== undefined && masters.includes(parent);
      } catch {
        return false;
      }
    });
    const kb = [...masters, ...children].map((pid) => {
      try {
        return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
      } catch {
        return 0;
      }
    });
    return Math.round(kb.reduce((sum, one) => sum + one, 0) / 1024);
  } catch {
    return 0;
  }
}

export async function run(options: Readonly<Record<string, string>>) {
  const accounts = Number(options['accounts'] ?? 60);
  const latencyMs = Number(options['latency'] ?? 0);
  const inFlight = Number(options['in-flight'] ?? 150);
  const troubled = options['troubled'] === 'true';
  const dataDir = mkdtempSync(join(tmpdir(), 'vedette-bench-'));
  const store = await openStore({ dataDir });
  const simulation = createSimulation({ accounts, latencyMs, slowMs: 0, troubled, models: 16, now: new Date() });
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
    maxInFlight: inFlight,
    budget: { share: 10_000, maxInFlightPerLane: inFlight },
  });
  const catalogue = createCatalogue(checks);
  let peakPostgres = 0;
  let peakRss = 0;
  const watch = setInterval(() => {
    peakPostgres = Math.max(peakPostgres, postgresMb(dataDir));
    peakRss = Math.max(peakRss, process.memoryUsage.rss());
  }, 5000);
  let judgements = 0;
  const cpu = process.cpuUsage();
  const started = performance.now();
  const finished = await runScan(
    scanOptions({
      identity: (await aws.identity()).account,
      selection: {},
      regions: [],
      excludeRegions: [],
      checks: [],
      parameters: {},
    }),
    {
      ...scanDefaults,
      store,
      aws,
      clock: systemClock,
      signal: new AbortController().signal,
      catalogue,
      entries: catalogue.entries,
      parameters: catalogue.parameters(),
      collectors,
      homeRegion,
      classify: classifyError,
      findSecrets: (text, location) => findSecrets(text, location, 'bench'),
      unitTimeoutMs: 600_000,
      contextRules: defaultContextRules,
      programVersion: 'bench',
      fresh: true,
      events: {
        started: () => undefined,
        message: () => undefined,
        planned: () => undefined,
        units: () => undefined,
        judged: (_account, all) => {
          judgements += all.length;
        },
        accountDone: () => undefined,
      },
      async regionsOf(access) {
        const regions = await enabledRegions(access);
        return { regions: Array.isArray(regions) ? (regions as string[]) : [], gaps: [] };
      },
    },
  );
  const wallMs = Math.round(performance.now() - started);
  const used = process.cpuUsage(cpu);
  clearInterval(watch);
  peakPostgres = Math.max(peakPostgres, postgresMb(dataDir));
  await aws.close();
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
  const calls = aws.calls;
  const bound = Math.round((calls * latencyMs) / inFlight);
  const cpuMs = Math.round((used.user + used.system) / 1000);
  return {
    options: { accounts, latencyMs, inFlight, troubled },
    figures: {
      wallMs,
      cpuMs,
      calls,
      callsPerAccount: Math.round(calls / accounts),
      cpuMicrosPerCall: Math.round((cpuMs * 1000) / calls),
      judgements,
      findings: finished.delta.new,
      nodePeakRssMb: Math.round(Math.max(peakRss, process.resourceUsage().maxRSS * 1024) / 1024 / 1024),
      postgresPeakMb: peakPostgres,
    },
    limit: {
      callsTimesLatencyOverInFlightMs: bound,
      ratio: bound === 0 ? null : Math.round((wallMs / bound) * 100) / 100,
    },
  };
}

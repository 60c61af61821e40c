// npm run -s bench -- <name> [--option value …]: runs one benchmark and prints its figures as JSON.

import { readdirSync } from 'node:fs';

/** What a file of this folder exports. */
export interface Bench {
  name: string;
  run(options: Readonly<Record<string, string>>): Promise<{
    options: Record<string, unknown>;
    figures: Record<string, unknown>;
    /** The physical bound that the figures are held against, where there is one. */
    limit?: Record<string, unknown>;
  }>;
}

function optionsOf(args: readonly string[]): Record<string, string> {
  const options: Record<string, string> = {};
  for (let i = 0; i < args.length; i += 1) {
    const match = /^--([a-z][a-z-]*)(?:=(.*))?$/.exec(args[i] ?? '');
    if (match === null) throw new Error(`"${args[i]}" is not an option; write --name value.`);
    const following = args[i + 1];
    if (match[2] !== undefined) options[match[1] ?? ''] = match[2];
    else if (following === undefined || following.startsWith('--')) options[match[1] ?? ''] = 'true';
    else {
      options[match[1] ?? ''] = following;
      i += 1;
    }
  }
  return options;
}

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !['main.ts'].includes(file) && !file.endsWith('.test.ts'))
  .map((file) => file.slice(0, -3));
const [name = '', ...rest] = process.argv.slice(2);
if (!names.includes(name)) {
  process.stderr.write(`Usage: npm run -s bench -- ${names.join('|')} [--option value]\n`);
  process.exit(2);
}
const bench = (await import(`./${name}.ts`)) as Bench;
const cpu = process.cpuUsage();
const started = performance.now();
const result = await bench.run(optionsOf(rest));
const used = process.cpuUsage(cpu);
const figures = {
  wallMs: Math.round(performance.now() - started),
  cpuMs: Math.round((used.user + used.system) / 1000),
  peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  ...result.figures,
};
process.stdout.write(
  `${JSON.stringify({ bench: name, options: result.options, figures, limit: result.limit ?? {} }, null, 2)}\n`,
);

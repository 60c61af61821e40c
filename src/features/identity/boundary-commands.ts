// vedette boundary generate

import { type Command, InvalidArgumentError, Option } from 'commander';
import { partitions } from '../../domain/arn.ts';
import type { Partition } from '../../domain/arn.ts';
import type { Act, CommandEnvironment } from '../../platform/command/environment.ts';
import { printJson } from '../../platform/command/print.ts';
import { generateBoundary, largestBoundary } from './boundary/generate.ts';
import { defaultOptions, parseAllowance, parseExpiry, parseRequiredTag } from './boundary/options.ts';
import type { BoundaryOptions } from './boundary/options.ts';
import { reachableRoutes } from './boundary/service-routes.ts';

interface GenerateOptions {
  allow?: readonly string[];
  regions?: readonly string[];
  expires?: string;
  boundaryArn?: string;
  requireTag?: readonly string[];
  delegation: BoundaryOptions['delegation'];
  delegationPath?: string;
  roles?: readonly string[];
  partition: Partition;
}

async function generate(environment: CommandEnvironment, given: GenerateOptions): Promise<number> {
  const options: BoundaryOptions = {
    allow: given.allow?.map(parseAllowance) ?? defaultOptions.allow,
    regions: given.regions ?? [],
    expires: given.expires === undefined ? undefined : parseExpiry(given.expires, environment.clock.now()),
    boundaryArn: given.boundaryArn,
    tags: (given.requireTag ?? []).map(parseRequiredTag),
    delegation: given.delegation,
    delegationPath: given.delegationPath,
    roles: given.roles ?? [],
    partition: given.partition,
  };
  const { document, size, explanation } = generateBoundary(options);
  printJson(environment, document);
  const say = (line: string): void => environment.progress.message(line);
  for (const { sid, why } of explanation) say(`${sid}: ${why}`);
  const routes = reachableRoutes(document);
  if (routes.length > 0) {
    const names = routes.map(({ actions }) => actions.join(' with ')).slice(0, 6);
    say(
      `Mind: ${routes.length} known ways to act with the role of something that exists are within the ceiling (${names.join('; ')}${routes.length > names.length ? '; …' : ''}). Such a role has its own permissions, not this boundary's.`,
    );
  }
  say(`${size} of ${largestBoundary} characters.`);
  return 0;
}

/** Values separated by commas, or the option repeated. */
function collect(value: string, earlier: readonly string[] | undefined): readonly string[] {
  const items = value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  if (items.length === 0) throw new InvalidArgumentError('It names nothing.');
  return [...(earlier ?? []), ...items];
}

/** Tags may hold commas only in repeated options: a value is taken whole. */
function collectTags(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value];
}

export function registerBoundary(program: Command, act: Act): void {
  const command = program.command('boundary').description('permissions boundaries');
  command
    .command('generate')
    .description('write a permissions boundary: a ceiling, and rules that nobody who carries it can escape')
    .addOption(
      new Option(
        '--allow <parts>',
        'the ceiling: services (s3), patterns (s3:Get*), access levels (s3=read+list+write+tagging+permissions); default: everything',
      ).argParser(collect),
    )
    .addOption(new Option('--regions <regions>', 'approved regions (default: all)').argParser(collect))
    .option('--expires <date>', 'end of all access: 2026-12-31, a time with zone, or days from now (90d)')
    .option('--boundary-arn <arn>', 'the ARN that this policy has or will have')
    .addOption(
      new Option(
        '--require-tag <key[=v1|v2]>',
        'tag that must be there when something is created; may be repeated',
      ).argParser(collectTags),
    )
    .addOption(
      new Option('--delegation <kind>', 'changes in IAM: none, or only on principals with this boundary')
        .choices(['none', 'boundary'])
        .default('none'),
    )
    .option('--delegation-path <path>', 'path of IAM under which credentials and policies may be managed (/delegated/)')
    .addOption(
      new Option(
        '--roles <arns>',
        'roles that may be passed and assumed, with wildcards; * for any (default: none)',
      ).argParser(collect),
    )
    .addOption(new Option('--partition <partition>', 'partition of AWS').choices(partitions).default('aws'))
    .addOption(new Option('--output <format>', 'format of the result').choices(['json']).default('json'))
    .action(act(generate));
}

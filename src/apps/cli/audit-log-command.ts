// vedette audit-log verify | export

import type { Command } from 'commander';
import { UsageError } from '../../domain/errors.ts';
import { exportAudit } from '../../platform/aws/audit/export.ts';
import { verifyAudit } from '../../platform/aws/audit/verify.ts';
import type { Act, CommandEnvironment } from '../../platform/command/environment.ts';
import { writeNewFile } from '../../platform/command/files.ts';
import { type PrintOptions, addPrintOption, printJson, printLine } from '../../platform/command/print.ts';
import { sanitize } from '../../platform/terminal/sanitize.ts';
import { exitCodes } from './exit-codes.ts';
import { auditFolder } from './open-aws.ts';

async function verify(environment: CommandEnvironment, options: PrintOptions & { head?: string }): Promise<number> {
  if (options.head !== undefined && !/^\s*\d+:[0-9a-f]{64}\s*$/i.test(options.head))
    throw new UsageError(`--head: "${sanitize(options.head, { maxLength: 100 })}" is no head.`, {
      hint: 'It looks like 12:<64 hexadecimal digits>, as "vedette audit-log verify" printed it.',
    });
  const report = await verifyAudit(auditFolder(environment.dataDir), options.head);
  const code = report.ok ? exitCodes.done : exitCodes.findings;
  if (options.output === 'json') {
    printJson(environment, report);
    return code;
  }
  const told = (kind: string, one: { file: string; line: number; message: string }): void =>
    printLine(
      environment,
      `${kind}  ${one.file === '' ? '' : `${sanitize(one.file)}${one.line > 0 ? `:${one.line}` : ''}  `}${sanitize(one.message)}`,
    );
  for (const problem of report.problems) told('PROBLEM', problem);
  for (const note of report.notes) told('note', note);
  printLine(
    environment,
    report.ok
      ? `The audit log holds: ${report.calls} calls in ${report.segments} segments, ${report.anchors} anchors.`
      : `The audit log does not hold: ${report.problems.length} problems.`,
  );
  if (report.head !== '') {
    printLine(environment, `Head: ${report.head}`);
    if (options.head === undefined) {
      printLine(
        environment,
        'Note it elsewhere and give it with --head next time: then nobody can replace the whole log unseen.',
      );
    }
  }
  return code;
}

async function exportLog(environment: CommandEnvironment, options: { file?: string }): Promise<number> {
  const folder = auditFolder(environment.dataDir);
  if (options.file === undefined) {
    const head = await exportAudit(folder, environment.stdout);
    environment.progress.message(`Head: ${head}`);
    return 0;
  }
  const head = await writeNewFile(options.file, (out) => exportAudit(folder, out));
  environment.progress.message(`wrote ${options.file}, head ${head}`);
  return 0;
}

export function registerAuditLog(program: Command, act: Act): void {
  const audit = program.command('audit-log').description('every call to AWS, in hash-chained files');
  addPrintOption(audit.command('verify').description('find edits, deletions, reordering and truncation'))
    .option('--head <number:hash>', 'a head that was noted elsewhere')
    .action(act(verify));
  audit
    .command('export')
    .description('the whole log with its anchors as JSON lines')
    .option('--file <path>', 'a new file instead of standard output')
    .action(act(exportLog));
}

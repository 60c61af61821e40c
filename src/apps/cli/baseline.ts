// --baseline: only findings that an earlier result does not hold count for --fail-on.

import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UsageError, messageOf } from '../../domain/errors.ts';
import type { Severity } from '../../domain/severity.ts';
import type { ReportModel } from '../../features/reports/index.ts';

const resultShape = z.object({
  schema: z.string().regex(/^vedette\.scan\/1$/),
  findings: z.array(z.object({ id: z.string() })),
});

/**
 * The ids of the findings of an earlier result.
 * @throws UsageError when the file cannot be read or is no result of `--output json`
 */
export async function readBaseline(file: string): Promise<ReadonlySet<string>> {
  const refuse = (what: string, cause: unknown): UsageError =>
    new UsageError(`The baseline ${file} ${what}.`, {
      place: { file, key: '--baseline' },
      hint: 'It is a file that "--output json=<file>" of an earlier scan wrote.',
      cause,
    });
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw refuse(`cannot be read: ${messageOf(error)}`, error);
  }
  const parsed = resultShape.safeParse(content);
  if (!parsed.success) throw refuse('is no result of a scan', parsed.error);
  return new Set(parsed.data.findings.map((finding) => finding.id));
}

/** Findings that need somebody and that the baseline does not hold, by severity. */
export async function findingsBeyond(
  baseline: ReadonlySet<string>,
  model: Pick<ReportModel, 'findings'>,
): Promise<Partial<Record<Severity, number>>> {
  const counts: Partial<Record<Severity, number>> = {};
  for await (const finding of model.findings()) {
    if (baseline.has(finding.id) || finding.state === 'muted') continue;
    counts[finding.severity] = (counts[finding.severity] ?? 0) + 1;
  }
  return counts;
}

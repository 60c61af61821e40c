// How findings are told: text for people, JSON for programs. Foreign text is made inert.

import type { PolicyKind } from '../policy/document.ts';
import { sanitize } from '../../../platform/terminal/sanitize.ts';
import type { Style } from '../../../platform/terminal/colour.ts';
import { asCase } from './asking.ts';
import { lintSeverities } from './contract.ts';
import type { Evidence, Finding, LintSeverity } from './contract.ts';
import type { LintResult } from './lint.ts';

export interface LintedFile extends LintResult {
  readonly file: string;
  /** True where nobody said what the document is attached to. */
  readonly guessed: boolean;
}

const kindWords: Readonly<Record<PolicyKind, string>> = {
  identity: 'identity policy',
  resource: 'resource policy',
  trust: 'role trust policy',
  'service-control': 'service control policy',
  'resource-control': 'resource control policy',
  'permissions-boundary': 'permissions boundary',
  session: 'session policy',
  'vpc-endpoint': 'VPC endpoint policy',
};

/** How many findings have each severity. */
export function countSeverities(files: readonly LintedFile[]): Record<LintSeverity, number> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const { severity } of files.flatMap(({ findings }) => findings)) counts[severity] += 1;
  return counts;
}

/** True when a finding is at or above the severity. */
export function reaches(files: readonly LintedFile[], failOn: LintSeverity | 'none'): boolean {
  if (failOn === 'none') return false;
  const counted = lintSeverities.slice(0, lintSeverities.indexOf(failOn) + 1);
  return files.some(({ findings }) => findings.some(({ severity }) => counted.includes(severity)));
}

function count(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? '' : 's'}`;
}

export function lintText(files: readonly LintedFile[], style: Style): string {
  const lines = files.flatMap((file) => [
    style.bold(
      `${sanitize(file.file)}: ${kindWords[file.document.kind]}${file.guessed ? ' (guessed; say it with --kind)' : ''}`,
    ),
    ...(file.findings.length === 0
      ? ['  nothing found']
      : file.findings.flatMap((finding) => findingLines(finding, style))),
    '',
  ]);
  const { error, warning, note } = countSeverities(files);
  const summary = `${count(files.length, 'document')}: ${count(error, 'error')}, ${count(warning, 'warning')}, ${count(note, 'note')}`;
  return `${[...lines, summary].join('\n')}\n`;
}

function findingLines(finding: Finding, style: Style): readonly string[] {
  const { severity, code, place, line, message, fix, source, evidence } = finding;
  const word = severity === 'error' ? style.red(severity) : severity;
  const where = [line === undefined ? '' : `line ${line}`, sanitize(place)].filter((part) => part !== '').join(', ');
  return [
    `  ${word}  ${style.bold(code)}  ${where}`,
    `    ${sanitize(message, { maxLength: 1_000 })}`,
    ...evidence.map((one) => `    shown by: ${sanitize(evidenceText(one), { maxLength: 1_000 })}`),
    `    do: ${sanitize(fix)}`,
    `    ${source}`,
  ];
}

function evidenceText({ question, decision, shows }: Evidence): string {
  const context = Object.entries(question.context)
    .filter(([, values]) => values.length > 0)
    .map(([key, values]) => `${key}=${values.join('|')}`);
  const carrying = context.length === 0 ? '' : ` with ${context.join(', ')}`;
  return `${question.principal} asks for ${question.action} on ${question.resource}${carrying}: ${decision}; ${shows}`;
}

/** `vedette.lint/1`. Each evidence is a policy case that `vedette simulate --cases` runs. */
export function lintJson(files: readonly LintedFile[]): object {
  return {
    schema: 'vedette.lint/1',
    files: files.map(({ file, document, guessed, findings }) => ({
      file,
      kind: document.kind,
      guessed,
      findings: findings.length,
    })),
    findings: files.flatMap(({ file, document, source, findings }) =>
      findings.map(({ evidence, source: reference, ...finding }) => ({
        file,
        ...finding,
        reference,
        evidence: evidence.map((one) => ({
          shows: one.shows,
          decision: one.decision,
          statements: one.statements,
          request: one.question,
          // A counter-proof asks another document; its case would not hold for this one.
          ...(one.changed === true ? { changed: true } : { case: asCase(document, source, one) }),
        })),
      })),
    ),
    summary: countSeverities(files),
  };
}

// Lints one policy document: the parser's problems, then the rules, each finding with its line.

import type { PolicyDocument, PolicyKind } from '../policy/document.ts';
import { parsePolicy } from '../policy/parse.ts';
import { parseJsonText } from '../policy/json-text.ts';
import { ask } from './asking.ts';
import codes from './codes.json' with { type: 'json' };
import type { Evidence, Finding, LintSeverity, Report, Subject } from './contract.ts';
import { lineOf, linesOf } from './locate.ts';
import { parserReports } from './parser-reports.ts';
import { rules } from './rules.ts';

/**
 * Bounds, so that hostile documents end too: statements read or judged for questions and counter-proofs (each costs a
 * few microseconds), findings, and statements that the rules look at.
 */
const mostWork = 120_000;
/** A copy is read and compiled anew: dearer than a question. */
const copyWork = 4;
const mostFindings = 200;
const mostStatements = 400;

export interface LintResult {
  readonly document: PolicyDocument;
  /** The document as JSON, for cases. */
  readonly source: unknown;
  readonly findings: readonly Finding[];
}

interface CodeEntry {
  readonly severity: string;
  /** Other severities for some kinds of policies. */
  readonly kinds?: Readonly<Record<string, string>>;
  readonly fix: string;
  readonly source: string;
}

const catalogue: Readonly<Record<string, CodeEntry>> = codes;

class Exhausted extends Error {}

/**
 * Lints the text of a policy. Pure: reads no clock and no file.
 *
 * @param text JSON
 * @param about how the document is called, and what it is attached to
 * @param now what dates are held against
 * @param within the text that the document was taken out of, and where in it: lines are of that text
 */
export function lintPolicy(
  text: string,
  about: { name: string; kind: PolicyKind },
  now: Date,
  within: { readonly text: string; readonly place: string } = { text, place: '' },
): LintResult {
  const document = parsePolicy(text, about);
  const parsed = parseJsonText(text);
  const source = 'value' in parsed ? parsed.value : undefined;
  const faulty = !('value' in parsed) && within.place === '';
  const lines = faulty ? new Map([['', lineAt(text, parsed.at)]]) : linesOf(within.text);
  const reports: Report[] = [...parserReports(document)];
  if (document.statements.length <= mostStatements) reports.push(...ruleReports(document, source, now));
  else
    reports.push({
      code: 'not-finished',
      place: '',
      message: `The document has ${document.statements.length} statements; the rules look at ${mostStatements} at most.`,
    });
  const findings = reports.slice(0, mostFindings).map((report): Finding => {
    const entry = catalogue[report.code] ?? catalogue['syntax'];
    const severity = (entry?.kinds?.[document.kind] ?? entry?.severity ?? 'error') as LintSeverity;
    return {
      code: report.code,
      severity,
      place: report.place,
      line: lineOf(lines, `${within.place}${report.place}`),
      message: report.message,
      fix: report.fix ?? entry?.fix ?? '',
      source: entry?.source ?? '',
      evidence: report.evidence ?? [],
    };
  });
  return { document, source, findings: findings.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)) };
}

function ruleReports(document: PolicyDocument, source: unknown, now: Date): readonly Report[] {
  const subject = subjectOf(document, source, now);
  const reports: Report[] = [];
  for (const rule of rules) {
    try {
      for (const report of rule(subject)) {
        reports.push(report);
        if (reports.length >= mostFindings) return reports;
      }
    } catch (error) {
      if (!(error instanceof Exhausted)) throw error;
      const message = 'The document is so large that not every rule could be tried on every statement.';
      return [...reports, { code: 'not-finished', place: '', message }];
    }
  }
  return reports;
}

function subjectOf(document: PolicyDocument, source: unknown, now: Date): Subject {
  let work = 0;
  const spend = (times: number): void => {
    work += times * document.statements.length;
    if (work > mostWork) throw new Exhausted();
  };
  return {
    document,
    now,
    ask(shows, question, other = document): Evidence {
      spend(1);
      const evidence = ask(other, shows, question);
      return other === document ? evidence : { ...evidence, changed: true };
    },
    reread(change): PolicyDocument {
      spend(copyWork);
      return parsePolicy(change(source), { name: document.name, kind: document.kind });
    },
  };
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}

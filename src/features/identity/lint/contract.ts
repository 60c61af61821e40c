// What a lint rule is given and what it finds. A rule that claims an effect shows it: each question in its evidence was
// put to the policy engine, and the decision is the engine's.

import type { Decision } from '../policy/answer.ts';
import type { PolicyDocument } from '../policy/document.ts';

export const lintSeverities = ['error', 'warning', 'note'] as const;
export type LintSeverity = (typeof lintSeverities)[number];

/** A request, with everything that it carries: what `context` does not name is absent. */
export interface Question {
  readonly principal: string;
  readonly sessionName?: string;
  readonly action: string;
  /** An ARN, or `*`. */
  readonly resource: string;
  readonly resourceAccount?: string;
  readonly context: Readonly<Record<string, readonly string[]>>;
  /** Asks what the document takes away: an identity policy beside it allows everything. */
  readonly besideAllow?: boolean;
}

/** A question with its answer. */
export interface Evidence {
  /** What the answer shows, as half a sentence: `without the tag Stage`. */
  readonly shows: string;
  readonly question: Question;
  readonly decision: Decision;
  /** True where a changed copy of the document was asked: the counter-proof. */
  readonly changed?: true;
  /** Sids of the statements of this document that decided; their place where they have none. */
  readonly statements: readonly string[];
}

/** What a rule reports; severity, remedy and AWS page stand in `codes.json` under the code. */
export interface Report {
  readonly code: string;
  /** JSON pointer into the document. */
  readonly place: string;
  readonly message: string;
  readonly evidence?: readonly Evidence[];
  /** Where the remedy depends on the case. */
  readonly fix?: string;
}

export interface Finding {
  readonly code: string;
  readonly severity: LintSeverity;
  readonly place: string;
  /** From 1; undefined when the text has no such place. */
  readonly line: number | undefined;
  readonly message: string;
  readonly fix: string;
  readonly source: string;
  readonly evidence: readonly Evidence[];
}

export interface Subject {
  readonly document: PolicyDocument;
  readonly now: Date;
  /** Puts a question to the engine. With `other`, another document stands in this one's place. */
  ask(shows: string, question: Question, other?: PolicyDocument): Evidence;
  /** Parses a changed copy of the document: the counter-proof. */
  reread(change: (source: unknown) => unknown): PolicyDocument;
}

export type Rule = (subject: Subject) => Iterable<Report>;

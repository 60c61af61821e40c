// Tries one condition: a request that the rest of the statement applies to, with a chosen value of the key.

import type { Condition, PolicyDocument, Statement } from '../policy/document.ts';
import { without } from './change.ts';
import type { Evidence, Question, Subject } from './contract.ts';
import { applies, witness } from './witness.ts';
import type { WitnessOptions } from './witness.ts';

export interface Trial {
  /** A request to which the statement applies but for the condition. */
  readonly question: Question;
  /** The document without the condition. */
  readonly free: PolicyDocument;
  /** Whether the statement applies when the key has these values; none: it is absent. */
  holds(values: readonly string[]): boolean;
  /** The engine's answers with these values: with the condition, and, as counter-proof, without it. */
  prove(shows: string, values: readonly string[]): readonly Evidence[];
}

/** Undefined when no request was found that the rest of the statement applies to. */
export function tryCondition(
  subject: Subject,
  statement: Statement,
  condition: Condition,
  options: WitnessOptions = {},
): Trial | undefined {
  const { document } = subject;
  const free = subject.reread((source) => without(source, condition.place));
  const bare = free.statements[document.statements.indexOf(statement)];
  const found = bare && witness(free, bare, options);
  if (found === undefined) return undefined;
  const question: Question = { ...found, ...(statement.effect === 'Deny' ? { besideAllow: true } : {}) };
  const carrying = (values: readonly string[]): Question => ({
    ...question,
    context: { ...question.context, [condition.key]: values },
  });
  return {
    question,
    free,
    holds: (values) => applies(document, statement, carrying(values)),
    prove: (shows, values) => [
      subject.ask(shows, carrying(values)),
      subject.ask('the same request, without this condition in the policy', carrying(values), free),
    ],
  };
}

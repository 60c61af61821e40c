// What identity policies and boundaries say about one question, remembered: once for a document where it depends on
// nothing but the question, else once for each kind of principal in each account.

import { allowOf, coversAction, judgeCompiled, type Question } from './judge.ts';
import type { CompiledDocument, CompiledStatement } from './compiled-document.ts';
import { no, type Tri } from './tri.ts';

/** An allow and a deny in one number. */
export type DocumentAnswer = number;
const unasked = 255;
const dependent = 254;

export function allowIn(answer: DocumentAnswer): Tri {
  return (answer >> 2) as Tri;
}

export function denyIn(answer: DocumentAnswer): Tri {
  return (answer & 3) as Tri;
}

export class DocumentAnswers {
  readonly #common: Uint8Array;
  readonly #local: Uint8Array;
  /** For which class of principals `#local` holds. */
  readonly #owner: Uint32Array;
  #class = 0;

  /** @param documents how many documents there are; they are known by their ids */
  constructor(documents: number) {
    this.#common = new Uint8Array(documents).fill(unasked);
    this.#local = new Uint8Array(documents);
    this.#owner = new Uint32Array(documents);
  }

  /** Begins another class of principals, to whom dependent documents may say something else. */
  startClass(): void {
    this.#class += 1;
  }

  /** What the document with this id says to everybody; undefined when that cannot be told, or was not asked yet. */
  common(id: number): DocumentAnswer | undefined {
    const answer = this.#common[id]!;
    return answer < dependent ? answer : undefined;
  }

  /** What a document of the account says to the principals of the class. */
  of(document: CompiledDocument, account: string, question: Question): DocumentAnswer {
    const { id } = document;
    // A document that was added since.
    if (id >= this.#common.length) return ask(document, account, question);
    if (this.#common[id] === unasked) {
      this.#common[id] = depends(document, question) ? dependent : ask(document, account, question);
    }
    if (this.#common[id] !== dependent) return this.#common[id]!;
    if (this.#owner[id] !== this.#class) {
      this.#local[id] = ask(document, account, question);
      this.#owner[id] = this.#class;
    }
    return this.#local[id]!;
  }
}

function ask(document: CompiledDocument, account: string, question: Question): DocumentAnswer {
  const findings = judgeCompiled([document], account, question);
  return (allowOf(findings) << 2) | findings.deny;
}

/** True when a statement that bears on the question needs the account, the principal or the context to be answered. */
function depends(document: CompiledDocument, question: Question): boolean {
  return document.statements.some((statement) => coversAction(statement, question) && needsMore(statement, question));
}

function needsMore({ resources, conditions }: CompiledStatement, question: Question): boolean {
  if (resources !== undefined && (!resources.universal || resources.contextual)) return true;
  if (conditions === undefined) return false;
  return resources === undefined || resources.covers(question.arn, '', question.context) !== no;
}

// What identity policies and boundaries say about one question, remembered: once for a document where it depends on
// nothing but the question, else once for each kind of principal in each account.

import { allowOf, coversAction, judgeCompiled, type Question } from './judge.ts';
import type { CompiledDocument, CompiledStatement } from './library.ts';
import { no, type Tri } from './tri.ts';

export interface DocumentAnswer {
  readonly allow: Tri;
  readonly deny: Tri;
}

/** Every answer there can be. */
const answers: readonly DocumentAnswer[] = ([0, 1, 2] as const).flatMap((allow) =>
  ([0, 1, 2] as const).map((deny) => ({ allow, deny })),
);
const unasked = 255;
const dependent = 254;

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

  /** What a document of the account says to the principals of the class. */
  of(document: CompiledDocument, account: string, question: Question): DocumentAnswer {
    const { id } = document;
    let code = this.#common[id];
    // A document that was added since.
    if (code === undefined) return answers[ask(document, account, question)]!;
    if (code === unasked) {
      code = depends(document, question) ? dependent : ask(document, account, question);
      this.#common[id] = code;
    }
    if (code === dependent) {
      if (this.#owner[id] !== this.#class) {
        this.#local[id] = ask(document, account, question);
        this.#owner[id] = this.#class;
      }
      code = this.#local[id] ?? 0;
    }
    return answers[code]!;
  }
}

function ask(document: CompiledDocument, account: string, question: Question): number {
  const findings = judgeCompiled([document], account, question);
  return allowOf(findings) * 3 + findings.deny;
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

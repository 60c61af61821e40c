// A compiled document as an ordinary one again, as it reads in an account: for whatever needs its text or its reasons.

import type { PolicyDocument, PrincipalEntry, Statement } from '../policy/document.ts';
import type { CompiledDocument } from './compiled-document.ts';
import { withAccount } from './own-account.ts';

const bound = new WeakMap<CompiledDocument, { account: string; document: PolicyDocument }>();

/** The document of an account; the last one asked for is kept, so that its statements stay compiled. */
export function documentIn(compiled: CompiledDocument, account: string): PolicyDocument {
  if (!compiled.abstracted) return compiled.source;
  const last = bound.get(compiled);
  if (last?.account === account) return last.document;
  const { source } = compiled;
  const document = { ...source, statements: source.statements.map((statement) => statementIn(statement, account)) };
  bound.set(compiled, { account, document });
  return document;
}

function statementIn(statement: Statement, account: string): Statement {
  const own = (text: string): string => withAccount(text, account);
  const { resources, principals } = statement;
  return {
    ...statement,
    sid: statement.sid === undefined ? undefined : own(statement.sid),
    resources: resources && { not: resources.not, patterns: resources.patterns.map(own) },
    principals: principals && {
      not: principals.not,
      entries: principals.entries.map((entry): PrincipalEntry =>
        entry.kind === 'everyone' ? entry : { kind: entry.kind, value: own(entry.value) },
      ),
    },
    conditions: statement.conditions.map((condition) => ({
      ...condition,
      key: own(condition.key),
      values: condition.values.map(own),
      place: own(condition.place),
    })),
  };
}

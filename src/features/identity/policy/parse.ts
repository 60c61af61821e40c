// Reads a policy document of any kind. Nothing is dropped: what cannot be read is reported with its place and judged
// against the requester. A malformed Allow grants nothing; a malformed Deny denies as widely as it can mean; a
// document that cannot be read at all denies everything.
// Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html

import type { PolicyDocument, PolicyKind, Statement } from './document.ts';
import { bounds, duplicatedKeys, parseJsonText, withinBounds } from './json-text.ts';
import { denyEverything, parseStatement } from './parse-statement.ts';
import { collectProblems, pointer, quoted } from './problems.ts';
import type { Problems } from './problems.ts';

const mostStatements = 10_000;

/**
 * The largest document AWS stores for a kind, in characters without white space, where several apply the largest.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const sizeLimits: Readonly<Record<PolicyKind, number>> = {
  identity: 10_240,
  resource: 32_768,
  trust: 4_096,
  'service-control': 10_240,
  'resource-control': 5_120,
  'permissions-boundary': 6_144,
  session: 2_048,
  'vpc-endpoint': 20_480,
};

/**
 * Parses a policy from JSON text or from data that was parsed already (duplicate keys can only be seen in text).
 * Never throws: faults are in `problems`.
 *
 * @param source JSON text, or the parsed value
 * @param about how the document is called in answers, and what it is attached to
 */
export function parsePolicy(source: unknown, about: { name: string; kind: PolicyKind }): PolicyDocument {
  const problems = collectProblems();
  const unreadable = (code: string, message: string): PolicyDocument => {
    problems.error(code, '', message);
    return { ...about, variables: false, statements: [denyEverything('')], problems: problems.list() };
  };
  let value = source;
  if (typeof source === 'string') {
    const parsed = parseJsonText(source);
    if ('fault' in parsed)
      return unreadable('not-json', `The text is not JSON: ${parsed.fault} (character ${parsed.at}).`);
    value = parsed.value;
  } else if (!withinBounds(source)) {
    return unreadable('too-large', `The document is larger than ${bounds.textLength} characters or too deeply nested.`);
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return unreadable('not-an-object', 'A policy document is a JSON object with a Statement.');
  }
  checkSize(value, about.kind, problems);
  const record = value as Record<string, unknown>;
  const repeated = duplicatedKeys(record);
  if (repeated.has('Statement')) return unreadable('duplicate-key', 'Statement is given more than once.');
  const strange = Object.keys(record).filter((key) => !['Version', 'Id', 'Statement'].includes(key));
  for (const key of strange) {
    problems.error('unknown-element', pointer('', key), `A policy document has no element ${quoted(key)}.`);
  }
  if (record['Statement'] === undefined && strange.length > 0) {
    return unreadable('no-statement', 'The document has no Statement but elements that are not known.');
  }
  const version = parseVersion(record, repeated, problems);
  const documentSound = problems.errors() === 0;
  const list = statementList(record['Statement'], problems);
  if (list.length > mostStatements) {
    return unreadable('too-many-statements', `The document has more than ${mostStatements} statements.`);
  }
  const sids = new Set<string>();
  const statements = list.map(({ statement, place }): Statement => {
    const parsed = parseStatement(statement, place, about.kind, version, problems);
    if (parsed.sid !== undefined) {
      if (sids.has(parsed.sid))
        problems.warning('duplicate-sid', place, `The Sid ${quoted(parsed.sid)} is used twice.`);
      sids.add(parsed.sid);
    }
    return documentSound ? parsed : { ...parsed, sound: false };
  });
  return { ...about, variables: version, statements, problems: problems.list() };
}

/** True where policy variables are replaced: version 2012-10-17. Without a version AWS assumes 2008-10-17. */
function parseVersion(record: Record<string, unknown>, repeated: ReadonlySet<string>, problems: Problems): boolean {
  const version = record['Version'];
  if (repeated.has('Version')) problems.error('duplicate-key', '/Version', 'Version is given more than once.');
  if (version === undefined || version === '2008-10-17') return false;
  if (version !== '2012-10-17') {
    problems.error('unknown-version', '/Version', `Version is 2012-10-17 or 2008-10-17, not ${quoted(version)}.`);
  }
  return true;
}

function statementList(value: unknown, problems: Problems): { statement: unknown; place: string }[] {
  if (value === undefined) {
    problems.error('no-statement', '', 'The document has no Statement.');
    return [];
  }
  if (!Array.isArray(value)) return [{ statement: value, place: '/Statement' }];
  if (value.length === 0) problems.error('no-statement', '/Statement', 'Statement is empty.');
  return value.map((statement: unknown, index) => ({ statement, place: `/Statement/${index}` }));
}

function checkSize(value: object, kind: PolicyKind, problems: Problems): void {
  const size = JSON.stringify(value).length;
  const limit = sizeLimits[kind];
  if (size > limit) {
    problems.warning(
      'oversized',
      '',
      `The document has ${size} characters; AWS stores at most ${limit} for this kind.`,
    );
  }
}

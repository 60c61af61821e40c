// From options to a permissions boundary.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html

import { UsageError } from '../../../domain/errors.ts';
import { ceilingPatterns, ceilingStatement, reaches } from './ceiling.ts';
import { delegationStatements } from './delegation.ts';
import { expiryStatements, regionStatements } from './guard-rails.ts';
import { checkOptions } from './options.ts';
import type { BoundaryOptions } from './options.ts';
import type { BoundaryDocument, ExplainedStatement } from './statement.ts';
import { tagStatements } from './tag-rules.ts';

/**
 * Characters of a managed policy, white space not counted. A principal has one boundary and a boundary is one policy,
 * so that a document that is larger cannot be split.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const largestBoundary = 6_144;

export interface GeneratedBoundary {
  readonly document: BoundaryDocument;
  /** Characters without white space. */
  readonly size: number;
  /** What each statement does, in the document's order. */
  readonly explanation: readonly { readonly sid: string; readonly why: string }[];
}

/**
 * Generates a boundary. Pure: the same options and the same tables give the same document.
 *
 * @throws UsageError when options contradict each other, or the document would be larger than AWS stores
 */
export function generateBoundary(options: BoundaryOptions): GeneratedBoundary {
  checkOptions(options);
  const reached = reaches(ceilingPatterns(options));
  const parts: readonly ExplainedStatement[] = [
    ceilingStatement(options),
    ...regionStatements(options),
    ...expiryStatements(options),
    ...delegationStatements(options, reached),
    ...tagStatements(options, reached),
  ];
  const document: BoundaryDocument = { Version: '2012-10-17', Statement: parts.map(({ statement }) => statement) };
  const size = sizeOf(document);
  if (size > largestBoundary) refuse(size, parts);
  return { document, size, explanation: parts.map(({ statement, why }) => ({ sid: statement.Sid, why })) };
}

/** As AWS counts: white space is left out, within strings too. */
function sizeOf(value: unknown): number {
  return JSON.stringify(value).replaceAll(/\s/g, '').length;
}

function refuse(size: number, parts: readonly ExplainedStatement[]): never {
  const shares = new Map<string, number>();
  for (const { statement } of parts) {
    const name = statement.Sid.startsWith('Tag') ? 'the tag rules' : statement.Sid;
    shares.set(name, (shares.get(name) ?? 0) + sizeOf(statement));
  }
  const largest = [...shares].sort((a, b) => b[1] - a[1]).slice(0, 3);
  const listed = largest.map(([name, share]) => `${name} ${share}`).join(', ');
  throw new UsageError(
    `The boundary has ${size} characters, and AWS stores at most ${largestBoundary} (largest parts: ${listed}). A principal has one boundary, so it cannot be split.`,
    {
      hint: shares.has('the tag rules')
        ? 'Name fewer services or actions with --allow (tag rules are written for what the ceiling reaches), or require fewer tags; a service control policy can hold the rest.'
        : 'Name whole services or shorter patterns with --allow instead of access levels.',
    },
  );
}

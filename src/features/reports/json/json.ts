// Our own shape, `vedette.scan/1`. Written row by row; the values are exact, the text is inert.

import type { Chunks, ReportModel, Rows } from '../model.ts';
import { exact, limits, safeJson } from '../text.ts';

/** Members of a list, one a line, separated by commas. */
async function* members<T>(rows: Rows<T>, shape: (row: T) => object): Chunks {
  let separator = '\n    ';
  for await (const row of rows()) {
    yield `${separator}${safeJson(shape(row))}`;
    separator = ',\n    ';
  }
  yield separator === '\n    ' ? ']' : '\n  ]';
}

/** Findings, gaps, accounts, score and coverage as one JSON document. */
export async function* renderJson(model: ReportModel): Chunks {
  const { scan, score, coverage, summary, version } = model;
  yield `{\n  "schema": "vedette.scan/1",\n  "version": ${safeJson(version)},\n  "scan": ${safeJson(scan)},\n`;
  yield `  "score": ${safeJson(score)},\n  "coverage": ${safeJson(coverage)},\n  "accounts": [`;
  yield* members(
    () => model.accounts,
    (account) => ({
      ...account,
      name: exact(account.name, limits.name),
      ouPath: exact(account.ouPath, limits.resource),
    }),
  );
  yield ',\n  "gaps": [';
  yield* members(model.gaps, (gap) => ({ ...gap, detail: exact(gap.detail, limits.reason) }));
  yield ',\n  "findings": [';
  yield* members(model.findings, (finding) => ({
    id: finding.id,
    check: exact(finding.check, limits.name),
    verdict: finding.verdict,
    severity: finding.severity,
    account: finding.account,
    region: finding.region,
    resource: exact(finding.resource, limits.resource),
    resourceType: exact(finding.resourceType, limits.name),
    title: exact(finding.title, limits.title),
    reason: exact(finding.reason, limits.reason),
    state: finding.state,
    source: finding.source,
    kind: finding.kind,
    firstSeen: finding.firstSeen,
    lastSeen: finding.lastSeen,
    lastVerified: finding.lastVerified,
    ...(finding.suppression === undefined
      ? {}
      : { suppression: { ...finding.suppression, reason: exact(finding.suppression.reason, limits.reason) } }),
  }));
  yield `,\n  "summary": ${safeJson(summary)}\n}\n`;
}

// JUnit XML: one suite, a failure for each finding, and what nobody could judge as skipped.
// Source of the shape: https://github.com/testmoapp/junitxml

import { isClosed } from '../model.ts';
import type { Chunks, ReportModel } from '../model.ts';
import { limits, markup } from '../text.ts';

interface Counts {
  failures: number;
  skipped: number;
}

/** The first pass: a suite states its counts before its cases. */
async function countCases(model: ReportModel): Promise<Counts> {
  const counts: Counts = { failures: 0, skipped: 0 };
  for await (const finding of model.findings()) {
    if (isClosed(finding)) continue;
    if (finding.verdict === 'fail' && finding.state !== 'muted') counts.failures += 1;
    else counts.skipped += 1;
  }
  for await (const gap of model.gaps()) counts.skipped += gap.regions.length > 0 ? 1 : 0;
  return counts;
}

/** Findings as test cases: failed; skipped when they are manual, muted or could not be judged. */
export async function* renderJunit(model: ReportModel): Chunks {
  const { failures, skipped } = await countCases(model);
  const seconds = (model.scan.durationMs / 1000).toFixed(3);
  const counts = `tests="${failures + skipped}" failures="${failures}" errors="0" skipped="${skipped}" time="${seconds}"`;
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="Vedette" ${counts}>\n`;
  yield `<testsuite name="${markup(model.scan.organizationId, limits.name)}" ${counts} timestamp="${markup(model.scan.startedAt, 40)}">\n`;
  yield `<properties><property name="scan" value="${markup(model.scan.id, limits.name)}"/>`;
  yield `<property name="simulated" value="${model.scan.simulated}"/>`;
  if (model.selection !== undefined)
    yield `<property name="selection" value="${markup(model.selection, limits.text)}"/>`;
  yield '</properties>\n';
  for await (const finding of model.findings()) {
    if (isClosed(finding)) continue;
    const name = `${finding.account} ${finding.region} ${finding.resource}`;
    yield `<testcase classname="${markup(finding.check, limits.name)}" name="${markup(name, limits.resource)}" time="0">`;
    const said = markup(`${finding.severity}: ${finding.title}`, limits.title);
    const why = markup(finding.reason, limits.reason);
    if (finding.state === 'muted') {
      yield `<skipped message="muted: ${markup(finding.suppression?.reason ?? finding.title, limits.reason)}"/>`;
    } else if (finding.verdict === 'manual') {
      yield `<skipped message="manual: ${said}"/>`;
    } else {
      const fix = markup(model.rules.get(finding.check)?.fix.text ?? '', limits.text);
      yield `<failure type="${markup(finding.severity, limits.name)}" message="${said}">${why}${fix === '' ? '' : `\n${fix}`}\n${markup(finding.id, limits.name)}</failure>`;
    }
    yield '</testcase>\n';
  }
  for await (const gap of model.gaps()) {
    if (gap.regions.length === 0) continue;
    const name = `${gap.account} ${gap.regions.join(' ')} ${gap.action}`;
    yield `<testcase classname="not-read" name="${markup(name, limits.resource)}" time="0">`;
    yield `<skipped message="unknown, ${markup(gap.reason, limits.name)}: ${markup(gap.detail, limits.reason)}"/></testcase>\n`;
  }
  yield '</testsuite>\n</testsuites>\n';
}

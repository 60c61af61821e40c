// SARIF 2.1.0 for cloud resources: the resource is a logical location, and its artifact a stable relative path, which
// code scanning services ask for. Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html

import type { Gap } from '../../../domain/gap.ts';
import type { Severity } from '../../../domain/severity.ts';
import { line } from '../../../platform/terminal/sanitize.ts';
import { standardsOf } from '../frameworks.ts';
import type { Chunks, ReportFinding, ReportModel, ReportRule } from '../model.ts';
import { documentationUrl, limits, safeJson } from '../text.ts';
import { artifactUri } from './artifact-uri.ts';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** What code scanning services sort by. */
const securitySeverity: Readonly<Record<Severity, string>> = {
  critical: '9.0',
  high: '7.0',
  medium: '4.0',
  low: '2.0',
  info: '0.0',
};

const baselines: Readonly<Record<ReportFinding['state'], string>> = {
  new: 'new',
  reopened: 'new',
  open: 'unchanged',
  muted: 'unchanged',
  resolved: 'absent',
  ended: 'absent',
};

/**
 * Text in which SARIF finds neither links nor placeholders: it reads `[text](target)` as a link and `{0}` as a
 * placeholder (§3.11.5, §3.11.6), so the brackets are escaped and such braces doubled.
 */
function literal(text: string): string {
  const unlinked = text.includes('](') ? text.replace(/[[\]]/g, (bracket) => `\\${bracket}`) : text;
  return unlinked.replace(/\{\d+\}/g, (placeholder) => `{${placeholder}}`);
}

/** A message; SARIF wants it to say something. */
function message(text: string, limit: number): { text: string } {
  return { text: literal(line(text, limit)) || '–' };
}

/** Keeps the order in which checks first appear, for `ruleIndex`. */
class RuleIndex {
  readonly ids: string[] = [];
  readonly #positions = new Map<string, number>();

  of(id: string): number {
    const known = this.#positions.get(id);
    if (known !== undefined) return known;
    this.#positions.set(id, this.ids.length);
    return this.ids.push(id) - 1;
  }
}

function result(finding: ReportFinding, model: ReportModel, rules: RuleIndex): object {
  const check = line(finding.check, limits.name);
  const failed = finding.verdict === 'fail';
  return {
    ruleId: check,
    ruleIndex: rules.of(finding.check),
    // A manual check asks for a look; SARIF then wants no level.
    kind: failed ? 'fail' : 'review',
    level: failed ? levels[finding.severity] : 'none',
    message: message(`${finding.title}: ${finding.reason}`, limits.reason),
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: artifactUri(finding) },
          region: { startLine: 1 },
        },
        logicalLocations: [
          {
            name: line(finding.resource.split(/[/:]/).at(-1) ?? finding.resource, limits.name),
            fullyQualifiedName: line(finding.resource, limits.resource),
            kind: 'resource',
          },
        ],
      },
    ],
    partialFingerprints: { 'vedetteFindingId/v1': finding.id },
    baselineState: baselines[finding.state],
    ...(finding.state === 'muted'
      ? {
          suppressions: [
            {
              kind: 'external',
              status: 'accepted',
              ...(finding.suppression === undefined
                ? {}
                : { justification: line(finding.suppression.reason, limits.reason) }),
            },
          ],
        }
      : {}),
    properties: {
      severity: finding.severity,
      account: finding.account,
      region: finding.region,
      resourceType: line(finding.resourceType, limits.name),
      state: finding.state,
      source: finding.source,
      firstSeen: finding.firstSeen,
      lastSeen: finding.lastSeen,
    },
  };
}

function descriptor(id: string, rule: ReportRule | undefined): object {
  const name = line(id, limits.name);
  if (rule === undefined) return { id: name };
  const [helpUri] = rule.references.flatMap((one) => documentationUrl(one) ?? []);
  const standards = standardsOf(rule);
  const help = [rule.why, `How to fix: ${rule.fix.text}`, ...rule.references].map((part) => line(part, limits.text));
  return {
    id: name,
    name: name.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_match, letter: string) => letter.toUpperCase()),
    shortDescription: message(rule.title, limits.title),
    fullDescription: message(rule.why, limits.text),
    help: { text: literal(help.join('\n\n')) },
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level: levels[rule.severity] },
    properties: {
      'security-severity': securitySeverity[rule.severity],
      precision: 'high',
      tags: ['security', rule.service, ...standards.flatMap(({ short, ids }) => ids.map((one) => `${short} ${one}`))],
    },
  };
}

/** What could not be read, as a notification: results do not hold what nobody could judge. */
function notification(gap: Gap): object {
  const where = `account ${gap.account}, ${gap.regions.join(', ')}`;
  return {
    level: 'warning',
    descriptor: { id: 'not-read' },
    message: message(
      `Not read (${gap.reason}): ${gap.service} ${gap.action} in ${where}. ${gap.detail}`,
      limits.reason,
    ),
  };
}

/** The findings as one SARIF run. Results come first, so that only the rules that occur need be held. */
export async function* renderSarif(model: ReportModel): Chunks {
  const rules = new RuleIndex();
  yield `{\n"$schema": ${safeJson(schema)},\n"version": "2.1.0",\n"runs": [{\n"results": [`;
  let separator = '\n';
  for await (const finding of model.findings()) {
    yield separator + safeJson(result(finding, model, rules));
    separator = ',\n';
  }
  const { scan } = model;
  yield `\n],\n"invocations": [{\n"executionSuccessful": true,\n"startTimeUtc": ${safeJson(scan.startedAt)},\n`;
  if (scan.finishedAt !== '') yield `"endTimeUtc": ${safeJson(scan.finishedAt)},\n`;
  yield '"toolExecutionNotifications": [';
  separator = '\n';
  for await (const gap of model.gaps()) {
    yield separator + safeJson(notification(gap));
    separator = ',\n';
  }
  yield '\n]\n}],\n"tool": {"driver": {"name": "Vedette", ';
  yield `"semanticVersion": ${safeJson(model.version)}, `;
  yield `"notifications": [{"id": "not-read", "shortDescription": {"text": "Evidence that could not be read"}}],\n`;
  const descriptors = rules.ids.map((id) => safeJson(descriptor(id, model.rules.get(id))));
  yield `"rules": [\n${descriptors.join(',\n')}\n]}},\n`;
  // A service takes what a category lacks as fixed: a part of the findings has a category of its own.
  const part = model.selection === undefined ? '' : 'selected/';
  yield `"automationDetails": {"id": ${safeJson(`vedette/${scan.organizationId}/${part}`)}},\n`;
  const { simulated, partition } = scan;
  const selected = model.selection === undefined ? {} : { selection: line(model.selection, limits.text) };
  const properties = { scan: scan.id, simulated, partition, score: model.score, coverage: model.coverage, ...selected };
  yield `"properties": ${safeJson(properties)}\n}]\n}\n`;
}

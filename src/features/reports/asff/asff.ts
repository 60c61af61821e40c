// AWS Security Finding Format, 2018-10-08, as BatchImportFindings takes it (in batches of at most 100).
// Source: https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-syntax.html

import type { Severity } from '../../../domain/severity.ts';
import { line } from '../../../platform/terminal/sanitize.ts';
import { standardsOf } from '../frameworks.ts';
import { epoch, isClosed, regionOr } from '../model.ts';
import type { Chunks, ReportFinding, ReportModel } from '../model.ts';
import { documentationUrl, safeJson } from '../text.ts';
import { asffResourceType } from './resource-types.ts';

/** Lengths that Security Hub accepts. */
const bounds = {
  id: 512,
  title: 256,
  description: 1_024,
  recommendation: 512,
  url: 512,
  requirement: 64,
  value: 1_024,
};

const labels: Readonly<Record<Severity, string>> = {
  critical: 'CRITICAL',
  high: 'HIGH',
  medium: 'MEDIUM',
  low: 'LOW',
  info: 'INFORMATIONAL',
};

const types: Readonly<Record<ReportFinding['kind'], string>> = {
  posture: 'Software and Configuration Checks/AWS Security Best Practices',
  threat: 'TTPs',
  vulnerability: 'Software and Configuration Checks/Vulnerabilities',
  code: 'Software and Configuration Checks/Vulnerabilities',
  cost: 'Unusual Behaviors',
};

function complianceStatus(finding: ReportFinding): string {
  if (finding.state === 'resolved') return 'PASSED';
  if (finding.state === 'ended') return 'NOT_AVAILABLE';
  return finding.verdict === 'manual' ? 'WARNING' : 'FAILED';
}

function workflow(finding: ReportFinding): string {
  if (finding.state === 'muted') return 'SUPPRESSED';
  return finding.state === 'resolved' ? 'RESOLVED' : 'NEW';
}

/** One finding in the format. */
export function asffFinding(finding: ReportFinding, model: ReportModel): object {
  const rule = model.rules.get(finding.check);
  const { partition } = model.scan;
  const region = regionOr(finding, partition);
  const first = epoch(finding.firstSeen, finding.lastSeen);
  const last = Math.max(first, epoch(finding.lastSeen, finding.firstSeen));
  const requirements = standardsOf(rule)
    .flatMap(({ short, ids }) => ids.map((id) => line(`${short} ${id}`, bounds.requirement)))
    .slice(0, 32);
  const [url] = (rule?.references ?? []).flatMap((one) => documentationUrl(one) ?? []);
  const recommendation = rule === undefined ? undefined : line(rule.fix.text, bounds.recommendation);
  return {
    SchemaVersion: '2018-10-08',
    Id: `vedette/${finding.id}`,
    ProductArn: `arn:${partition}:securityhub:${region}:${finding.account}:product/${finding.account}/default`,
    ProductName: 'Vedette',
    CompanyName: 'Vedette',
    GeneratorId: line(`vedette/${finding.check}`, bounds.id),
    AwsAccountId: finding.account,
    Region: region,
    Types: [types[finding.kind]],
    FirstObservedAt: new Date(first).toISOString(),
    LastObservedAt: new Date(last).toISOString(),
    CreatedAt: new Date(first).toISOString(),
    UpdatedAt: new Date(last).toISOString(),
    Severity: { Label: labels[finding.severity], Original: finding.severity },
    Title: line(finding.title, bounds.title) || '–',
    Description: line(finding.reason, bounds.description) || line(finding.title, bounds.description) || '–',
    ...(recommendation === undefined
      ? {}
      : {
          Remediation: {
            Recommendation: {
              Text: recommendation,
              ...(url === undefined || url.length > bounds.url ? {} : { Url: url }),
            },
          },
        }),
    ProductFields: {
      'vedette/check': line(finding.check, bounds.value),
      'vedette/state': finding.state,
      'vedette/source': finding.source,
      'vedette/version': model.version,
      'vedette/scan': model.scan.id,
      'vedette/simulated': String(model.scan.simulated),
    },
    Resources: [
      {
        Type: asffResourceType(finding.resourceType),
        Id: line(finding.resource, bounds.id) || finding.account,
        Partition: partition,
        Region: region,
      },
    ],
    Compliance: {
      Status: complianceStatus(finding),
      ...(requirements.length === 0 ? {} : { RelatedRequirements: requirements }),
    },
    Workflow: { Status: workflow(finding) },
    RecordState: isClosed(finding) ? 'ARCHIVED' : 'ACTIVE',
    ...(finding.suppression === undefined
      ? {}
      : {
          Note: {
            Text: line(finding.suppression.reason, 512) || '–',
            UpdatedBy: 'vedette',
            UpdatedAt: new Date(last).toISOString(),
          },
        }),
  };
}

/** All findings as one JSON array. */
export async function* renderAsff(model: ReportModel): Chunks {
  let separator = '[\n';
  for await (const finding of model.findings()) {
    yield separator + safeJson(asffFinding(finding, model));
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

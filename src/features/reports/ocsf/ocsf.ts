// OCSF 1.5.0 with the profiles cloud and datetime: Compliance Finding (2003), or Detection Finding (2004) for
// pipelines that are shaped for it. One JSON array. Source: https://schema.ocsf.io/1.5.0/classes/compliance_finding

import type { Severity } from '../../../domain/severity.ts';
import { line } from '../../../platform/terminal/sanitize.ts';
import { standardsOf } from '../frameworks.ts';
import { epoch } from '../model.ts';
import type { Chunks, ReportFinding, ReportModel, ReportRule } from '../model.ts';
import { documentationUrl, limits, safeJson } from '../text.ts';

export const ocsfVersion = '1.5.0';
export const ocsfClasses = ['compliance', 'detection'] as const;
export type OcsfClass = (typeof ocsfClasses)[number];

const severityIds: Readonly<Record<Severity, readonly [number, string]>> = {
  critical: [5, 'Critical'],
  high: [4, 'High'],
  medium: [3, 'Medium'],
  low: [2, 'Low'],
  info: [1, 'Informational'],
};

/** The state of the finding as OCSF's status and activity know it. */
const states: Readonly<
  Record<ReportFinding['state'], { status: readonly [number, string]; activity: readonly [number, string] }>
> = {
  new: { status: [1, 'New'], activity: [1, 'Create'] },
  open: { status: [1, 'New'], activity: [2, 'Update'] },
  reopened: { status: [1, 'New'], activity: [2, 'Update'] },
  muted: { status: [3, 'Suppressed'], activity: [2, 'Update'] },
  resolved: { status: [4, 'Resolved'], activity: [3, 'Close'] },
  ended: { status: [5, 'Archived'], activity: [3, 'Close'] },
};

const classes = {
  compliance: { uid: 2003, name: 'Compliance Finding' },
  detection: { uid: 2004, name: 'Detection Finding' },
} as const;

const closedCodes: Partial<Record<ReportFinding['state'], string>> = { resolved: 'PASS', ended: 'NOT_APPLICABLE' };

/** Result of the check as compliance status: a manual check gave none, which OCSF calls a warning. */
function compliance(finding: ReportFinding, rule: ReportRule | undefined): object {
  const code = statusCode(finding);
  const [id, caption] =
    code === 'PASS' ? [1, 'Pass'] : code === 'FAIL' ? [3, 'Fail'] : code === 'MANUAL' ? [2, 'Warning'] : [99, 'Other'];
  const standards = standardsOf(rule);
  return {
    control: line(rule?.controls.securityHub?.[0] ?? finding.check, limits.name),
    desc: line(rule?.why ?? finding.title, limits.text),
    standards: standards.map(({ name }) => name),
    requirements: standards.flatMap(({ short, ids }) => ids.map((one) => line(`${short} ${one}`, limits.name))),
    status: caption,
    status_id: id,
    status_code: code,
    status_details: [line(finding.reason, limits.reason)],
  };
}

const statusCode = (finding: ReportFinding): string =>
  closedCodes[finding.state] ?? (finding.verdict === 'manual' ? 'MANUAL' : 'FAIL');

function findingInfo(finding: ReportFinding, rule: ReportRule | undefined): object {
  const seen = epoch(finding.firstSeen, finding.lastSeen);
  const last = epoch(finding.lastSeen, finding.firstSeen);
  const attacks = (rule?.controls.attack ?? []).map((uid) => ({ technique: { uid: line(uid, 32) } }));
  return {
    uid: finding.id,
    title: line(finding.title, limits.title),
    desc: line(finding.reason, limits.reason),
    types: [finding.kind],
    analytic: {
      uid: line(finding.check, limits.name),
      name: line(rule?.title ?? finding.check, limits.title),
      type: 'Rule',
      type_id: 1,
    },
    created_time: seen,
    created_time_dt: new Date(seen).toISOString(),
    first_seen_time: seen,
    first_seen_time_dt: new Date(seen).toISOString(),
    last_seen_time: last,
    last_seen_time_dt: new Date(last).toISOString(),
    ...(attacks.length === 0 ? {} : { attacks }),
  };
}

/** One finding as an OCSF event. */
export function ocsfEvent(finding: ReportFinding, model: ReportModel, kind: OcsfClass, accountName: string): object {
  const rule = model.rules.get(finding.check);
  const { uid: classUid, name: className } = classes[kind];
  const { status, activity } = states[finding.state];
  const [severityId, severity] = severityIds[finding.severity];
  const time = epoch(finding.lastVerified, finding.lastSeen);
  const references = (rule?.references ?? []).flatMap((one) => documentationUrl(one) ?? []);
  return {
    category_uid: 2,
    category_name: 'Findings',
    class_uid: classUid,
    class_name: className,
    activity_id: activity[0],
    activity_name: activity[1],
    type_uid: classUid * 100 + activity[0],
    type_name: `${className}: ${activity[1]}`,
    severity_id: severityId,
    severity,
    status_id: status[0],
    status: status[1],
    status_code: statusCode(finding),
    status_detail: line(finding.suppression?.reason ?? finding.reason, limits.reason),
    message: line(finding.title, limits.title),
    time,
    time_dt: new Date(time).toISOString(),
    metadata: {
      version: ocsfVersion,
      profiles: ['cloud', 'datetime'],
      event_code: line(finding.check, limits.name),
      product: { name: 'Vedette', uid: 'vedette', vendor_name: 'Vedette', version: model.version },
      tenant_uid: model.scan.organizationId,
      correlation_uid: model.scan.id,
      ...(model.scan.simulated ? { labels: ['simulated'] } : {}),
    },
    finding_info: findingInfo(finding, rule),
    ...(kind === 'compliance' ? { compliance: compliance(finding, rule) } : {}),
    cloud: {
      provider: 'AWS',
      cloud_partition: model.scan.partition,
      region: finding.region,
      account: { uid: finding.account, name: line(accountName, limits.name), type: 'AWS Account', type_id: 10 },
      org: { uid: model.scan.organizationId },
    },
    resources: [
      {
        uid: line(finding.resource, limits.resource),
        name: line(finding.resource, limits.resource),
        type: line(finding.resourceType, limits.name),
        region: finding.region,
        cloud_partition: model.scan.partition,
        ...(rule === undefined ? {} : { group: { name: rule.service } }),
      },
    ],
    ...(rule === undefined ? {} : { remediation: { desc: line(rule.fix.text, limits.text), references } }),
    unmapped: {
      verdict: finding.verdict,
      state: finding.state,
      source: finding.source,
      simulated: model.scan.simulated,
      compliance: Object.fromEntries(standardsOf(rule).map(({ short, ids }) => [short, ids])),
    },
  };
}

/** All findings as one JSON array of OCSF events. */
export async function* renderOcsf(model: ReportModel, kind: OcsfClass = 'compliance'): Chunks {
  const names = new Map(model.accounts.map((account) => [account.id, account.name]));
  let separator = '[\n';
  for await (const finding of model.findings()) {
    yield separator + safeJson(ocsfEvent(finding, model, kind, names.get(finding.account) ?? finding.account));
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

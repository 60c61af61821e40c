// A small report for tests: two accounts, findings of every state, a gap. Every foreign field can be replaced.

import type { FindingState } from '../../domain/finding.ts';
import { findingStates } from '../../domain/finding.ts';
import type { Gap } from '../../domain/gap.ts';
import { severities } from '../../domain/severity.ts';
import type { Chunks, ReportFinding, ReportModel, ReportRule } from './model.ts';

export const sampleRule: ReportRule = {
  id: 's3-bucket-public-read',
  title: 'S3 bucket can be read by everyone',
  severity: 'critical',
  service: 's3',
  why: 'Anyone on the internet can list and download what the bucket holds.',
  fix: { text: 'Turn on all four settings of Block Public Access.', cli: 'aws s3api put-public-access-block …' },
  references: ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html'],
  controls: {
    securityHub: ['S3.2'],
    configRules: ['s3-bucket-public-read-prohibited'],
    cis30: ['2.1.4'],
    cis50: ['2.1.4'],
    attack: ['T1530'],
  },
};

export function sampleFinding(change: Partial<ReportFinding> = {}): ReportFinding {
  return {
    id: 'vf-0123456789abcdef0123456789abcdef',
    kind: 'posture',
    source: 'vedette',
    check: sampleRule.id,
    verdict: 'fail',
    severity: 'critical',
    account: '111122223333',
    region: 'eu-west-1',
    resource: 'arn:aws:s3:::example-bucket',
    resourceType: 'AWS::S3::Bucket',
    title: sampleRule.title,
    reason: 'The bucket policy allows s3:GetObject to everyone.',
    state: 'new',
    firstSeen: '2026-11-01T10:00:00.000Z',
    lastSeen: '2026-11-02T10:00:00.000Z',
    lastVerified: '2026-11-02T10:00:00.000Z',
    ...change,
  };
}

export function sampleGap(change: Partial<Gap> = {}): Gap {
  return {
    account: '444455556666',
    regions: ['eu-west-1', 'us-east-1'],
    service: 'kms',
    action: 'kms:GetKeyRotationStatus',
    reason: 'denied',
    detail: 'User is not authorized to perform: kms:GetKeyRotationStatus',
    ...change,
  };
}

const suppression = { id: 'sup-1', reason: 'Public by intention: static website' };

const id = (index: number): string => `vf-${String(index).padStart(32, '0')}`;

/** One finding of every state and severity, a manual one, and one whose check is not in the catalogue. */
export function sampleFindings(): ReportFinding[] {
  const byState = findingStates.map((state: FindingState, index) =>
    sampleFinding({ id: id(index), state, ...(state === 'muted' ? { suppression } : {}) }),
  );
  const bySeverity = severities.map((severity, index) => sampleFinding({ id: id(100 + index), severity }));
  return [
    ...byState,
    ...bySeverity,
    sampleFinding({
      id: id(200),
      verdict: 'manual',
      severity: 'low',
      region: 'global',
      resource: '111122223333',
      resourceType: 'account',
    }),
    sampleFinding({
      id: id(201),
      check: 'GuardDuty/UnauthorizedAccess:EC2/SSHBruteForce',
      source: 'guardduty',
      kind: 'threat',
    }),
  ];
}

export function sampleModel(change: Partial<ReportModel> = {}): ReportModel {
  return {
    version: '0.1.0',
    scan: {
      id: 'scan-1',
      startedAt: '2026-11-02T10:00:00.000Z',
      finishedAt: '2026-11-02T10:01:00.000Z',
      organizationId: 'o-exampleorgid',
      partition: 'aws',
      simulated: true,
      durationMs: 60_000,
      apiCalls: 1_234,
    },
    score: 61.28,
    coverage: 0.9449,
    accounts: [
      {
        id: '111122223333',
        name: 'payments-prod',
        ouPath: '/Workloads/Production',
        status: 'ACTIVE',
        scan: 'complete',
        score: 61.28,
        coverage: 1,
      },
      {
        id: '444455556666',
        name: 'sandbox',
        ouPath: '/Sandbox',
        status: 'ACTIVE',
        scan: 'partial',
        score: null,
        coverage: 0.5,
      },
    ],
    rules: new Map([[sampleRule.id, sampleRule]]),
    findings: sampleFindings,
    gaps: () => [sampleGap()],
    summary: { bySeverity: { critical: 3, high: 1, low: 2 }, byVerdict: { fail: 6, manual: 1, pass: 100, unknown: 4 } },
    ...change,
  };
}

/** All of a report as one text. */
export async function textOf(chunks: Chunks): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

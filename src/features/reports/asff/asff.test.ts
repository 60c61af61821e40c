import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { describe, expect, test } from 'vitest';
import { hostileTexts } from '../../../../test/fixtures/hostile-text.ts';
import { sampleFinding, sampleModel, textOf } from '../testing.ts';
import { asffFinding, renderAsff } from './asff.ts';

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const within = (text: string | undefined, limit: number): boolean =>
  text !== undefined && text.length > 0 && text.length <= limit;

/** What BatchImportFindings would refuse in a finding. */
function refusals(finding: AwsSecurityFinding): string[] {
  const times = [finding.CreatedAt, finding.UpdatedAt, finding.FirstObservedAt, finding.LastObservedAt];
  const checks: Record<string, boolean> = {
    SchemaVersion: finding.SchemaVersion === '2018-10-08',
    Id: within(finding.Id, 512),
    GeneratorId: within(finding.GeneratorId, 512),
    Title: within(finding.Title, 256),
    Description: within(finding.Description, 1_024),
    Remediation: within(finding.Remediation?.Recommendation?.Text ?? '-', 512),
    times: times.every((time) => isoTime.test(time ?? '')),
    Severity: /^(?:CRITICAL|HIGH|MEDIUM|LOW|INFORMATIONAL)$/.test(finding.Severity?.Label ?? ''),
    Compliance: /^(?:PASSED|WARNING|FAILED|NOT_AVAILABLE)$/.test(finding.Compliance?.Status ?? ''),
    Workflow: /^(?:NEW|SUPPRESSED|RESOLVED)$/.test(finding.Workflow?.Status ?? ''),
    Resources: finding.Resources?.length === 1 && within(finding.Resources[0]?.Id, 512),
    ProductFields: Object.values(finding.ProductFields ?? {}).every((value) => value.length <= 1_024),
  };
  return Object.keys(checks).filter((name) => checks[name] !== true);
}

describe('ASFF', () => {
  test('every finding is one that Security Hub accepts', async () => {
    const findings = JSON.parse(await textOf(renderAsff(sampleModel()))) as AwsSecurityFinding[];
    expect(findings.length).toBeGreaterThan(5);
    expect(findings.flatMap(refusals)).toEqual([]);
    expect(refusals({ ...findings[0], Title: 'x'.repeat(300) } as AwsSecurityFinding)).toEqual(['Title']);
  });

  test('hostile text is bounded', () => {
    const hostile = hostileTexts().map(({ text }) =>
      sampleFinding({
        title: text,
        reason: text,
        resource: text,
        resourceType: text,
        check: text,
        firstSeen: text,
        suppression: { id: 's', reason: text },
      }),
    );
    const refused = hostile.flatMap((finding) => refusals(asffFinding(finding, sampleModel()) as AwsSecurityFinding));
    expect(refused).toEqual([]);
  });

  test.each([
    [{ state: 'muted' as const }, { Workflow: { Status: 'SUPPRESSED' }, RecordState: 'ACTIVE' }],
    [
      { state: 'resolved' as const },
      { Workflow: { Status: 'RESOLVED' }, RecordState: 'ARCHIVED', Compliance: { Status: 'PASSED' } },
    ],
    [{ state: 'ended' as const }, { RecordState: 'ARCHIVED', Compliance: { Status: 'NOT_AVAILABLE' } }],
    [{ verdict: 'manual' as const }, { Compliance: { Status: 'WARNING' } }],
    [
      { region: 'global' },
      { Region: 'us-east-1', ProductArn: 'arn:aws:securityhub:us-east-1:111122223333:product/111122223333/default' },
    ],
    [{ resourceType: 'AWS::New::Thing' }, { Resources: [{ Type: 'Other' }] }],
    [
      {},
      {
        Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::example-bucket' }],
        Compliance: { RelatedRequirements: ['AWS FSBP S3.2', 'CIS AWS 3.0 2.1.4', 'CIS AWS 5.0 2.1.4'] },
      },
    ],
  ])('%j', (change, expected) => {
    expect(asffFinding(sampleFinding(change), sampleModel())).toMatchObject(expected);
  });
});

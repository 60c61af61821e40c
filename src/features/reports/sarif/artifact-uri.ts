// A relative path that stands for a cloud resource: the same in every scan, and no way out of any folder.

import { createHash } from 'node:crypto';
import type { ReportFinding } from '../model.ts';

/** One path segment of letters, digits, dot, dash and underscore; never empty, never only dots, at most 100 long. */
function segment(text: string): string {
  const plain = text.slice(0, 100).replace(/[^A-Za-z0-9._-]+/g, '_');
  return /^\.*$/.test(plain) ? `_${plain.length}` : plain;
}

/**
 * `aws/<account>/<region>/<type>/<name>`. Where the name had to be changed, eight digits of the resource's hash
 * keep different resources apart.
 */
export function artifactUri(finding: Pick<ReportFinding, 'account' | 'region' | 'resource' | 'resourceType'>): string {
  const own = finding.resource.startsWith('arn:') ? finding.resource.split(':').slice(5).join(':') : finding.resource;
  const name = segment(own);
  const digits = createHash('sha256').update(finding.resource).digest('hex').slice(0, 8);
  const leaf = name === own ? name : `${name}-${digits}`;
  return ['aws', segment(finding.account), segment(finding.region), segment(finding.resourceType), leaf].join('/');
}

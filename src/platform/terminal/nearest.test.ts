import { expect, test } from 'vitest';
import { nearestName } from './nearest.ts';

const names = ['json', 'sarif', 'ocsf', 'csv', 'html', 's3-bucket-ssl-requests-only', 'excludeRegions'];

test.each([
  ['jsno', 'json'],
  ['saref', 'sarif'],
  ['HTLM', 'html'],
  ['s3-bucket-ssl-request-only', 's3-bucket-ssl-requests-only'],
  ['s3-bucket', 's3-bucket-ssl-requests-only'],
  ['excludeRegion', 'excludeRegions'],
  ['kubernetes', undefined],
  ['', undefined],
])('%s is nearest to %s', (typed, expected) => {
  expect(nearestName(typed, names)).toBe(expected);
});

// How findings divide among severities, as a bar that scales to its place.

import { severities } from '../../../domain/severity.ts';
import { type Counts } from '../overview.ts';
import { count } from '../text.ts';

/** Width and height of a bar's own units. */
const size = { width: 240, height: 10 } as const;

/** `12 critical, 3 high`: what the bar says, in words. */
function words(counts: Counts): string {
  const parts = severities.filter((one) => counts[one] > 0).map((one) => `${count(counts[one])} ${one}`);
  return parts.length === 0 ? 'no findings' : parts.join(', ');
}

/**
 * A bar in the colours of the severities, the most urgent on the left.
 * @param most the number of findings that fills the whole width
 */
export function severityBar(counts: Counts, most: number): string {
  let x = 0;
  const pieces = severities.flatMap((severity) => {
    const width = most === 0 ? 0 : (counts[severity] / most) * size.width;
    if (width === 0) return [];
    const piece = `<rect class="fill-${severity}" x="${x.toFixed(2)}" width="${width.toFixed(2)}" height="${size.height}"/>`;
    x += width;
    return [piece];
  });
  return `<svg class="bar" viewBox="0 0 ${size.width} ${size.height}" preserveAspectRatio="none" role="img" aria-label="${words(counts)}">${pieces.join('')}</svg>`;
}

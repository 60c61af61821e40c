// How found secrets are told: where and what kind, never the value.

import type { SecretMatch } from '../../../domain/secret.ts';

/** The first places as people read them: `aws-secret-access-key in line 12`. */
export function placesOf(secrets: readonly SecretMatch[]): string {
  const places = secrets.slice(0, 5).map(({ detector, location }) => `${detector} in ${location}`);
  const rest = secrets.length > 5 ? ` and ${secrets.length - 5} more` : '';
  return `${places.join(', ')}${rest}`;
}

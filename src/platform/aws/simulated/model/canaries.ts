// Secrets that open nothing: made from the seed, so that a search can tell whether one got out.

import type { Site } from '../site.ts';

export type CanaryKind =
  | 'aws-access-key-id'
  | 'aws-secret-access-key'
  | 'password'
  | 'github-token'
  | 'connection-string';

/** A value that looks like a real secret of its kind, and differs by account and place. */
export function canary(site: Site, kind: CanaryKind, place: string): string {
  const letters = (length: number, label: string): string => site.base62(length, 'canary', kind, place, label);
  switch (kind) {
    case 'aws-access-key-id':
      return `AKIA${site.base32(16, 'canary', kind, place)}`;
    case 'aws-secret-access-key':
      return letters(40, 'key');
    case 'password':
      return `${letters(20, 'word')}!7q`;
    case 'github-token':
      return `ghp_${letters(36, 'token')}`;
    case 'connection-string':
      return `postgresql://app:${letters(24, 'word')}@db.internal.example.com:5432/app`;
  }
}

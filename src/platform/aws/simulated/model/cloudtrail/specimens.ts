// Trails of accounts of their own, as data: the trail model and the buckets that they write to are both made from it.

import type { PlantKind } from '../../manifest.ts';
import { type Site, dealt } from '../../site.ts';
import type { Trait } from '../../traits.ts';

/** Which requests to objects a trail records, and how it says so. */
export type DataEvents = 'none' | 'all' | 'all-advanced' | 'write' | 'read' | 'one-bucket';

export interface TrailSpecimen {
  name: string;
  trait: Trait;
  kind: PlantKind;
  note: string;
  multiRegion: boolean;
  validation: boolean;
  encrypted: boolean;
  logging: boolean;
  cloudWatch: boolean;
  data: DataEvents;
  bucket: 'ordinary' | 'public' | 'unlogged';
}

type Change = Partial<TrailSpecimen> & Pick<TrailSpecimen, 'name' | 'kind' | 'note'>;

/** A trail that nothing is wrong with, but for what is given. */
function specimen(trait: Trait, change: Change): TrailSpecimen {
  return {
    trait,
    multiRegion: true,
    validation: true,
    encrypted: true,
    logging: true,
    cloudWatch: true,
    data: 'all',
    bucket: 'ordinary',
    ...change,
  };
}

const sound = { kind: 'clean-twin', note: 'as it should be' } as const;

function group(trait: Trait, ...changes: readonly Change[]): readonly TrailSpecimen[] {
  return changes.map((change) => specimen(trait, change));
}

function groupsFor(watched: boolean): readonly (readonly TrailSpecimen[])[] {
  const alone: PlantKind = watched ? 'near-miss' : 'plant';
  return [
    group(
      'trail-without-validation',
      { name: 'unproven', kind: 'plant', note: 'its files carry no digests', validation: false },
      { name: 'proven', ...sound },
    ),
    group(
      'trail-without-kms',
      { name: 'plain', kind: 'plant', note: 'encrypted with keys of S3 alone', encrypted: false },
      { name: 'sealed', ...sound },
    ),
    group(
      'trail-without-cloudwatch-logs',
      { name: 'silent', kind: 'plant', note: 'goes to a bucket alone', cloudWatch: false },
      { name: 'speaking', ...sound },
    ),
    group(
      'trail-without-s3-write-events',
      { name: 'management-only', kind: 'plant', note: 'records no requests to objects', data: 'none' },
      { name: 'reads-only', kind: 'plant', note: 'records reading of objects alone', data: 'read' },
      { name: 'one-bucket', kind: 'plant', note: 'records requests to the objects of one bucket', data: 'one-bucket' },
      { name: 'everything', ...sound, data: 'all-advanced' },
      { name: 'writes-only', kind: 'near-miss', note: 'records writing of objects, though not reading', data: 'write' },
    ),
    group(
      'trail-without-s3-read-events',
      { name: 'unread', kind: 'plant', note: 'records writing of objects alone', data: 'write' },
      { name: 'read', ...sound, data: 'all' },
    ),
    group(
      'trail-bucket-public',
      { name: 'exposed', kind: 'plant', note: 'anybody may read its bucket', bucket: 'public' },
      { name: 'guarded', ...sound },
    ),
    group(
      'trail-bucket-without-logging',
      { name: 'unobserved', kind: 'plant', note: 'requests to its bucket are not logged', bucket: 'unlogged' },
      { name: 'observed', ...sound },
    ),
    group(
      'trail-stopped',
      { name: 'stopped', kind: 'plant', note: 'exists, but records nothing', logging: false },
      { name: 'running', ...sound },
    ),
    group('trail-single-region', {
      name: 'local',
      kind: alone,
      note: watched
        ? "one region alone; the organisation's trail records the others"
        : 'one region alone, and there is no other trail',
      multiRegion: false,
    }),
  ];
}

/** The trails of an account of its own. */
export function ownTrails(site: Site): readonly TrailSpecimen[] {
  const { organization, profile } = site;
  const planted = dealt(groupsFor(organization.organizationTrail), site, 0.4).flat();
  if (organization.organizationTrail) return planted;
  // Without a trail of the organisation an account has its own, unless it was dealt a lone regional one, or none at all.
  const lonely = planted.some((trail) => trail.trait === 'trail-single-region');
  const bare = profile.plantIndex !== undefined && profile.plantIndex % 8 === 3;
  if (lonely) return planted.filter((trail) => trail.trait === 'trail-single-region');
  return bare ? [] : [specimen('no-trail', { name: 'account', ...sound, note: 'records all regions' }), ...planted];
}

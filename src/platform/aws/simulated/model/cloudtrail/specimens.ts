// Trails of accounts of their own, as data: the trail model and the buckets that they write to are both made from it.

import { type PlantKind, behindPerimeter } from '../../manifest.ts';
import { keepsOutsidersOut } from '../../organization/policies.ts';
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

const dataTraits: readonly Trait[] = ['trail-without-s3-write-events', 'trail-without-s3-read-events'];

/** One to an account: there, no other trail records requests to objects. */
const dataEventGroups: readonly (readonly TrailSpecimen[])[] = [
  group('trail-without-s3-write-events', {
    name: 'management-only',
    kind: 'plant',
    note: 'no requests to objects are recorded',
    data: 'none',
  }),
  group('trail-without-s3-write-events', {
    name: 'everything',
    kind: 'clean-twin',
    note: 'all requests to objects are recorded',
    data: 'all-advanced',
  }),
  group('trail-without-s3-write-events', {
    name: 'reads-only',
    kind: 'plant',
    note: 'reading of objects alone is recorded',
    data: 'read',
  }),
  group('trail-without-s3-write-events', {
    name: 'one-bucket',
    kind: 'plant',
    note: 'requests to the objects of one bucket alone are recorded',
    data: 'one-bucket',
  }),
  group('trail-without-s3-write-events', {
    name: 'writes-only',
    kind: 'near-miss',
    note: 'writing of objects is recorded, though not reading',
    data: 'write',
  }),
  group('trail-without-s3-read-events', {
    name: 'unread',
    kind: 'plant',
    note: 'writing of objects alone is recorded',
    data: 'write',
  }),
  group('trail-without-s3-read-events', {
    name: 'read',
    kind: 'clean-twin',
    note: 'all requests to objects are recorded',
    data: 'all',
  }),
];

const exposed: Change = { name: 'exposed', kind: 'plant', note: 'anybody may read its bucket', bucket: 'public' };

function groupsFor(watched: boolean, closed: boolean): readonly (readonly TrailSpecimen[])[] {
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
    group('trail-bucket-public', closed ? behindPerimeter(exposed) : exposed, { name: 'guarded', ...sound }),
    group(
      'trail-bucket-without-logging',
      { name: 'unobserved', kind: 'plant', note: 'requests to its bucket are not logged', bucket: 'unlogged' },
      { name: 'observed', ...sound },
    ),
    ...dataEventGroups,
    group('trail-stopped', {
      name: 'stopped',
      kind: alone,
      note: watched ? "records nothing; the organisation's trail does" : 'records nothing, and there is no other trail',
      logging: false,
    }),
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

/** Trails that stand alone where there is no trail of the organisation. */
const lonely: readonly Trait[] = ['trail-stopped', 'trail-single-region'];

/** The trails of an account of its own. */
export function ownTrails(site: Site): readonly TrailSpecimen[] {
  const { organization, profile } = site;
  const watched = organization.organizationTrail;
  const all = dealt(groupsFor(watched, keepsOutsidersOut(profile.unit)), site, 0.4).flat();
  const alone = watched ? undefined : all.find((trail) => lonely.includes(trail.trait));
  if (alone !== undefined) return [alone];
  // Requests to objects are recorded by any of an account's trails: what one says of them, all must say.
  const said = all.find((trail) => dataTraits.includes(trail.trait));
  const planted = all
    .filter((trail) => trail === said || !dataTraits.includes(trail.trait))
    .map((trail) => (said === undefined ? trail : { ...trail, data: said.data }));
  if (watched) return planted;
  // Every eighth account has no trail at all.
  if (profile.plantIndex !== undefined && profile.plantIndex % 8 === 3) return [];
  const own = specimen('no-trail', { name: 'account', ...sound, note: 'records all regions' });
  return [said === undefined ? own : { ...own, data: said.data }, ...planted];
}

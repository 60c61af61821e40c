// The trails that an account sees: its own, and the organisation's.

import type { AdvancedEventSelector, EventSelector, Trail } from '@aws-sdk/client-cloudtrail';
import { type ManifestEntry, recorder } from '../../manifest.ts';
import type { Organization } from '../../organization/organization.ts';
import type { Site } from '../../site.ts';
import { type DataEvents, type TrailSpecimen, ownTrails } from './specimens.ts';

export interface TrailState {
  trail: Trail;
  logging: boolean;
  basic: readonly EventSelector[] | undefined;
  advanced: readonly AdvancedEventSelector[] | undefined;
}

export interface CloudTrailModel {
  trails: readonly TrailState[];
  planted: readonly ManifestEntry[];
}

export function organizationTrailBucket(organization: Organization): string {
  return `organization-trail-${organization.logArchive.id}`;
}

/** The name of the bucket that an account's own trail writes to, without the parts that every bucket's name has. */
export function trailBucketName(trail: TrailSpecimen): string {
  return `trail-${trail.name}`;
}

function selectors(data: DataEvents, account: string): Pick<TrailState, 'basic' | 'advanced'> {
  if (data === 'all-advanced') {
    return {
      basic: undefined,
      advanced: [
        { Name: 'Management', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
        {
          Name: 'Objects',
          FieldSelectors: [
            { Field: 'eventCategory', Equals: ['Data'] },
            { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
          ],
        },
      ],
    };
  }
  const kinds = { none: 'All', all: 'All', write: 'WriteOnly', read: 'ReadOnly', 'one-bucket': 'All' } as const;
  const values = data === 'one-bucket' ? [`arn:aws:s3:::example-${account}/`] : ['arn:aws:s3'];
  const management: EventSelector = {
    ReadWriteType: 'All',
    IncludeManagementEvents: true,
    DataResources: [],
    ExcludeManagementEventSources: [],
  };
  const objects: EventSelector = {
    ReadWriteType: kinds[data],
    IncludeManagementEvents: false,
    DataResources: [{ Type: 'AWS::S3::Object', Values: values }],
    ExcludeManagementEventSources: [],
  };
  return { basic: data === 'none' ? [management] : [management, objects], advanced: undefined };
}

function trailOf(site: Site, specimen: TrailSpecimen): TrailState {
  const { account, profile } = site;
  const home = profile.usedRegions[0] ?? 'us-east-1';
  const choice = selectors(specimen.data, account);
  return {
    trail: {
      Name: specimen.name,
      TrailARN: site.arn('cloudtrail', home, `trail/${specimen.name}`),
      S3BucketName: `${profile.team}-${profile.environment}-${trailBucketName(specimen)}-${account}`,
      IncludeGlobalServiceEvents: true,
      IsMultiRegionTrail: specimen.multiRegion,
      HomeRegion: home,
      LogFileValidationEnabled: specimen.validation,
      HasCustomEventSelectors: specimen.data !== 'none',
      HasInsightSelectors: false,
      IsOrganizationTrail: false,
      ...(specimen.encrypted ? { KmsKeyId: site.arn('kms', home, `key/${site.uuid('key', home, 'logs')}`) } : {}),
      ...(specimen.cloudWatch
        ? {
            CloudWatchLogsLogGroupArn: site.arn('logs', home, `log-group:trail-${specimen.name}:*`),
            CloudWatchLogsRoleArn: site.arn('iam', '', 'role/trail-to-logs'),
          }
        : {}),
    },
    logging: specimen.logging,
    ...choice,
  };
}

/** The organisation's own trail: it lies in the management account and is seen from every member. */
function organizationTrail(organization: Organization): TrailState {
  const { management } = organization;
  const home = 'eu-west-1';
  const arn = (service: string, resource: string): string => `arn:aws:${service}:${home}:${management.id}:${resource}`;
  return {
    trail: {
      Name: 'organization',
      TrailARN: arn('cloudtrail', 'trail/organization'),
      S3BucketName: organizationTrailBucket(organization),
      IncludeGlobalServiceEvents: true,
      IsMultiRegionTrail: true,
      HomeRegion: home,
      LogFileValidationEnabled: true,
      HasCustomEventSelectors: false,
      HasInsightSelectors: false,
      IsOrganizationTrail: true,
      KmsKeyId: arn('kms', 'key/organization-trail'),
      CloudWatchLogsLogGroupArn: arn('logs', 'log-group:organization-trail:*'),
      CloudWatchLogsRoleArn: `arn:aws:iam::${management.id}:role/trail-to-logs`,
    },
    logging: true,
    ...selectors('none', management.id),
  };
}

export function cloudTrailModel(site: Site): CloudTrailModel {
  const { organization, profile } = site;
  const record = recorder(site.account, profile.usedRegions[0] ?? 'us-east-1');
  const own = ownTrails(site);
  const trails = own.map((specimen) => {
    const made = trailOf(site, specimen);
    record.add(specimen.kind, specimen.trait, {
      type: 'AWS::CloudTrail::Trail',
      arn: made.trail.TrailARN ?? '',
      note: specimen.note,
    });
    return made;
  });
  const arn = site.arn('cloudtrail', '', 'trail');
  if (organization.organizationTrail) {
    trails.push(organizationTrail(organization));
    if (profile.plantIndex !== undefined && own.length === 0) {
      record.add('near-miss', 'no-trail', {
        type: 'AWS::CloudTrail::Trail',
        arn,
        note: "no trail of its own: the organisation's records it",
      });
    }
  } else if (own.length === 0) {
    record.add('plant', 'no-trail', { type: 'AWS::CloudTrail::Trail', arn, note: 'nothing records what happens here' });
  }
  return { trails, planted: record.entries };
}

// CloudTrail: trails, seen from their home region and, where they record all regions, from the others as shadows.

import type * as sdk from '@aws-sdk/client-cloudtrail';
import type { Answers, Call } from '../call.ts';
import type { TrailState } from '../model/cloudtrail/cloudtrail.ts';
import { refuse } from '../refusal.ts';

function isHere(call: Call, { trail }: TrailState): boolean {
  return trail.HomeRegion === call.region;
}

/** A trail by ARN, wherever it is seen from; by name in its home region and account alone. */
function trailOf(call: Call, name: string | undefined): TrailState {
  const found = call.account.cloudTrail.trails.find((state) => {
    if (state.trail.TrailARN === name) return isHere(call, state) || state.trail.IsMultiRegionTrail === true;
    const own = state.trail.TrailARN?.includes(`:${call.site.account}:`) === true;
    return state.trail.Name === name && own && isHere(call, state);
  });
  return (
    found ??
    refuse('TrailNotFoundException', `Unknown trail: ${name} for the user: ${call.site.account}`, { status: 404 })
  );
}

export const cloudTrail: Answers<typeof sdk> = {
  DescribeTrails: (input, call) => {
    const shadows = input.includeShadowTrails ?? true;
    const names = input.trailNameList ?? [];
    const visible = call.account.cloudTrail.trails.filter(
      (state) => isHere(call, state) || (shadows && state.trail.IsMultiRegionTrail === true),
    );
    const chosen = visible.filter(
      ({ trail }) => names.length === 0 || names.includes(trail.TrailARN ?? '') || names.includes(trail.Name ?? ''),
    );
    return { trailList: chosen.map(({ trail }) => trail) };
  },
  ListTrails: (_, call) => ({
    Trails: call.account.cloudTrail.trails
      .filter((state) => isHere(call, state) || state.trail.IsMultiRegionTrail === true)
      .map(({ trail }) => ({ TrailARN: trail.TrailARN, Name: trail.Name, HomeRegion: trail.HomeRegion })),
  }),
  GetTrailStatus: (input, call) => {
    const state = trailOf(call, input.Name);
    const { calendar } = call.world;
    const { trail, logging } = state;
    const last = calendar.ago(logging ? 0 : 60);
    return {
      IsLogging: logging,
      StartLoggingTime: calendar.ago(400),
      ...(logging ? {} : { StopLoggingTime: calendar.ago(60) }),
      LatestDeliveryTime: last,
      ...(trail.LogFileValidationEnabled === true ? { LatestDigestDeliveryTime: last } : {}),
      ...(trail.CloudWatchLogsLogGroupArn === undefined ? {} : { LatestCloudWatchLogsDeliveryTime: last }),
    };
  },
  GetEventSelectors: (input, call) => {
    const { trail, basic, advanced } = trailOf(call, input.TrailName);
    return {
      TrailARN: trail.TrailARN,
      ...(basic === undefined ? {} : { EventSelectors: [...basic] }),
      ...(advanced === undefined ? {} : { AdvancedEventSelectors: [...advanced] }),
    };
  },
  ListTags: (input, call) => ({
    ResourceTagList: (input.ResourceIdList ?? []).map((id) => {
      const { trail } = trailOf(call, id);
      return { ResourceId: trail.TrailARN, TagsList: [{ Key: 'simulated', Value: 'true' }] };
    }),
  }),
};

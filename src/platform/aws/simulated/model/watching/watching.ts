// What watches a region: as the organisation has set it up, and where an account differs.

import type { PlantKind } from '../../manifest.ts';
import type { Trait } from '../../traits.ts';
import type { Ground } from '../region/ground.ts';
import type { WatchingModel } from './state.ts';

type State = Omit<WatchingModel, 'planted'>;

/** Everything in every region, but less in sandboxes. */
function baseline(ground: Ground): State {
  const { profile, organization } = ground.site;
  const { environment } = profile;
  const whole = environment !== 'sandbox';
  const here = whole || ground.used;
  return {
    recorder: here ? { recording: true, scope: 'all', global: ground.main } : undefined,
    analyzer: here ? (profile === organization.security ? 'ORGANIZATION' : 'ACCOUNT') : undefined,
    detector: { id: ground.site.hex(32, 'detector', ground.region), enabled: true, off: [] },
    hub: here,
    inspector: whole ? ['ec2', 'ecr', 'lambda', 'lambdaCode'] : undefined,
    macie: whole ? 'ENABLED' : undefined,
  };
}

interface Variant {
  trait: Trait;
  type: string;
  /** The last part of the setting's ARN. */
  service: string;
  note: string;
  twin: string;
  change: (state: State) => Partial<State>;
}

const variants: readonly Variant[] = [
  {
    trait: 'guardduty-off',
    type: 'AWS::GuardDuty::Detector',
    service: 'guardduty',
    note: 'no detector',
    twin: 'an enabled detector',
    change: () => ({ detector: undefined }),
  },
  {
    trait: 'guardduty-off',
    type: 'AWS::GuardDuty::Detector',
    service: 'guardduty',
    note: 'the detector is suspended',
    twin: 'an enabled detector',
    change: ({ detector }) => ({ detector: detector && { ...detector, enabled: false } }),
  },
  {
    trait: 'guardduty-s3-protection-off',
    type: 'AWS::GuardDuty::Detector',
    service: 'guardduty',
    note: 'the detector does not look at requests to objects',
    twin: 'the detector looks at requests to objects',
    change: ({ detector }) => ({ detector: detector && { ...detector, off: ['S3_DATA_EVENTS'] } }),
  },
  {
    trait: 'security-hub-off',
    type: 'AWS::SecurityHub::Hub',
    service: 'securityhub',
    note: 'not subscribed',
    twin: 'subscribed',
    change: () => ({ hub: false }),
  },
  {
    trait: 'inspector-ec2-off',
    type: 'AWS::InspectorV2::AccountStatus',
    service: 'inspector2',
    note: 'scans functions, but no instances',
    twin: 'scans instances',
    change: () => ({ inspector: ['lambda'] }),
  },
  {
    trait: 'macie-off',
    type: 'AWS::Macie::Session',
    service: 'macie2',
    note: 'paused',
    twin: 'enabled',
    change: () => ({ macie: 'PAUSED' }),
  },
  {
    trait: 'macie-off',
    type: 'AWS::Macie::Session',
    service: 'macie2',
    note: 'never enabled',
    twin: 'enabled',
    change: () => ({ macie: undefined }),
  },
  {
    trait: 'config-recorder-missing',
    type: 'AWS::Config::ConfigurationRecorder',
    service: 'config',
    note: 'no recorder',
    twin: 'a recorder of all types',
    change: () => ({ recorder: undefined }),
  },
  {
    trait: 'config-recorder-stopped',
    type: 'AWS::Config::ConfigurationRecorder',
    service: 'config',
    note: 'the recorder stands still',
    twin: 'the recorder runs',
    change: ({ recorder }) => ({ recorder: recorder && { ...recorder, recording: false } }),
  },
  {
    trait: 'config-recorder-partial',
    type: 'AWS::Config::ConfigurationRecorder',
    service: 'config',
    note: 'records three types alone',
    twin: 'records all types',
    change: ({ recorder }) => ({ recorder: recorder && { ...recorder, scope: 'some' } }),
  },
  {
    trait: 'access-analyzer-missing',
    type: 'AWS::AccessAnalyzer::Analyzer',
    service: 'access-analyzer',
    note: 'no analyser',
    twin: 'an active analyser',
    change: () => ({ analyzer: undefined }),
  },
];

/** Whether a variant's trait is absent by itself: only then can one call it a clean twin. */
function isClean(state: State, trait: Trait): boolean {
  switch (trait) {
    case 'macie-off':
      return state.macie === 'ENABLED';
    case 'inspector-ec2-off':
      return state.inspector?.includes('ec2') ?? false;
    case 'guardduty-off':
    case 'guardduty-s3-protection-off':
      return state.detector !== undefined;
    case 'security-hub-off':
      return state.hub;
    case 'access-analyzer-missing':
      return state.analyzer !== undefined;
    default:
      return state.recorder !== undefined;
  }
}

/** One variant for every second account, in its main region; the account between is its clean twin. */
export function watchingModel(ground: Ground): WatchingModel {
  const state = baseline(ground);
  const { plantIndex } = ground.site.profile;
  const { record } = ground;
  if (plantIndex === undefined || !ground.main) return { ...state, planted: record.entries };
  const variant = variants[Math.floor(plantIndex / 2) % variants.length];
  if (variant === undefined) return { ...state, planted: record.entries };
  const planted = plantIndex % 2 === 0;
  const kind: PlantKind = planted ? 'plant' : 'clean-twin';
  const arn = ground.arn(variant.service, variant.type.split('::')[2] ?? '');
  if (planted || isClean(state, variant.trait)) {
    record.add(kind, variant.trait, { type: variant.type, arn, note: planted ? variant.note : variant.twin });
  }
  return { ...state, ...(planted ? variant.change(state) : {}), planted: record.entries };
}

// The image registry of one region of one account.

import type { ManifestEntry, PlantKind } from '../../manifest.ts';
import type { PolicyDocument } from '../iam/state.ts';
import { type Ground, dealtHere } from '../region/ground.ts';
import { type RegistryScanning, unconfigured } from './scanning.ts';

export interface Repository {
  name: string;
  arn: string;
  policy: PolicyDocument | undefined;
  tags: Readonly<Record<string, string>>;
  scanOnPush: boolean;
  immutable: boolean;
}

export interface EcrModel {
  scanning: RegistryScanning;
  repositories: readonly Repository[];
  planted: readonly ManifestEntry[];
}

type Statement = Readonly<Record<string, unknown>>;

class Draft {
  readonly ground: Ground;
  readonly repositories: Repository[] = [];
  scanning: RegistryScanning = unconfigured;

  constructor(ground: Ground) {
    this.ground = ground;
  }

  add(name: string, but: { statement?: Statement | undefined; scanOnPush?: boolean } = {}): Repository {
    const { statement, scanOnPush = true } = but;
    const repository: Repository = {
      name,
      arn: this.ground.arn('ecr', `repository/${name}`),
      // A repository's policy names no resource: it stands on the repository itself.
      policy: statement === undefined ? undefined : { Version: '2012-10-17', Statement: [statement] },
      tags: { owner: this.ground.site.profile.team },
      scanOnPush,
      immutable: true,
    };
    this.repositories.push(repository);
    return repository;
  }

  mark(kind: PlantKind, trait: ManifestEntry['trait'], { arn }: Repository, note: string): void {
    this.ground.record.add(kind, trait, { type: 'AWS::ECR::Repository', arn, note });
  }
}

const open: Statement = {
  Sid: 'Anybody',
  Effect: 'Allow',
  Principal: '*',
  Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
};

function plantPolicies(draft: Draft): void {
  const { site } = draft.ground;
  const own = { ...open, Principal: { AWS: site.arn('iam', '', 'root') } };
  const members = { ...open, Condition: { StringEquals: { 'aws:PrincipalOrgID': site.organization.id } } };
  for (const [name, kind, note, statement] of [
    ['anybodys', 'plant', 'anybody may use it', open],
    ['accounts-own', 'clean-twin', 'its own account alone', own],
    ['members-own', 'near-miss', 'everybody, but of this organisation', members],
  ] as const) {
    draft.mark(kind, 'repository-public', draft.add(name, { statement }), note);
  }
}

interface ScanSpecimen {
  name: string;
  own: boolean;
  kind: PlantKind;
  note: string;
}

function plantScanning(specimens: readonly ScanSpecimen[], scanning?: (team: string) => RegistryScanning) {
  return (draft: Draft): void => {
    if (scanning !== undefined) draft.scanning = scanning(draft.ground.site.profile.team);
    for (const { name, own, kind, note } of specimens) {
      draft.mark(kind, 'repository-without-scan-on-push', draft.add(name, { scanOnPush: own }), note);
    }
  };
}

const groups: readonly ((draft: Draft) => void)[] = [
  plantPolicies,
  plantScanning(
    [
      { name: 'unscanned', own: false, kind: 'plant', note: 'images are not scanned when they arrive' },
      { name: 'scanned', own: true, kind: 'clean-twin', note: 'images are scanned when they arrive' },
      { name: 'web-release', own: false, kind: 'near-miss', note: 'off itself, but a filter of the registry scans it' },
    ],
    () => ({ type: 'BASIC', rules: [{ frequency: 'SCAN_ON_PUSH', filters: ['*-release'] }] }),
  ),
  plantScanning(
    [
      { name: 'batch-jobs', own: true, kind: 'plant', note: 'on itself, but enhanced scanning leaves it out' },
      { name: 'shop-live', own: true, kind: 'clean-twin', note: 'enhanced scanning takes it in' },
      { name: 'site-live', own: false, kind: 'near-miss', note: 'off itself, but scanned continuously' },
    ],
    (team) => ({
      type: 'ENHANCED',
      rules: [
        { frequency: 'CONTINUOUS_SCAN', filters: ['*-live'] },
        { frequency: 'SCAN_ON_PUSH', filters: [`${team}/*`] },
      ],
    }),
  ),
];

export function ecrModel(ground: Ground): EcrModel {
  const draft = new Draft(ground);
  if (ground.used && ground.main) draft.add(`${ground.site.profile.team}/app`);
  for (const group of dealtHere(groups, ground, 0.4)) group(draft);
  return { scanning: draft.scanning, repositories: draft.repositories, planted: ground.record.entries };
}

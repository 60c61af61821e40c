// Instances, disks and snapshots that are not as they should be, beside those that are.

import type { PlantKind } from '../../manifest.ts';
import type { Trait } from '../../traits.ts';
import { canary } from '../canaries.ts';
import { type Ec2Draft, addGroup } from './draft.ts';
import type { Ec2Group } from './plants-groups.ts';
import { type InstanceOptions, addInstance, addSnapshot, addVolume } from './workloads.ts';

interface InstanceSpecimen extends Omit<InstanceOptions, 'groups'> {
  name: string;
  kind: PlantKind;
  note: string;
}

function plantInstances(trait: Trait, specimens: readonly InstanceSpecimen[]): Ec2Group {
  return (draft) => {
    const { ground } = draft;
    const group = addGroup(draft, trait, []);
    for (const { name, kind, note, ...options } of specimens) {
      const { InstanceId } = addInstance(draft, name, { groups: [group.id], ...options });
      ground.record.add(kind, trait, {
        type: 'AWS::EC2::Instance',
        arn: ground.arn('ec2', `instance/${InstanceId}`),
        note,
      });
    }
  };
}

const metadata = plantInstances('instance-imdsv1', [
  {
    name: 'old-agent',
    kind: 'plant',
    note: 'version 1 of the metadata service answers too',
    metadata: { HttpTokens: 'optional' },
  },
  { name: 'new-agent', kind: 'clean-twin', note: 'version 2 alone', metadata: { HttpTokens: 'required' } },
  {
    name: 'no-metadata',
    kind: 'near-miss',
    note: 'version 1 is allowed, but the whole service is off',
    metadata: { HttpTokens: 'optional', HttpEndpoint: 'disabled' },
  },
  {
    name: 'gone-agent',
    kind: 'near-miss',
    note: 'version 1, but the instance is terminated',
    metadata: { HttpTokens: 'optional' },
    state: 'terminated',
  },
]);

const addresses = plantInstances('instance-public-ip', [
  { name: 'jump-host', kind: 'plant', note: 'has a public address', publicIp: '198.51.100.77' },
  { name: 'inner-host', kind: 'clean-twin', note: 'has a private address alone' },
]);

const profiles = plantInstances('instance-without-profile', [
  { name: 'no-role', kind: 'plant', note: 'has no instance profile', profile: false },
  { name: 'with-role', kind: 'clean-twin', note: 'has an instance profile' },
]);

/** Secrets in user data, made for this account and listed in the manifest. */
const userData: Ec2Group = (draft) => {
  const { ground } = draft;
  const { site } = ground;
  const group = addGroup(draft, 'bootstrapped', []);
  const add = (
    name: string,
    kind: PlantKind,
    note: string,
    text: string | undefined,
    secret?: string,
    tags?: Readonly<Record<string, string>>,
  ): void => {
    const { InstanceId } = addInstance(draft, name, {
      groups: [group.id],
      ...(text === undefined ? {} : { userData: text }),
      ...(tags === undefined ? {} : { tags }),
    });
    const arn = ground.arn('ec2', `instance/${InstanceId}`);
    ground.record.add(kind, 'secret-in-user-data', {
      type: 'AWS::EC2::Instance',
      arn,
      note,
      ...(secret === undefined ? {} : { secret }),
    });
  };
  const key = canary(site, 'aws-secret-access-key', 'user-data');
  const id = canary(site, 'aws-access-key-id', 'user-data');
  add(
    'bootstrap-keys',
    'plant',
    'an access key stands in the start-up script',
    `#!/bin/bash\nexport AWS_ACCESS_KEY_ID=${id}\nexport AWS_SECRET_ACCESS_KEY=${key}\naws s3 cp s3://example-bucket/app.tgz .\n`,
    key,
  );
  const password = canary(site, 'password', 'user-data');
  add(
    'bootstrap-database',
    'plant',
    'a database password stands in the start-up script',
    `#cloud-config\nruncmd:\n  - DB_PASSWORD="${password}" /opt/app/start\n`,
    password,
    // Somebody wrote it down where everybody looks.
    { 'db-password': password },
  );
  add(
    'bootstrap-clean',
    'clean-twin',
    'a start-up script without secrets',
    '#!/bin/bash\nyum update -y\nsystemctl start app\n',
  );
  add(
    'bootstrap-reference',
    'near-miss',
    'asks for its password by name when it starts',
    '#!/bin/bash\nDB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id app/db --query SecretString --output text)\n',
  );
  add('bootstrap-none', 'near-miss', 'no user data at all', undefined);
};

const volumes: Ec2Group = (draft) => {
  const { ground } = draft;
  const group = addGroup(draft, 'disks', []);
  const mark = (kind: PlantKind, id: string, note: string): void =>
    ground.record.add(kind, 'volume-in-use-unencrypted', {
      type: 'AWS::EC2::Volume',
      arn: ground.arn('ec2', `volume/${id}`),
      note,
    });
  for (const [name, kind, encrypted, note] of [
    ['plain-disk', 'plant', false, 'in use, and not encrypted'],
    ['sealed-disk', 'clean-twin', true, 'in use, and encrypted'],
  ] as const) {
    addInstance(draft, name, { groups: [group.id], encrypted });
    mark(kind, ground.id('vol', `${name}-root`), note);
  }
  mark('near-miss', addVolume(draft, 'loose-disk', false, undefined), 'not encrypted, but attached to nothing');
};

const snapshots: Ec2Group = (draft) => {
  const { ground } = draft;
  draft.defaults.snapshotBlock = 'unblocked';
  const mark = (kind: PlantKind, id: string, note: string): void =>
    ground.record.add(kind, 'snapshot-public', {
      type: 'AWS::EC2::Snapshot',
      arn: ground.arn('ec2', `snapshot/${id}`),
      note,
    });
  mark('plant', addSnapshot(draft, 'given-away', { public: true, encrypted: false }), 'anybody may restore it');
  mark('clean-twin', addSnapshot(draft, 'kept-back', { encrypted: false }), 'shared with nobody');
  mark('near-miss', addSnapshot(draft, 'lent', { encrypted: false }), 'shared with one account');
};

/** Whether new disks are encrypted unasked. */
function defaultEncryption(on: boolean): Ec2Group {
  return (draft: Ec2Draft) => {
    const { ground } = draft;
    // Where few accounts share all groups, the first word counts.
    if (ground.record.entries.some((entry) => entry.trait === 'ebs-default-encryption-off')) return;
    draft.defaults.encryption = on;
    const arn = ground.arn('ec2', 'ebs-defaults');
    const note = on ? 'new disks are encrypted' : 'new disks are encrypted only when somebody asks for it';
    ground.record.add(on ? 'clean-twin' : 'plant', 'ebs-default-encryption-off', {
      type: 'AWS::EC2::EBSDefaults',
      arn,
      note,
    });
  };
}

export const computeGroups: readonly Ec2Group[] = [
  metadata,
  addresses,
  profiles,
  userData,
  volumes,
  snapshots,
  defaultEncryption(false),
  defaultEncryption(true),
];

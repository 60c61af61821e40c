// EC2: instances, volumes, snapshots and the defaults of a region.

import type * as sdk from '@aws-sdk/client-ec2';
import type { Instance, Reservation, Snapshot, Volume } from '@aws-sdk/client-ec2';
import type { Answers, Call } from '../../call.ts';
import type { Ec2Model } from '../../model/ec2/ec2.ts';
import { refuse } from '../../refusal.ts';
import { paged, select } from './selection.ts';

function ec2Of(call: Call): Ec2Model {
  return call.account.region(call.region).ec2;
}

/** Instances that were started together share a reservation; here two by two. */
function reservations(call: Call, instances: readonly Instance[]): Reservation[] {
  const made: Reservation[] = [];
  for (let from = 0; from < instances.length; from += 2) {
    made.push({
      ReservationId: call.site.ec2Id('r', instances[from]?.InstanceId ?? ''),
      OwnerId: call.site.account,
      Instances: instances.slice(from, from + 2),
      Groups: [],
    });
  }
  return made;
}

/** What everybody sees who does not ask for their own alone: snapshots that somebody else made public. */
function foreignSnapshots(call: Call): Snapshot[] {
  return [1, 2].map((index) => ({
    SnapshotId: call.site.ec2Id('snap', call.region, 'foreign', index),
    OwnerId: '111122223333',
    OwnerAlias: 'amazon',
    VolumeId: 'vol-ffffffff',
    VolumeSize: 8,
    State: 'completed',
    Progress: '100%',
    Encrypted: false,
    StartTime: call.world.calendar.ago(900 + index),
    Description: 'Published for everybody',
  }));
}

function snapshotsFor(call: Call, input: sdk.DescribeSnapshotsCommandInput): readonly Snapshot[] {
  const { snapshots, publicSnapshots } = ec2Of(call);
  const { OwnerIds = [], RestorableByUserIds = [] } = input;
  const own = OwnerIds.length === 0 || OwnerIds.includes('self') || OwnerIds.includes(call.site.account);
  const foreign = OwnerIds.length === 0 || OwnerIds.includes('amazon') || OwnerIds.includes('111122223333');
  const visible = [...(own ? snapshots : []), ...(foreign ? foreignSnapshots(call) : [])];
  if (RestorableByUserIds.length === 0 || RestorableByUserIds.includes('self')) return visible;
  if (!RestorableByUserIds.includes('all')) return [];
  return visible.filter(
    (snapshot) => snapshot.OwnerId !== call.site.account || publicSnapshots.has(snapshot.SnapshotId ?? ''),
  );
}

export const compute: Answers<typeof sdk> = {
  DescribeInstances: (input, call) => {
    const lenses = {
      'instance-id': (instance: Instance) => [instance.InstanceId],
      'instance-state-name': (instance: Instance) => [instance.State?.Name],
      'vpc-id': (instance: Instance) => [instance.VpcId],
    };
    const chosen = select(
      ec2Of(call).instances,
      (instance) => instance.InstanceId,
      input.InstanceIds,
      input.Filters,
      lenses,
      'InvalidInstanceID.NotFound',
    );
    const { items, next } = paged(chosen, input);
    return { Reservations: reservations(call, items), NextToken: next };
  },
  DescribeInstanceAttribute: (input, call) => {
    const { instances, userData } = ec2Of(call);
    const id = input.InstanceId ?? '';
    if (!instances.some((instance) => instance.InstanceId === id))
      refuse('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`);
    if (input.Attribute !== 'userData')
      refuse('InvalidParameterValue', `The attribute ${input.Attribute} is not simulated.`);
    const Value = userData.get(id);
    return { InstanceId: id, UserData: Value === undefined ? {} : { Value } };
  },
  DescribeVolumes: (input, call) => {
    const lenses = {
      'volume-id': (volume: Volume) => [volume.VolumeId],
      encrypted: (volume: Volume) => [String(volume.Encrypted)],
      'attachment.instance-id': (volume: Volume) =>
        (volume.Attachments ?? []).map((attachment) => attachment.InstanceId),
    };
    const chosen = select(
      ec2Of(call).volumes,
      (volume) => volume.VolumeId,
      input.VolumeIds,
      input.Filters,
      lenses,
      'InvalidVolume.NotFound',
    );
    const { items, next } = paged(chosen, input);
    return { Volumes: [...items], NextToken: next };
  },
  DescribeSnapshots: (input, call) => {
    const lenses = {
      'snapshot-id': (snapshot: Snapshot) => [snapshot.SnapshotId],
      'owner-id': (snapshot: Snapshot) => [snapshot.OwnerId],
      'volume-id': (snapshot: Snapshot) => [snapshot.VolumeId],
      encrypted: (snapshot: Snapshot) => [String(snapshot.Encrypted)],
    };
    const chosen = select(
      snapshotsFor(call, input),
      (snapshot) => snapshot.SnapshotId,
      input.SnapshotIds,
      input.Filters,
      lenses,
      'InvalidSnapshot.NotFound',
    );
    const { items, next } = paged(chosen, input);
    return { Snapshots: [...items], NextToken: next };
  },
  DescribeSnapshotAttribute: (input, call) => {
    const { snapshots, publicSnapshots } = ec2Of(call);
    const id = input.SnapshotId ?? '';
    if (!snapshots.some((snapshot) => snapshot.SnapshotId === id))
      refuse('InvalidSnapshot.NotFound', `The snapshot '${id}' does not exist.`);
    if (input.Attribute !== 'createVolumePermission')
      refuse('InvalidParameterValue', `The attribute ${input.Attribute} is not simulated.`);
    return { SnapshotId: id, CreateVolumePermissions: publicSnapshots.has(id) ? [{ Group: 'all' }] : [] };
  },
  GetEbsEncryptionByDefault: (_, call) => ({ EbsEncryptionByDefault: ec2Of(call).defaults.encryption }),
  GetEbsDefaultKmsKeyId: () => ({ KmsKeyId: 'alias/aws/ebs' }),
  GetSnapshotBlockPublicAccessState: (_, call) => ({ State: ec2Of(call).defaults.snapshotBlock, ManagedBy: 'account' }),
};

// RDS.

import type * as sdk from '@aws-sdk/client-rds';
import type { Answers, Call } from '../call.ts';
import type { RdsModel } from '../model/rds/rds.ts';
import { page } from '../pages.ts';
import { refuse } from '../refusal.ts';

const most = 100;

function rdsOf(call: Call): RdsModel {
  return call.account.region(call.region).rds;
}

/** Names may be given as ARNs. */
function named<T>(
  items: readonly T[],
  wanted: string | undefined,
  nameOf: (item: T) => string | undefined,
  code: string,
  what: string,
): readonly T[] {
  if (wanted === undefined) return items;
  const name = wanted.startsWith('arn:') ? wanted.split(':').slice(6).join(':') : wanted;
  const chosen = items.filter((item) => nameOf(item) === name);
  return chosen.length > 0 ? chosen : refuse(code, `${what} ${wanted} not found.`, { status: 404 });
}

function noFilters(filters: readonly sdk.Filter[] | undefined): void {
  const name = filters?.[0]?.Name;
  if (name !== undefined) refuse('InvalidParameterValue', `Unrecognized filter name: ${name}`);
}

/** Snapshots of others come only to those who ask for them, and nobody shares any here. */
function ofType<T extends { SnapshotType?: string | undefined }>(
  snapshots: readonly T[],
  type: string | undefined,
): readonly T[] {
  if (type === 'shared' || type === 'public') return [];
  return type === undefined ? snapshots : snapshots.filter((snapshot) => snapshot.SnapshotType === type);
}

export const rds: Answers<typeof sdk> = {
  DescribeDBInstances: (input, call) => {
    noFilters(input.Filters);
    const all = named(
      rdsOf(call).instances,
      input.DBInstanceIdentifier,
      (item) => item.DBInstanceIdentifier,
      'DBInstanceNotFound',
      'DBInstance',
    );
    const { items, next } = page(all, input.Marker, input.MaxRecords, most, 'InvalidParameterValue');
    return { DBInstances: [...items], Marker: next };
  },
  DescribeDBClusters: (input, call) => {
    noFilters(input.Filters);
    const all = named(
      rdsOf(call).clusters,
      input.DBClusterIdentifier,
      (item) => item.DBClusterIdentifier,
      'DBClusterNotFoundFault',
      'DBCluster',
    );
    const { items, next } = page(all, input.Marker, input.MaxRecords, most, 'InvalidParameterValue');
    return { DBClusters: [...items], Marker: next };
  },
  DescribeDBSnapshots: (input, call) => {
    noFilters(input.Filters);
    const all = named(
      rdsOf(call).snapshots,
      input.DBSnapshotIdentifier,
      (item) => item.DBSnapshotIdentifier,
      'DBSnapshotNotFound',
      'DBSnapshot',
    );
    const { items, next } = page(
      ofType(all, input.SnapshotType),
      input.Marker,
      input.MaxRecords,
      most,
      'InvalidParameterValue',
    );
    return { DBSnapshots: [...items], Marker: next };
  },
  DescribeDBClusterSnapshots: (input, call) => {
    noFilters(input.Filters);
    const all = named(
      rdsOf(call).clusterSnapshots,
      input.DBClusterSnapshotIdentifier,
      (item) => item.DBClusterSnapshotIdentifier,
      'DBClusterSnapshotNotFoundFault',
      'DBClusterSnapshot',
    );
    const { items, next } = page(
      ofType(all, input.SnapshotType),
      input.Marker,
      input.MaxRecords,
      most,
      'InvalidParameterValue',
    );
    return { DBClusterSnapshots: [...items], Marker: next };
  },
  DescribeDBSnapshotAttributes: (input, call) => {
    const model = rdsOf(call);
    const [snapshot] = named(
      model.snapshots,
      input.DBSnapshotIdentifier,
      (item) => item.DBSnapshotIdentifier,
      'DBSnapshotNotFound',
      'DBSnapshot',
    );
    const name = snapshot?.DBSnapshotIdentifier ?? '';
    return {
      DBSnapshotAttributesResult: {
        DBSnapshotIdentifier: name,
        DBSnapshotAttributes: [{ AttributeName: 'restore', AttributeValues: [...(model.sharedWith.get(name) ?? [])] }],
      },
    };
  },
  DescribeDBClusterSnapshotAttributes: (input, call) => {
    const model = rdsOf(call);
    const [snapshot] = named(
      model.clusterSnapshots,
      input.DBClusterSnapshotIdentifier,
      (item) => item.DBClusterSnapshotIdentifier,
      'DBClusterSnapshotNotFoundFault',
      'DBClusterSnapshot',
    );
    const name = snapshot?.DBClusterSnapshotIdentifier ?? '';
    return {
      DBClusterSnapshotAttributesResult: {
        DBClusterSnapshotIdentifier: name,
        DBClusterSnapshotAttributes: [
          { AttributeName: 'restore', AttributeValues: [...(model.sharedWith.get(name) ?? [])] },
        ],
      },
    };
  },
};

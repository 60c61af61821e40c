// RDS clusters: Aurora and Multi-AZ clusters, and those of Neptune and DocumentDB under their own engine names.

import {
  type DBCluster,
  type DescribeDBClustersMessage,
  paginateDescribeDBClusters,
  RDSClient,
} from '@aws-sdk/client-rds';
import type { AnyResource } from '../../../../domain/resource.ts';
import { membersOf, resourceOf, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector, Page } from '../../contract.ts';
import { findOne, readPages, resumed } from '../../pages.ts';

const operation = 'rds:DescribeDBClusters';
const must = membersOf(operation);

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBCluster.html */
function clusterOf(context: CollectContext, cluster: DBCluster): AnyResource {
  return resourceOf(context, 'AWS::RDS::DBCluster', {
    arn: must(cluster.DBClusterArn, 'DBClusterArn'),
    name: must(cluster.DBClusterIdentifier, 'DBClusterIdentifier'),
    tags: tagsOf(cluster.TagList),
    config: {
      engine: must(cluster.Engine, 'Engine'),
      engineVersion: must(cluster.EngineVersion, 'EngineVersion'),
      status: must(cluster.Status, 'Status'),
      storageEncrypted: must(cluster.StorageEncrypted, 'StorageEncrypted'),
      kmsKeyId: textOrNull(cluster.KmsKeyId),
      multiAz: must(cluster.MultiAZ, 'MultiAZ'),
      backupRetentionDays: must(cluster.BackupRetentionPeriod, 'BackupRetentionPeriod'),
      deletionProtection: must(cluster.DeletionProtection, 'DeletionProtection'),
      iamAuthentication: cluster.IAMDatabaseAuthenticationEnabled ?? null,
      memberIds: must(cluster.DBClusterMembers, 'DBClusterMembers').map(({ DBInstanceIdentifier }) =>
        must(DBInstanceIdentifier, 'DBInstanceIdentifier'),
      ),
    },
  });
}

function readClusters(
  context: CollectContext,
  input: DescribeDBClustersMessage,
  cursor?: string,
): AsyncGenerator<Page> {
  const client = context.client(RDSClient);
  const list = resumed(cursor, (startingToken) =>
    paginateDescribeDBClusters({ client, startingToken, pageSize: 100 }, input, { abortSignal: context.signal }),
  );
  return readPages(
    context,
    list,
    (page) => ({ items: must(page.DBClusters, 'DBClusters'), next: page.Marker }),
    (cluster) => clusterOf(context, cluster),
  );
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::RDS::DBCluster'],
  operations: [operation],
  events: [
    'rds:CreateDBCluster',
    'rds:ModifyDBCluster',
    'rds:DeleteDBCluster',
    'rds:RestoreDBClusterFromSnapshot',
    'rds:RestoreDBClusterToPointInTime',
    'rds:AddTagsToResource',
    'rds:RemoveTagsFromResource',
  ],
  collect: (context) => readClusters(context, {}, context.cursor),
  refresh: (context, arn) =>
    findOne(readClusters(context, { DBClusterIdentifier: arn }), arn, ['DBClusterNotFoundFault', 'DBClusterNotFound']),
};

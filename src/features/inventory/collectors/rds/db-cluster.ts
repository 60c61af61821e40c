// RDS clusters: Aurora and Multi-AZ clusters, and those of Neptune and DocumentDB under their own engine names.

import { type DBCluster, DescribeDBClustersCommand, paginateDescribeDBClusters, RDSClient } from '@aws-sdk/client-rds';
import type { AnyResource } from '../../../../domain/resource.ts';
import { errorName, membersOf, resourceOf, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { readPages, resumed } from '../../pages.ts';

const operation = 'rds:DescribeDBClusters';

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBCluster.html */
function clusterOf(context: CollectContext, cluster: DBCluster): AnyResource {
  const must = membersOf(operation);
  return resourceOf(context, 'AWS::RDS::DBCluster', {
    arn: must(cluster.DBClusterArn, 'DBClusterArn'),
    name: must(cluster.DBClusterIdentifier, 'DBClusterIdentifier'),
    tags: tagsOf(cluster.TagList),
    config: {
      engine: must(cluster.Engine, 'Engine'),
      engineVersion: cluster.EngineVersion ?? '',
      status: cluster.Status ?? '',
      storageEncrypted: must(cluster.StorageEncrypted, 'StorageEncrypted'),
      kmsKeyId: textOrNull(cluster.KmsKeyId),
      multiAz: must(cluster.MultiAZ, 'MultiAZ'),
      backupRetentionDays: must(cluster.BackupRetentionPeriod, 'BackupRetentionPeriod'),
      deletionProtection: cluster.DeletionProtection ?? false,
      iamAuthentication: cluster.IAMDatabaseAuthenticationEnabled ?? null,
      memberIds: (cluster.DBClusterMembers ?? []).flatMap((member) => member.DBInstanceIdentifier ?? []),
    },
  });
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
    'rds:AddTagsToResource',
    'rds:RemoveTagsFromResource',
  ],
  async *collect(context) {
    const client = context.client(RDSClient);
    const list = resumed(context.cursor, (startingToken) =>
      paginateDescribeDBClusters({ client, startingToken, pageSize: 100 }, {}, { abortSignal: context.signal }),
    );
    yield* readPages(
      context,
      list,
      (page) => ({ items: membersOf(operation)(page.DBClusters, 'DBClusters'), next: page.Marker }),
      (cluster) => clusterOf(context, cluster),
    );
  },
  async refresh(context, arn) {
    try {
      const answer = await context
        .client(RDSClient)
        .send(new DescribeDBClustersCommand({ DBClusterIdentifier: arn }), { abortSignal: context.signal });
      const cluster = membersOf(operation)(answer.DBClusters, 'DBClusters')[0];
      return cluster === undefined ? undefined : clusterOf(context, cluster);
    } catch (error) {
      if (errorName(error).startsWith('DBClusterNotFound')) return undefined;
      throw error;
    }
  },
};

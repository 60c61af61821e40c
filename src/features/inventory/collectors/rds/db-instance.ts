// RDS instances; Neptune and DocumentDB answer through the same list under their own engine names.

import {
  type DBInstance,
  type DescribeDBInstancesMessage,
  paginateDescribeDBInstances,
  RDSClient,
} from '@aws-sdk/client-rds';
import type { AnyResource } from '../../../../domain/resource.ts';
import { membersOf, resourceOf, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector, Page } from '../../contract.ts';
import { partsOf } from '../../parts.ts';
import { findOne, readPages, resumed } from '../../pages.ts';

const operation = 'rds:DescribeDBInstances';
const must = membersOf(operation);

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html */
async function instanceOf(context: CollectContext, instance: DBInstance): Promise<AnyResource> {
  // Not every answer says: what else is known of the instance does not depend on it.
  const publiclyAccessible = await partsOf(context, []).always(operation, async () =>
    must(instance.PubliclyAccessible, 'PubliclyAccessible'),
  );
  return resourceOf(context, 'AWS::RDS::DBInstance', {
    arn: must(instance.DBInstanceArn, 'DBInstanceArn'),
    name: must(instance.DBInstanceIdentifier, 'DBInstanceIdentifier'),
    tags: tagsOf(instance.TagList),
    config: {
      engine: must(instance.Engine, 'Engine'),
      engineVersion: must(instance.EngineVersion, 'EngineVersion'),
      status: must(instance.DBInstanceStatus, 'DBInstanceStatus'),
      clusterId: textOrNull(instance.DBClusterIdentifier),
      storageEncrypted: must(instance.StorageEncrypted, 'StorageEncrypted'),
      kmsKeyId: textOrNull(instance.KmsKeyId),
      publiclyAccessible,
      multiAz: must(instance.MultiAZ, 'MultiAZ'),
      autoMinorVersionUpgrade: must(instance.AutoMinorVersionUpgrade, 'AutoMinorVersionUpgrade'),
      backupRetentionDays: must(instance.BackupRetentionPeriod, 'BackupRetentionPeriod'),
      deletionProtection: must(instance.DeletionProtection, 'DeletionProtection'),
      iamAuthentication: instance.IAMDatabaseAuthenticationEnabled ?? null,
      // The source of a replica is an instance, or a Multi-AZ cluster.
      isReadReplica:
        textOrNull(instance.ReadReplicaSourceDBInstanceIdentifier) !== null ||
        textOrNull(instance.ReadReplicaSourceDBClusterIdentifier) !== null,
      endpoint: textOrNull(instance.Endpoint?.Address),
      port: instance.Endpoint?.Port ?? null,
      vpcId: textOrNull(instance.DBSubnetGroup?.VpcId),
      subnetIds: (instance.DBSubnetGroup?.Subnets ?? []).flatMap(({ SubnetIdentifier }) => SubnetIdentifier ?? []),
      securityGroupIds: must(instance.VpcSecurityGroups, 'VpcSecurityGroups').map(({ VpcSecurityGroupId }) =>
        must(VpcSecurityGroupId, 'VpcSecurityGroupId'),
      ),
    },
  });
}

function readInstances(
  context: CollectContext,
  input: DescribeDBInstancesMessage,
  cursor?: string,
): AsyncGenerator<Page> {
  const client = context.client(RDSClient);
  const list = resumed(cursor, (startingToken) =>
    paginateDescribeDBInstances({ client, startingToken, pageSize: 100 }, input, { abortSignal: context.signal }),
  );
  return readPages(
    context,
    list,
    (page) => ({ items: must(page.DBInstances, 'DBInstances'), next: page.Marker }),
    (instance) => instanceOf(context, instance),
  );
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::RDS::DBInstance'],
  operations: [operation],
  events: [
    'rds:CreateDBInstance',
    'rds:CreateDBInstanceReadReplica',
    'rds:ModifyDBInstance',
    'rds:PromoteReadReplica',
    'rds:DeleteDBInstance',
    'rds:RestoreDBInstanceFromDBSnapshot',
    'rds:RestoreDBInstanceToPointInTime',
    'rds:AddTagsToResource',
    'rds:RemoveTagsFromResource',
  ],
  collect: (context) => readInstances(context, {}, context.cursor),
  refresh: (context, arn) =>
    findOne(readInstances(context, { DBInstanceIdentifier: arn }), arn, [
      'DBInstanceNotFoundFault',
      'DBInstanceNotFound',
    ]),
};

// RDS instances; Neptune and DocumentDB answer through the same list under their own engine names.

import {
  type DBInstance,
  DescribeDBInstancesCommand,
  paginateDescribeDBInstances,
  RDSClient,
} from '@aws-sdk/client-rds';
import type { AnyResource } from '../../../../domain/resource.ts';
import { errorName, membersOf, resourceOf, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { readPages, resumed } from '../../pages.ts';

const operation = 'rds:DescribeDBInstances';

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html */
function instanceOf(context: CollectContext, instance: DBInstance): AnyResource {
  const must = membersOf(operation);
  return resourceOf(context, 'AWS::RDS::DBInstance', {
    arn: must(instance.DBInstanceArn, 'DBInstanceArn'),
    name: must(instance.DBInstanceIdentifier, 'DBInstanceIdentifier'),
    tags: tagsOf(instance.TagList),
    config: {
      engine: must(instance.Engine, 'Engine'),
      engineVersion: instance.EngineVersion ?? '',
      status: instance.DBInstanceStatus ?? '',
      clusterId: textOrNull(instance.DBClusterIdentifier),
      storageEncrypted: must(instance.StorageEncrypted, 'StorageEncrypted'),
      kmsKeyId: textOrNull(instance.KmsKeyId),
      publiclyAccessible: must(instance.PubliclyAccessible, 'PubliclyAccessible'),
      multiAz: must(instance.MultiAZ, 'MultiAZ'),
      autoMinorVersionUpgrade: must(instance.AutoMinorVersionUpgrade, 'AutoMinorVersionUpgrade'),
      backupRetentionDays: must(instance.BackupRetentionPeriod, 'BackupRetentionPeriod'),
      deletionProtection: instance.DeletionProtection ?? false,
      iamAuthentication: instance.IAMDatabaseAuthenticationEnabled ?? null,
      isReadReplica: textOrNull(instance.ReadReplicaSourceDBInstanceIdentifier) !== null,
      endpoint: textOrNull(instance.Endpoint?.Address),
      port: instance.Endpoint?.Port ?? null,
      vpcId: textOrNull(instance.DBSubnetGroup?.VpcId),
      subnetIds: (instance.DBSubnetGroup?.Subnets ?? []).flatMap((subnet) => subnet.SubnetIdentifier ?? []),
      securityGroupIds: (instance.VpcSecurityGroups ?? []).flatMap((group) => group.VpcSecurityGroupId ?? []),
    },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::RDS::DBInstance'],
  operations: [operation],
  events: [
    'rds:CreateDBInstance',
    'rds:ModifyDBInstance',
    'rds:DeleteDBInstance',
    'rds:RestoreDBInstanceFromDBSnapshot',
    'rds:AddTagsToResource',
    'rds:RemoveTagsFromResource',
  ],
  async *collect(context) {
    const client = context.client(RDSClient);
    const list = resumed(context.cursor, (startingToken) =>
      paginateDescribeDBInstances({ client, startingToken, pageSize: 100 }, {}, { abortSignal: context.signal }),
    );
    yield* readPages(
      context,
      list,
      (page) => ({ items: membersOf(operation)(page.DBInstances, 'DBInstances'), next: page.Marker }),
      (instance) => instanceOf(context, instance),
    );
  },
  async refresh(context, arn) {
    try {
      const answer = await context
        .client(RDSClient)
        .send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: arn }), { abortSignal: context.signal });
      const instance = membersOf(operation)(answer.DBInstances, 'DBInstances')[0];
      return instance === undefined ? undefined : instanceOf(context, instance);
    } catch (error) {
      if (errorName(error).startsWith('DBInstanceNotFound')) return undefined;
      throw error;
    }
  },
};

// What an engineer does after a scan: puts right over the wire what was found there.

import { DescribeSecurityGroupsCommand, EC2Client, RevokeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import { DeleteFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteResourcePolicyCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type Organization, configuration, enter, onlyByTls } from './organization.ts';

/** Closes the security group, deletes the function, refuses requests without TLS to the bucket, and takes the secret back. */
export async function putRight(endpoint: string, { web, data }: Organization['members']): Promise<void> {
  const inWeb = configuration(endpoint, await enter(endpoint, web));
  const ec2 = new EC2Client(inWeb);
  const names = { Filters: [{ Name: 'group-name', Values: ['ssh-open'] }] };
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand(names));
  const [group] = SecurityGroups ?? [];
  await ec2.send(
    new RevokeSecurityGroupIngressCommand({
      GroupId: group?.GroupId,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    }),
  );
  await new LambdaClient(inWeb).send(new DeleteFunctionCommand({ FunctionName: 'resize' }));
  const inData = configuration(endpoint, await enter(endpoint, data));
  const s3 = new S3Client({ ...inData, forcePathStyle: true });
  const Bucket = 'vedette-plain-http';
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: onlyByTls(Bucket) }));
  await new SecretsManagerClient(inData).send(new DeleteResourcePolicyCommand({ SecretId: 'orders-open' }));
}

// The one list of resource types and the shape of their configuration.

import type * as cloudtrail from './resources/cloudtrail.ts';
import type * as ec2 from './resources/ec2.ts';
import type * as iam from './resources/iam.ts';
import type * as kms from './resources/kms.ts';
import type * as lambda from './resources/lambda.ts';
import type * as messaging from './resources/messaging.ts';
import type * as opensearch from './resources/opensearch.ts';
import type * as rds from './resources/rds.ts';
import type * as s3 from './resources/s3.ts';
import type * as secretsmanager from './resources/secretsmanager.ts';
import type * as security from './resources/security-services.ts';
import type * as ssm from './resources/ssm.ts';

/** Configuration by resource type. Add a type here and a collector that yields it. */
export interface ResourceConfigs {
  'AWS::IAM::User': iam.UserConfig;
  'AWS::IAM::Group': iam.GroupConfig;
  'AWS::IAM::Role': iam.RoleConfig;
  'AWS::IAM::Policy': iam.PolicyConfig;
  'AWS::IAM::CredentialReport': iam.CredentialReportConfig;
  'AWS::IAM::AccountSummary': iam.AccountSummaryConfig;
  'AWS::IAM::PasswordPolicy': iam.PasswordPolicyConfig;
  'AWS::IAM::ServerCertificate': iam.ServerCertificateConfig;
  'AWS::Account::AlternateContact': iam.AlternateContactConfig;
  'AWS::S3::Bucket': s3.BucketConfig;
  'AWS::S3::AccountPublicAccessBlock': s3.AccountPublicAccessBlockConfig;
  'AWS::S3::AccessPoint': s3.AccessPointConfig;
  'AWS::EC2::SecurityGroup': ec2.SecurityGroupConfig;
  'AWS::EC2::NetworkInterface': ec2.NetworkInterfaceConfig;
  'AWS::EC2::NetworkAcl': ec2.NetworkAclConfig;
  'AWS::EC2::VPC': ec2.VpcConfig;
  'AWS::EC2::Subnet': ec2.SubnetConfig;
  'AWS::EC2::FlowLog': ec2.FlowLogConfig;
  'AWS::EC2::Instance': ec2.InstanceConfig;
  'AWS::EC2::Volume': ec2.VolumeConfig;
  'AWS::EC2::Snapshot': ec2.SnapshotConfig;
  'AWS::EC2::EBSDefaults': ec2.EbsDefaultsConfig;
  'AWS::CloudTrail::Trail': cloudtrail.TrailConfig;
  'AWS::Config::ConfigurationRecorder': security.ConfigurationRecorderConfig;
  'AWS::AccessAnalyzer::Analyzer': security.AnalyzerConfig;
  'AWS::GuardDuty::Detector': security.DetectorConfig;
  'AWS::SecurityHub::Hub': security.HubConfig;
  'AWS::InspectorV2::AccountStatus': security.InspectorStatusConfig;
  'AWS::Macie::Session': security.MacieSessionConfig;
  'AWS::KMS::Key': kms.KeyConfig;
  'AWS::RDS::DBInstance': rds.DbInstanceConfig;
  'AWS::RDS::DBCluster': rds.DbClusterConfig;
  'AWS::RDS::DBSnapshot': rds.DbSnapshotConfig;
  'AWS::RDS::DBClusterSnapshot': rds.DbSnapshotConfig;
  'AWS::Lambda::Function': lambda.FunctionConfig;
  'AWS::OpenSearchService::Domain': opensearch.DomainConfig;
  'AWS::SSM::Document': ssm.DocumentConfig;
  'AWS::SNS::Topic': messaging.TopicConfig;
  'AWS::SQS::Queue': messaging.QueueConfig;
  'AWS::ECR::Repository': messaging.RepositoryConfig;
  'AWS::SecretsManager::Secret': secretsmanager.SecretConfig;
}

// Names of resource types in the AWS Security Finding Format, for types whose CloudFormation name differs from it.
// Source: https://docs.aws.amazon.com/securityhub/latest/userguide/asff-resources.html

const renamed: Readonly<Record<string, string>> = {
  'AWS::IAM::User': 'AwsIamUser',
  'AWS::IAM::Group': 'AwsIamGroup',
  'AWS::IAM::Role': 'AwsIamRole',
  'AWS::IAM::Policy': 'AwsIamPolicy',
  'AWS::S3::Bucket': 'AwsS3Bucket',
  'AWS::S3::AccountPublicAccessBlock': 'AwsS3AccountPublicAccessBlock',
  'AWS::S3::AccessPoint': 'AwsS3AccessPoint',
  'AWS::EC2::SecurityGroup': 'AwsEc2SecurityGroup',
  'AWS::EC2::NetworkInterface': 'AwsEc2NetworkInterface',
  'AWS::EC2::NetworkAcl': 'AwsEc2NetworkAcl',
  'AWS::EC2::VPC': 'AwsEc2Vpc',
  'AWS::EC2::Subnet': 'AwsEc2Subnet',
  'AWS::EC2::Instance': 'AwsEc2Instance',
  'AWS::EC2::Volume': 'AwsEc2Volume',
  'AWS::CloudTrail::Trail': 'AwsCloudTrailTrail',
  'AWS::GuardDuty::Detector': 'AwsGuardDutyDetector',
  'AWS::KMS::Key': 'AwsKmsKey',
  'AWS::RDS::DBInstance': 'AwsRdsDbInstance',
  'AWS::RDS::DBCluster': 'AwsRdsDbCluster',
  'AWS::RDS::DBSnapshot': 'AwsRdsDbSnapshot',
  'AWS::RDS::DBClusterSnapshot': 'AwsRdsDbClusterSnapshot',
  'AWS::Lambda::Function': 'AwsLambdaFunction',
  'AWS::OpenSearchService::Domain': 'AwsOpenSearchServiceDomain',
  'AWS::SNS::Topic': 'AwsSnsTopic',
  'AWS::SQS::Queue': 'AwsSqsQueue',
  'AWS::ECR::Repository': 'AwsEcrRepository',
  'AWS::SecretsManager::Secret': 'AwsSecretsManagerSecret',
  'AWS::Account::Account': 'AwsAccount',
  account: 'AwsAccount',
};

/** The format's name of a resource type; `Other` for what it has no name for. */
export const asffResourceType = (type: string): string =>
  (Object.hasOwn(renamed, type) ? renamed[type] : undefined) ?? 'Other';

// What a region rule must leave alone: services with one endpoint for the whole partition, whose requests are made to
// us-east-1 (or another home region) wherever the caller is.

/**
 * From the examples of AWS, without services that AWS has closed and without those that have an endpoint in every
 * region (ACM, KMS, Config and others): where CloudFront needs a certificate in us-east-1, approve that region. STS
 * stays, because its global endpoint is still in use.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html
 * https://docs.aws.amazon.com/controltower/latest/controlreference/primary-region-deny-policy.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-requested-region.html
 */
export const globalServiceActions: readonly string[] = [
  'account:*',
  'aws-marketplace:*',
  'aws-portal:*',
  'billing:*',
  'budgets:*',
  'ce:*',
  'cloudfront:*',
  'cur:*',
  'ec2:DescribeRegions',
  'fms:*',
  'globalaccelerator:*',
  'health:*',
  'iam:*',
  'importexport:*',
  'networkmanager:*',
  'organizations:*',
  'pricing:*',
  'route53:*',
  'route53domains:*',
  's3:GetAccountPublic*',
  's3:ListAllMyBuckets',
  's3:ListMultiRegionAccessPoints',
  's3:PutAccountPublic*',
  'shield:*',
  'sts:*',
  'support:*',
  'tax:*',
  'trustedadvisor:*',
  'waf:*',
];

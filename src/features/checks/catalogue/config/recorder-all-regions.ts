import { known } from '../../../../domain/evidence.ts';
import type { ConfigurationRecorderConfig } from '../../../../domain/resources/security-services.ts';
import { fail, pass } from '../../../../domain/verdict.ts';
import { scopeCheck } from '../../contract.ts';

/**
 * Passes when the region's own recorder records all resource types and delivers them. A service-linked recorder records
 * for its service alone and does not count. Leaving out IAM's global types is right outside their home region.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/config-controls.html#config-1
 */
export const check = scopeCheck({
  subject: 'region',
  needs: ['AWS::Config::ConfigurationRecorder'],
  title: 'AWS Config should record every region',
  severity: 'high',
  severityReason: 'Without the record nobody can say how a resource was configured when an incident began.',
  why: 'AWS Config keeps the history of every resource and feeds Security Hub’s controls. A region without it is invisible to both.',
  fix: {
    text: 'Record all resource types in every region, with a delivery channel, and IAM’s global types in one region.',
    cli: `aws configservice put-configuration-recorder --configuration-recorder name=default,roleARN=arn:aws:iam::<account>:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig --recording-group allSupported=true,includeGlobalResourceTypes=true --region <region>
aws configservice put-delivery-channel --delivery-channel name=default,s3BucketName=<bucket> --region <region>
aws configservice start-configuration-recorder --configuration-recorder-name default --region <region>`,
    cloudformation: `Recorder:
  Type: AWS::Config::ConfigurationRecorder
  Properties:
    RoleARN: <role arn>
    RecordingGroup: { AllSupported: true, IncludeGlobalResourceTypes: true }
Channel:
  Type: AWS::Config::DeliveryChannel
  Properties:
    S3BucketName: <bucket>`,
    terraform: `resource "aws_config_configuration_recorder" "this" {
  role_arn = "<role arn>"
  recording_group {
    all_supported                 = true
    include_global_resource_types = true
  }
}

resource "aws_config_delivery_channel" "this" {
  s3_bucket_name = "<bucket>"
  depends_on     = [aws_config_configuration_recorder.this]
}

resource "aws_config_configuration_recorder_status" "this" {
  name       = aws_config_configuration_recorder.this.name
  is_enabled = true
  depends_on = [aws_config_delivery_channel.this]
}`,
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/config-controls.html#config-1',
    'https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html',
    'https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html',
  ],
  controls: {
    securityHub: ['Config.1'],
    cis30: ['3.3'],
    cis50: ['3.3'],
    attack: ['T1562.001'],
    prowler: ['config_recorder_all_regions_enabled'],
  },
  parameters: {
    role: {
      type: 'string',
      default: 'any',
      oneOf: ['any', 'service-linked'],
      description:
        'Role of the recorder: "any", or "service-linked" to demand AWSServiceRoleForConfig as Config.1 does by default.',
    },
  },
  evaluate(context) {
    const seen = context.readable('AWS::Config::ConfigurationRecorder').resources;
    const recorder = seen.find(({ config }) => config.servicePrincipal === null);
    if (recorder === undefined) {
      context.resources('AWS::Config::ConfigurationRecorder');
      return fail(
        seen.length === 0
          ? 'AWS Config has no recorder in this region.'
          : 'AWS Config has no recorder but service-linked ones in this region.',
      );
    }
    const problem = problemOf(recorder.config, context.parameter('role') === 'service-linked');
    return problem === undefined
      ? pass('AWS Config records all resource types.')
      : fail(`AWS Config’s recorder ${problem}.`);
  },
});

const iamTypes = new Set(['AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::Role', 'AWS::IAM::Policy']);

function problemOf(recorder: ConfigurationRecorderConfig, serviceLinkedRole: boolean): string | undefined {
  if (!known(recorder.recording)) return 'is stopped';
  if (recorder.recordingStrategy === 'EXCLUSION_BY_RESOURCE_TYPES') {
    const excluded = recorder.excludedResourceTypes.filter((type) => !iamTypes.has(type));
    if (excluded.length > 0) return `leaves out ${excluded.slice(0, 10).join(', ')}`;
  } else if (!recorder.allSupported) {
    return 'records selected resource types only';
  }
  if (serviceLinkedRole && recorder.roleArn?.endsWith('/AWSServiceRoleForConfig') !== true) {
    return 'does not use the service-linked role';
  }
  if (known(recorder.deliveryBucket) === null) return 'has no delivery channel';
  if (known(recorder.lastStatus)?.toUpperCase() === 'FAILURE') return 'failed in its last run';
  return undefined;
}

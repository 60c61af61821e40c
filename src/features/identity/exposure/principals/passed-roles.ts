// Ways to use a role without assuming it: to hand it to a service that runs what one tells it. Each needs iam:PassRole on
// the role, whose trust policy must admit the service.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
// Ids are those of https://pathfinding.cloud where it has one, else begin with `x-`. Sets that hold a smaller one are left out.

export interface PassedRoleRow {
  readonly id: string;
  /** The services to which the role is passed, any one of them. */
  readonly services: readonly string[];
  /** Beside iam:PassRole; every one is needed. */
  readonly actions: readonly string[];
  /** True where the role reaches instances, in an instance profile. */
  readonly profile?: true;
  /** What must exist already, as it follows "if there is". */
  readonly given?: string;
}

const row = (
  id: string,
  service: string | readonly string[],
  actions: readonly string[],
  more: Pick<PassedRoleRow, 'profile' | 'given'> = {},
): PassedRoleRow => ({
  id,
  services: [service].flat().map((name) => `${name}.amazonaws.com`),
  actions,
  ...more,
});

const instance = { profile: true } as const;

export const passedRoleRows: readonly PassedRoleRow[] = [
  row('apprunner-001', 'tasks.apprunner', ['apprunner:CreateService']),
  row('bedrock-001', 'bedrock-agentcore', [
    'bedrock-agentcore:CreateCodeInterpreter',
    'bedrock-agentcore:StartCodeInterpreterSession',
    'bedrock-agentcore:InvokeCodeInterpreter',
  ]),
  row('bedrock-003', 'bedrock-agentcore', [
    'bedrock-agentcore:CreateAgentRuntime',
    'bedrock-agentcore:CreateAgentRuntimeEndpoint',
    'bedrock-agentcore:CreateWorkloadIdentity',
    'bedrock-agentcore:InvokeAgentRuntimeCommand',
  ]),
  row('bedrock-006', 'bedrock-agentcore', [
    'bedrock-agentcore:CreateBrowser',
    'bedrock-agentcore:StartBrowserSession',
    'bedrock-agentcore:ConnectBrowserAutomationStream',
  ]),
  row('cloudformation-001', 'cloudformation', ['cloudformation:CreateStack']),
  row('codebuild-001', 'codebuild', ['codebuild:CreateProject', 'codebuild:StartBuild']),
  row('codebuild-004', 'codebuild', ['codebuild:CreateProject', 'codebuild:StartBuildBatch']),
  row('x-codebuild-upd', 'codebuild', ['codebuild:UpdateProject', 'codebuild:StartBuild'], {
    given: 'a build project',
  }),
  row(
    'datapipeline-001',
    ['datapipeline', 'elasticmapreduce'],
    ['datapipeline:CreatePipeline', 'datapipeline:PutPipelineDefinition', 'datapipeline:ActivatePipeline'],
  ),
  row('ec2-001', 'ec2', ['ec2:RunInstances'], instance),
  row('ec2-004', 'ec2', ['ec2:RequestSpotInstances'], instance),
  row('x-ec2-profile', 'ec2', ['ec2:AssociateIamInstanceProfile'], { ...instance, given: 'an instance it controls' }),
  row('x-asg-lc', 'ec2', ['autoscaling:CreateLaunchConfiguration', 'autoscaling:CreateAutoScalingGroup'], instance),
  row('x-asg-lt', 'ec2', ['ec2:CreateLaunchTemplate', 'autoscaling:CreateAutoScalingGroup'], instance),
  row('ecs-003', 'ecs-tasks', ['ecs:RegisterTaskDefinition', 'ecs:CreateService'], { given: 'a cluster' }),
  row('ecs-004', 'ecs-tasks', ['ecs:RegisterTaskDefinition', 'ecs:RunTask'], { given: 'a cluster' }),
  row('ecs-005', 'ecs-tasks', ['ecs:RegisterTaskDefinition', 'ecs:StartTask'], {
    given: 'a cluster with a container instance',
  }),
  row('batch-001', 'ecs-tasks', ['batch:RegisterJobDefinition', 'batch:SubmitJob'], { given: 'a job queue' }),
  row('braket-001', 'braket', ['braket:CreateJob']),
  row('emr-001', ['elasticmapreduce', 'ec2'], ['elasticmapreduce:RunJobFlow']),
  row('emrserverless-001', 'emr-serverless', ['emr-serverless:CreateApplication', 'emr-serverless:StartJobRun']),
  row('gamelift-001', 'gamelift', [
    'gamelift:CreateBuild',
    'gamelift:RequestUploadCredentials',
    'gamelift:CreateFleet',
  ]),
  row('glue-001', 'glue', ['glue:CreateDevEndpoint']),
  row('glue-003', 'glue', ['glue:CreateJob', 'glue:StartJobRun']),
  row('glue-004', 'glue', ['glue:CreateJob', 'glue:CreateTrigger']),
  row('glue-005', 'glue', ['glue:UpdateJob', 'glue:StartJobRun'], { given: 'a job' }),
  row('glue-006', 'glue', ['glue:UpdateJob', 'glue:CreateTrigger'], { given: 'a job' }),
  row('glue-007', 'glue', ['glue:CreateSession', 'glue:RunStatement']),
  row(
    'imagebuilder-001',
    'ec2',
    [
      'imagebuilder:CreateComponent',
      'imagebuilder:CreateImageRecipe',
      'imagebuilder:CreateInfrastructureConfiguration',
      'imagebuilder:CreateImage',
    ],
    instance,
  ),
  row('kinesisanalytics-001', 'kinesisanalytics', [
    'kinesisanalytics:CreateApplication',
    'kinesisanalytics:StartApplication',
  ]),
  row('lambda-001', 'lambda', ['lambda:CreateFunction', 'lambda:InvokeFunction']),
  row('lambda-002', 'lambda', ['lambda:CreateFunction', 'lambda:CreateEventSourceMapping'], {
    given: 'a stream or queue',
  }),
  row('lambda-006', 'lambda', ['lambda:CreateFunction', 'lambda:AddPermission']),
  row('omics-001', 'omics', ['omics:CreateWorkflow', 'omics:StartRun']),
  row('sagemaker-001', 'sagemaker', ['sagemaker:CreateNotebookInstance']),
  row('sagemaker-002', 'sagemaker', ['sagemaker:CreateTrainingJob']),
  row('sagemaker-003', 'sagemaker', ['sagemaker:CreateProcessingJob']),
  row('scheduler-001', 'scheduler', ['scheduler:CreateSchedule']),
  row('ssm-003', 'ssm', ['ssm:CreateDocument', 'ssm:StartAutomationExecution']),
  row('stepfunctions-001', 'states', ['states:CreateStateMachine', 'states:StartExecution']),
  row('x-amplify', 'amplify', ['amplify:CreateApp', 'amplify:CreateBranch', 'amplify:StartJob']),
];

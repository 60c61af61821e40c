// Lambda functions with their resource policy and URLs. Environment values stop here: names and recognised secrets go on.

import {
  type FunctionConfiguration,
  GetPolicyCommand,
  LambdaClient,
  ListTagsCommand,
  paginateListFunctions,
  paginateListFunctionUrlConfigs,
} from '@aws-sdk/client-lambda';
import { type Evidence, unread } from '../../../../domain/evidence.ts';
import type { AnyResource } from '../../../../domain/resource.ts';
import type { FunctionUrl } from '../../../../domain/resources/lambda.ts';
import type { SecretMatch } from '../../../../domain/secret.ts';
import { membersOf, resourceOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { partsOf } from '../../parts.ts';
import { readPages, resumed } from '../../pages.ts';

const listOperation = 'lambda:ListFunctions';
const urlsOperation = 'lambda:ListFunctionUrlConfigs';

interface Environment {
  environmentNames: Evidence<readonly string[]>;
  environmentSecrets: Evidence<readonly SecretMatch[]>;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_EnvironmentResponse.html */
function environmentOf(context: CollectContext, configuration: FunctionConfiguration): Environment {
  const environment = configuration.Environment;
  if (environment?.Error !== undefined) {
    const hidden = unread(listOperation, 'denied');
    return { environmentNames: hidden, environmentSecrets: hidden };
  }
  const variables = Object.entries(environment?.Variables ?? {});
  return {
    environmentNames: variables.map(([name]) => name),
    // Written as an assignment, so that the name is evidence for what the value is.
    environmentSecrets: variables.flatMap(([name, value]) =>
      context.findSecrets(`${name}=${value}`, `Environment.${name}`),
    ),
  };
}

async function readUrls(context: CollectContext, FunctionName: string): Promise<FunctionUrl[]> {
  const must = membersOf(urlsOperation);
  const client = context.client(LambdaClient);
  const urls: FunctionUrl[] = [];
  const pages = paginateListFunctionUrlConfigs({ client }, { FunctionName }, { abortSignal: context.signal });
  for await (const page of pages)
    for (const one of must(page.FunctionUrlConfigs, 'FunctionUrlConfigs')) {
      // The ARN ends in `function:<name>` or `function:<name>:<alias>`.
      const qualifier = must(one.FunctionArn, 'FunctionArn').split(':')[7];
      urls.push({
        url: must(one.FunctionUrl, 'FunctionUrl'),
        authType: must.oneOf(one.AuthType, ['NONE', 'AWS_IAM'], 'AuthType'),
        qualifier: qualifier ?? null,
      });
    }
  return urls;
}

async function functionOf(
  context: CollectContext,
  configuration: FunctionConfiguration,
): Promise<AnyResource | undefined> {
  const must = membersOf(listOperation);
  const client = context.client(LambdaClient);
  const options = { abortSignal: context.signal };
  const arn = must(configuration.FunctionArn, 'FunctionArn');
  const name = must(configuration.FunctionName, 'FunctionName');
  // A missing policy and a missing function have one error name; a function that is gone shows in its other parts.
  const policy = await context.read(
    'lambda:GetPolicy',
    async () => {
      const answer = await client.send(new GetPolicyCommand({ FunctionName: name }), options);
      return membersOf('lambda:GetPolicy')(answer.Policy, 'Policy');
    },
    ['ResourceNotFoundException'],
  );
  const parts = partsOf(context, ['ResourceNotFoundException']);
  const urls = await parts.always(urlsOperation, () => readUrls(context, name));
  const tags = await parts.always('lambda:ListTags', async () => {
    const answer = await client.send(new ListTagsCommand({ Resource: arn }), options);
    return answer.Tags ?? {};
  });
  if (parts.vanished) return undefined;
  return resourceOf(context, 'AWS::Lambda::Function', {
    arn,
    name,
    tags,
    config: {
      runtime: textOrNull(configuration.Runtime),
      packageType: configuration.PackageType ?? 'Zip',
      roleArn: must(configuration.Role, 'Role'),
      vpcId: textOrNull(configuration.VpcConfig?.VpcId),
      securityGroupIds: configuration.VpcConfig?.SecurityGroupIds ?? [],
      lastModified: configuration.LastModified ?? '',
      ...environmentOf(context, configuration),
      policy,
      urls,
    },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::Lambda::Function'],
  operations: [listOperation, 'lambda:GetPolicy', urlsOperation, 'lambda:ListTags'],
  events: [
    'lambda:CreateFunction20150331',
    'lambda:DeleteFunction20150331',
    'lambda:UpdateFunctionConfiguration20150331v2',
    'lambda:UpdateFunctionCode20150331v2',
    'lambda:AddPermission20150331v2',
    'lambda:RemovePermission20150331v2',
    'lambda:CreateFunctionUrlConfig',
    'lambda:UpdateFunctionUrlConfig',
    'lambda:DeleteFunctionUrlConfig',
    'lambda:TagResource20170331v2',
    'lambda:UntagResource20170331v2',
  ],
  async *collect(context) {
    const client = context.client(LambdaClient);
    const list = resumed(context.cursor, (startingToken) =>
      paginateListFunctions({ client, startingToken }, {}, { abortSignal: context.signal }),
    );
    yield* readPages(
      context,
      list,
      (page) => ({ items: membersOf(listOperation)(page.Functions, 'Functions'), next: page.NextMarker }),
      (configuration) => functionOf(context, configuration),
    );
  },
};

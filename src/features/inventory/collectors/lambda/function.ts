// Lambda functions with their resource policies, aliases and URLs. Environment values stop here: names and recognised secrets go on.

import {
  type AliasConfiguration,
  type FunctionConfiguration,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  LambdaClient,
  ListTagsCommand,
  paginateListAliases,
  paginateListFunctions,
  paginateListFunctionUrlConfigs,
} from '@aws-sdk/client-lambda';
import type { Evidence } from '../../../../domain/evidence.ts';
import type { AnyResource } from '../../../../domain/resource.ts';
import type { FunctionAlias, FunctionUrl } from '../../../../domain/resources/lambda.ts';
import type { SecretMatch } from '../../../../domain/secret.ts';
import { errorName, membersOf, resourceOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { memberOf, partsOf } from '../../parts.ts';
import { readPages, resumed } from '../../pages.ts';

const listOperation = 'lambda:ListFunctions';
const policyOperation = 'lambda:GetPolicy';
const aliasesOperation = 'lambda:ListAliases';
const urlsOperation = 'lambda:ListFunctionUrlConfigs';
const gone = ['ResourceNotFoundException'];

interface Environment {
  names: readonly string[];
  secrets: readonly SecretMatch[];
}

/**
 * The names of the variables and the secrets among their values.
 * @throws what Lambda says when it could not decrypt them: https://docs.aws.amazon.com/lambda/latest/api/API_EnvironmentError.html
 */
function environmentOf(context: CollectContext, configuration: FunctionConfiguration): Environment {
  const { Variables: variables = {}, Error: failure } = configuration.Environment ?? {};
  if (failure !== undefined) {
    const message = 'Lambda could not decrypt the environment variables.';
    throw Object.assign(new Error(message), { name: failure.ErrorCode ?? 'EnvironmentError' });
  }
  return {
    names: Object.keys(variables),
    // Written as an assignment, so that the name is evidence for what the value is.
    secrets: Object.entries(variables).flatMap(([name, value]) =>
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

/**
 * The policy of a function, or of one of its aliases. A missing policy and a missing function have one error name: a
 * function that is gone shows in its other parts.
 */
function readPolicy(
  context: CollectContext,
  FunctionName: string,
  Qualifier?: string,
): Promise<Evidence<string | null>> {
  const command = new GetPolicyCommand({ FunctionName, ...(Qualifier === undefined ? {} : { Qualifier }) });
  return context.read(
    policyOperation,
    async () => {
      const answer = await context.client(LambdaClient).send(command, { abortSignal: context.signal });
      return membersOf(policyOperation)(answer.Policy, 'Policy');
    },
    gone,
  );
}

async function listAliases(context: CollectContext, FunctionName: string): Promise<AliasConfiguration[]> {
  const client = context.client(LambdaClient);
  const aliases: AliasConfiguration[] = [];
  const pages = paginateListAliases({ client }, { FunctionName }, { abortSignal: context.signal });
  for await (const page of pages) aliases.push(...membersOf(aliasesOperation)(page.Aliases, 'Aliases'));
  return aliases;
}

/**
 * The aliases with their policies. Versions may have policies too, but nothing lists those that do: each published
 * version would be a call.
 */
async function readAliases(context: CollectContext, name: string): Promise<FunctionAlias[]> {
  const must = membersOf(aliasesOperation);
  const aliases: FunctionAlias[] = [];
  for (const one of await listAliases(context, name)) {
    const alias = must(one.Name, 'Name');
    const policy = await readPolicy(context, name, alias);
    aliases.push({ name: alias, version: must(one.FunctionVersion, 'FunctionVersion'), policy });
  }
  return aliases.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function readFunction(
  context: CollectContext,
  configuration: FunctionConfiguration,
): Promise<AnyResource | undefined> {
  const must = membersOf(listOperation);
  const client = context.client(LambdaClient);
  const options = { abortSignal: context.signal };
  const arn = must(configuration.FunctionArn, 'FunctionArn');
  const name = must(configuration.FunctionName, 'FunctionName');
  const policy = await readPolicy(context, name);
  const parts = partsOf(context, gone);
  const environment = await partsOf(context, []).always(listOperation, async () =>
    environmentOf(context, configuration),
  );
  const aliases = await parts.always(aliasesOperation, () => readAliases(context, name));
  const urls = await parts.always(urlsOperation, () => readUrls(context, name));
  const tags = await parts.always('lambda:ListTags', async () => {
    const answer = await client.send(new ListTagsCommand({ Resource: arn }), options);
    return membersOf('lambda:ListTags')(answer.Tags, 'Tags');
  });
  if (parts.vanished) return undefined;
  return resourceOf(context, 'AWS::Lambda::Function', {
    arn,
    name,
    tags,
    config: {
      runtime: textOrNull(configuration.Runtime),
      packageType: must.oneOf(configuration.PackageType, ['Zip', 'Image'], 'PackageType'),
      roleArn: must(configuration.Role, 'Role'),
      vpcId: textOrNull(configuration.VpcConfig?.VpcId),
      securityGroupIds: configuration.VpcConfig?.SecurityGroupIds ?? [],
      lastModified: must(configuration.LastModified, 'LastModified'),
      environmentNames: memberOf(environment, 'names'),
      environmentSecrets: memberOf(environment, 'secrets'),
      policy,
      aliases,
      urls,
    },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::Lambda::Function'],
  operations: [
    listOperation,
    'lambda:GetFunctionConfiguration',
    policyOperation,
    aliasesOperation,
    urlsOperation,
    'lambda:ListTags',
  ],
  events: [
    'lambda:CreateFunction20150331',
    'lambda:DeleteFunction20150331',
    'lambda:UpdateFunctionConfiguration20150331v2',
    'lambda:UpdateFunctionCode20150331v2',
    'lambda:AddPermission20150331v2',
    'lambda:RemovePermission20150331v2',
    'lambda:CreateAlias20150331',
    'lambda:UpdateAlias20150331',
    'lambda:DeleteAlias20150331',
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
      (configuration) => readFunction(context, configuration),
    );
  },
  async refresh(context, arn) {
    try {
      const command = new GetFunctionConfigurationCommand({ FunctionName: arn });
      const answer = await context.client(LambdaClient).send(command, { abortSignal: context.signal });
      membersOf('lambda:GetFunctionConfiguration')(answer.FunctionArn, 'FunctionArn');
      return await readFunction(context, answer);
    } catch (error) {
      if (gone.includes(errorName(error))) return undefined;
      throw error;
    }
  },
};

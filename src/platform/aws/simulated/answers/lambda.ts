// Lambda.

import type * as sdk from '@aws-sdk/client-lambda';
import type { Answers, Call } from '../call.ts';
import type { FunctionState } from '../model/lambda.ts';
import { page } from '../pages.ts';
import { refuse } from '../refusal.ts';

function functionsOf(call: Call): ReadonlyMap<string, FunctionState> {
  return call.account.region(call.region).lambda.functions;
}

function functionOf(call: Call, name: string | undefined): FunctionState {
  const short = name?.startsWith('arn:') === true ? name.split(':')[6] : name;
  const found = functionsOf(call).get(short ?? '');
  return found ?? refuse('ResourceNotFoundException', `Function not found: ${name}`, { status: 404 });
}

export const lambda: Answers<typeof sdk> = {
  ListFunctions: (input, call) => {
    const { items, next } = page(
      [...functionsOf(call).values()],
      input.Marker,
      input.MaxItems ?? 50,
      50,
      'InvalidParameterValueException',
    );
    return { Functions: items.map(({ configuration }) => configuration), NextMarker: next };
  },
  GetFunctionConfiguration: (input, call) => ({
    ...functionOf(call, input.FunctionName).configuration,
    State: 'Active',
    LastUpdateStatus: 'Successful',
  }),
  GetPolicy: (input, call) => {
    const { policy: own, aliases } = functionOf(call, input.FunctionName);
    const alias = aliases.find(({ name }) => name === input.Qualifier);
    const policy = input.Qualifier === undefined ? own : alias?.policy;
    if (policy === undefined)
      refuse('ResourceNotFoundException', 'The resource you requested does not exist.', { status: 404 });
    return { Policy: JSON.stringify(policy), RevisionId: call.site.uuid('policy', input.FunctionName ?? '') };
  },
  ListAliases: (input, call) => {
    const { aliases, configuration } = functionOf(call, input.FunctionName);
    const { items, next } = page(aliases, input.Marker, input.MaxItems ?? 50, 10_000, 'InvalidParameterValueException');
    return {
      Aliases: items.map(({ name, version }) => ({
        AliasArn: `${configuration.FunctionArn}:${name}`,
        Name: name,
        FunctionVersion: version,
        Description: '',
        RevisionId: call.site.uuid('alias', input.FunctionName ?? '', name),
      })),
      NextMarker: next,
    };
  },
  ListFunctionUrlConfigs: (input, call) => ({ FunctionUrlConfigs: [...functionOf(call, input.FunctionName).urls] }),
  ListTags: (input, call) => ({ Tags: { ...functionOf(call, input.Resource).tags } }),
};

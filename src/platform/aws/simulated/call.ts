// A call as answers see it, and the type of answers to all operations of one SDK client.

import type { AccountModel } from './model/account-model.ts';
import type { Session } from './access-keys.ts';
import type { Site } from './site.ts';
import type { World } from './world.ts';

export interface Call {
  world: World;
  /** Who calls. */
  session: Session;
  /** The caller's account: what is asked for lies there unless the operation says otherwise. */
  account: AccountModel;
  site: Site;
  /** The region that the client is made for. */
  region: string;
  /** The time by which sessions expire. */
  clock: () => Date;
}

/** The output of a command's middleware handler, without the metadata that the middleware adds. */
type OutputOf<Handler> = Handler extends (parameters: never) => Promise<{ output: infer Output }>
  ? Omit<Output, '$metadata'>
  : never;

type AnswerOf<CommandClass> = CommandClass extends new (...parameters: never) => {
  readonly input: infer Input;
  resolveMiddleware(...parameters: never): infer Handler;
}
  ? (input: Input, call: Call) => OutputOf<Handler>
  : never;

/**
 * Answers by operation for one SDK package: `Answers<typeof import('@aws-sdk/client-iam')>` has a member `ListUsers`
 * that takes the SDK's own input type and gives its own output type.
 */
export type Answers<Package> = {
  readonly [Name in keyof Package as Name extends `${infer Operation}Command` ? Operation : never]?: AnswerOf<
    Package[Name]
  >;
};

/** Answers of any service, as the middleware calls them. */
export type AnyAnswers = Readonly<Record<string, ((input: never, call: Call) => object) | undefined>>;

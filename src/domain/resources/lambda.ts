// Lambda evidence. Environment values stop at the door: only names and what a detector recognised are kept.

import type { Evidence } from '../evidence.ts';
import type { SecretMatch } from '../secret.ts';

export interface FunctionUrl {
  url: string;
  authType: 'NONE' | 'AWS_IAM';
  qualifier: string | null;
}

/** An alias has a resource policy of its own: https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html */
export interface FunctionAlias {
  name: string;
  /** The version that it points to. */
  version: string;
  /** The policy's text; null when there is none. */
  policy: Evidence<string | null>;
}

export interface FunctionConfig {
  runtime: string | null;
  packageType: 'Zip' | 'Image';
  roleArn: string;
  vpcId: string | null;
  securityGroupIds: readonly string[];
  lastModified: string;
  /** Unread when Lambda could not decrypt the variables (the answer's `Environment.Error`). */
  environmentNames: Evidence<readonly string[]>;
  /** Unread as `environmentNames` is: an environment that nobody could read is not one without secrets. */
  environmentSecrets: Evidence<readonly SecretMatch[]>;
  /** The resource policy's text; null when there is none. */
  policy: Evidence<string | null>;
  /** In the order of their names. */
  aliases: Evidence<readonly FunctionAlias[]>;
  urls: Evidence<readonly FunctionUrl[]>;
}

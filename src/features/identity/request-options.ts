// The options by which `vedette simulate` is told of one request.

import type { Command } from 'commander';
import type { PrintOptions } from '../../platform/command/print.ts';

export interface SimulateOptions extends PrintOptions {
  principal?: string;
  action?: string;
  resource?: string;
  resourceAccount?: string;
  sessionName?: string;
  context?: readonly string[];
  completeContext?: boolean;
}

/** The options of `simulate` that ask one request over stored evidence. */
export function addRequestOptions(command: Command): Command {
  return command
    .option('--principal <arn>', 'who asks: a user, role, session, root user, service, or * for anybody')
    .option('--action <action>', 'what is asked, like s3:GetObject')
    .option('--resource <arn>', 'on what, or * for actions without a resource')
    .option('--resource-account <id>', 'the account that owns the resource, where the evidence does not know it')
    .option('--session-name <name>', 'the name of the role session')
    .option('--context <key=value...>', 'what is known of the request, for example aws:SourceIp=203.0.113.7')
    .option('--complete-context', 'the request carries no condition key but those of --context and the evidence');
}

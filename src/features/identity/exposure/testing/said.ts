// A queue that policies open, and to whom it is open in short, as the tests of exposure say it.

import type { ExposedResource } from '../access.ts';
import { exposureOf } from '../exposure-of.ts';

export type Part = Readonly<Record<string, unknown>>;

/** Of an organisation with one other member, 999988887777. */
export const queue: ExposedResource = {
  kind: 'queue',
  arn: 'arn:aws:sqs:eu-west-1:111122223333:orders',
  account: '111122223333',
  policy: null,
  organization: { id: 'o-exampleorgid', accounts: new Set(['111122223333', '999988887777']) },
};

export const documentOf = (statements: readonly Part[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

export const statement = (more: Part = {}): Part => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 'sqs:SendMessage',
  Resource: '*',
  ...more,
});

/** To whom what is open, in short: `public anonymous: write`. */
export function said(resource: ExposedResource): string[] {
  return exposureOf(resource).accesses.map(({ audience, access, conditions }) => {
    const { kind, ...which } = audience;
    const condition = conditions.length === 0 ? '' : ` if ${conditions.join(' or ')}`;
    return `${[kind, ...Object.values(which)].join(' ')}: ${access}${condition}`;
  });
}

/** The same of the queue with one statement for each part. */
export const open = (...parts: readonly Part[]): string[] =>
  said({ ...queue, policy: documentOf(parts.map((part) => statement(part))) });

// Systems Manager.

import type * as sdk from '@aws-sdk/client-ssm';
import type { Answers, Call } from '../call.ts';
import type { Document } from '../model/systems.ts';
import { page } from '../pages.ts';
import { refuse } from '../refusal.ts';

const documentsOf = (call: Call): readonly Document[] => call.account.region(call.region).systems.documents;

export const systems: Answers<typeof sdk> = {
  ListDocuments: (input, call) => {
    const valuesOf = (key: string): readonly string[] | undefined =>
      input.Filters?.find(({ Key }) => Key === key)?.Values;
    const names = valuesOf('Name');
    const own = valuesOf('Owner')?.includes('Self') !== false;
    const all = own ? documentsOf(call).filter(({ name }) => names?.includes(name) !== false) : [];
    const { items, next } = page(all, input.NextToken, input.MaxResults ?? 10, 50, 'InvalidNextToken');
    return {
      DocumentIdentifiers: items.map(({ name, tags }) => ({
        Name: name,
        Owner: call.site.account,
        DocumentType: name.startsWith('SSM-') ? ('Session' as const) : ('Command' as const),
        DocumentFormat: 'JSON' as const,
        DocumentVersion: '1',
        SchemaVersion: '2.2',
        CreatedDate: call.world.calendar.ago(200),
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      })),
      NextToken: next,
    };
  },
  DescribeDocumentPermission: (input, call) => {
    const document = documentsOf(call).find(({ name }) => name === input.Name);
    if (document === undefined) refuse('InvalidDocument', `Document with name ${input.Name} does not exist.`);
    const { items, next } = page(
      document.sharedWith,
      input.NextToken,
      input.MaxResults ?? 200,
      200,
      'InvalidNextToken',
    );
    return {
      AccountIds: [...items],
      AccountSharingInfoList: items.map((AccountId) => ({ AccountId, SharedDocumentVersion: '$DEFAULT' })),
      NextToken: next,
    };
  },
};

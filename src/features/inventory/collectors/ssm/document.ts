// Documents of Systems Manager that the account owns, and with whom they are shared.

import {
  DescribeDocumentPermissionCommand,
  type DocumentIdentifier,
  type DocumentKeyValuesFilter,
  paginateListDocuments,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { parseArn } from '../../../../domain/arn.ts';
import type { AnyResource } from '../../../../domain/resource.ts';
import { membersOf, resourceOf, settingArn, tagsOf } from '../../answer.ts';
import type { CollectContext, Collector, Page } from '../../contract.ts';
import { findOne, readPages, resumed } from '../../pages.ts';
import { partsOf } from '../../parts.ts';

const listOperation = 'ssm:ListDocuments';
const permissionOperation = 'ssm:DescribeDocumentPermission';
const must = membersOf(listOperation);
const own: DocumentKeyValuesFilter = { Key: 'Owner', Values: ['Self'] };

/** Account ids, or `all`. */
async function readSharing(context: CollectContext, Name: string): Promise<string[]> {
  const client = context.client(SSMClient);
  const accounts: string[] = [];
  let NextToken: string | undefined;
  do {
    const command = new DescribeDocumentPermissionCommand({ Name, PermissionType: 'Share', NextToken });
    const answer = await client.send(command, { abortSignal: context.signal });
    accounts.push(...membersOf(permissionOperation)(answer.AccountIds, 'AccountIds'));
    NextToken = answer.NextToken;
  } while (NextToken !== undefined && NextToken !== '');
  return accounts.sort();
}

async function readDocument(context: CollectContext, document: DocumentIdentifier): Promise<AnyResource | undefined> {
  const name = must(document.Name, 'Name');
  const parts = partsOf(context, ['InvalidDocument']);
  const sharedWith = await parts.always(permissionOperation, () => readSharing(context, name));
  if (parts.vanished) return undefined;
  return resourceOf(context, 'AWS::SSM::Document', {
    arn: settingArn(context, 'ssm', context.region, `document/${name}`),
    name,
    tags: tagsOf(document.Tags),
    config: { documentType: must(document.DocumentType, 'DocumentType'), sharedWith },
  });
}

function readDocuments(
  context: CollectContext,
  filters: DocumentKeyValuesFilter[],
  cursor?: string,
): AsyncGenerator<Page> {
  const client = context.client(SSMClient);
  const list = resumed(cursor, (startingToken) =>
    paginateListDocuments(
      { client, startingToken, pageSize: 50 },
      { Filters: filters },
      { abortSignal: context.signal },
    ),
  );
  return readPages(
    context,
    list,
    (page) => ({ items: must(page.DocumentIdentifiers, 'DocumentIdentifiers'), next: page.NextToken }),
    (document) => readDocument(context, document),
  );
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::SSM::Document'],
  operations: [listOperation, permissionOperation],
  events: [
    'ssm:CreateDocument',
    'ssm:DeleteDocument',
    'ssm:ModifyDocumentPermission',
    'ssm:AddTagsToResource',
    'ssm:RemoveTagsFromResource',
  ],
  collect: (context) => readDocuments(context, [own], context.cursor),
  refresh(context, arn) {
    const name = parseArn(arn)?.resource.replace(/^document\//, '') ?? arn;
    return findOne(readDocuments(context, [own, { Key: 'Name', Values: [name] }]), arn, []);
  },
};

import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, collectedUntilError, refreshed, refuse } from '../testing.ts';
import { collector } from './document.ts';

const arnOf = (name: string): string => `arn:aws:ssm:eu-west-1:111122223333:document/${name}`;
const document = (Name: string): object => ({
  Name,
  Owner: '111122223333',
  DocumentType: 'Command',
  Tags: [{ Key: 'owner', Value: 'payments' }],
});

interface Filter {
  Key: string;
  Values: string[];
}

const answers: Answers = {
  'ssm:ListDocuments': ({ input }) => {
    const filters = input['Filters'] as Filter[];
    const name = filters.find(({ Key }) => Key === 'Name')?.Values[0];
    if (name !== undefined) return { DocumentIdentifiers: [document(name)] };
    return input['NextToken'] === undefined
      ? { DocumentIdentifiers: [document('one')], NextToken: 'second' }
      : { DocumentIdentifiers: [document('two')] };
  },
  'ssm:DescribeDocumentPermission': ({ input }) => {
    if (input['Name'] === 'two') return { AccountIds: ['all'] };
    return input['NextToken'] === undefined
      ? { AccountIds: ['777788889999'], NextToken: 'more' }
      : { AccountIds: ['444455556666'] };
  },
};

keepsItsPromises('ssm/document', {
  collector,
  answers,
  parts: { 'ssm:DescribeDocumentPermission': ['config.sharedWith'] },
});

describe('ssm/document', () => {
  test('reads every page of its own documents and of whom each is shared with', async () => {
    const { resources, context, pages } = await collected(collector, answers);
    expect(resources).toMatchObject([
      {
        arn: arnOf('one'),
        tags: { owner: 'payments' },
        config: { documentType: 'Command', sharedWith: ['444455556666', '777788889999'] },
      },
      { arn: arnOf('two'), config: { sharedWith: ['all'] } },
    ]);
    expect(pages.map((page) => page.cursor)).toEqual(['second', undefined]);
    const lists = context.calls.filter(({ operation }) => operation === 'ssm:ListDocuments');
    expect(lists.map(({ input }) => input['Filters'])).toEqual([
      [{ Key: 'Owner', Values: ['Self'] }],
      [{ Key: 'Owner', Values: ['Self'] }],
    ]);
  });

  test('one that is gone is left out', async () => {
    const { resources, context } = await collected(collector, {
      ...answers,
      'ssm:DescribeDocumentPermission': refuse('InvalidDocument'),
    });
    expect(resources).toEqual([]);
    expect(context.gaps).toEqual([]);
    const none = { ...answers, 'ssm:ListDocuments': { DocumentIdentifiers: [] } };
    expect(await refreshed(collector, none, arnOf('one'))).toBeUndefined();
  });

  test('a name is not guessed', async () => {
    const { error } = await collectedUntilError(collector, {
      ...answers,
      'ssm:ListDocuments': { DocumentIdentifiers: [{ DocumentType: 'Command' }] },
    });
    expect(error).toMatchObject({ code: 'malformed-answer' });
  });
});

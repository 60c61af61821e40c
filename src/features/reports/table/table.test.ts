import { expect, test } from 'vitest';
import { plainStyle } from '../../../platform/terminal/colour.ts';
import { sampleModel, textOf } from '../testing.ts';
import { renderFindingsTable } from './table.ts';

const footer = async (change: Parameters<typeof sampleModel>[0]): Promise<string> => {
  const model = sampleModel({ gaps: () => [], ...change });
  return await textOf(renderFindingsTable(model, { style: plainStyle, width: undefined }));
};

test('the line below says that all was read only where it was', async () => {
  const [account] = sampleModel().accounts;
  expect(await footer({ coverage: 1 })).toContain('nothing was left unread');
  expect(await footer({ coverage: 0.9 })).toContain('no call failed, but not every check could be judged');
  const skipped = { coverage: 0, accounts: [{ ...account!, scan: 'skipped' as const }] };
  expect(await footer(skipped)).toContain('the last scan looked at none of these accounts');
});

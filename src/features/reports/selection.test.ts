// A report of some findings says so, in every format that has a place for it.

import { expect, test } from 'vitest';
import { plainStyle } from '../../platform/terminal/colour.ts';
import { renderers } from './formats.ts';
import { sampleFinding, sampleModel, textOf } from './testing.ts';

const selection = 'severity critical; the first 2 of 1,234';

test.each(['table', 'html', 'md', 'junit', 'sarif'] as const)('%s says what was selected', async (format) => {
  const render = (change: object): Promise<string> => textOf(renderers[format](sampleModel(change), {}));
  expect(await render({ selection })).toContain(selection);
  expect((await render({})).length).toBeLessThan((await render({ selection })).length);
});

const table = (findings: ReturnType<typeof sampleFinding>[], width?: number): Promise<string> =>
  textOf(
    renderers.table(sampleModel({ findings: () => findings }), {
      style: plainStyle,
      ...(width === undefined ? {} : { width }),
    }),
  );

test('a table without findings still says what could not be seen', async () => {
  const text = await table([]);
  expect(text).toMatch(/^No finding matches\.\n/);
  expect(text).toContain('coverage 94.4 %, 1 gap: not everything could be read');
  expect(text).not.toContain('SEVERITY');
});

test.each([
  [80, ['SEVERITY', 'ACCOUNT', 'CHECK', 'RESOURCE', 'FINDING']],
  [120, ['SEVERITY', 'STATE', 'ACCOUNT', 'ACCOUNT ID', 'REGION', 'CHECK', 'RESOURCE', 'FINDING']],
  [undefined, ['SEVERITY', 'STATE', 'ACCOUNT', 'ACCOUNT ID', 'REGION', 'CHECK', 'RESOURCE', 'TITLE', 'FINDING']],
])('at a width of %s it names the account and gives enough of the id', async (width, headers) => {
  const [head = '', row = ''] = (await table([sampleFinding({ region: 'ap-southeast-2' })], width)).split('\n');
  expect(head.split(/ {2,}/)).toEqual(headers);
  expect(row).toContain('payments-prod');
  expect(row).toMatch(width === undefined ? /vf-0123456789abcdef0123456789abcdef$/ : /vf-0123456789$/);
  expect(row.includes('arn:aws:s3:::example-bucket')).toBe(width === undefined);
  expect(row).toContain('example-bucket');
});

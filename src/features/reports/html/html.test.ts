import { describe, expect, test } from 'vitest';
import { sampleFinding, sampleModel, sampleRule, textOf } from '../testing.ts';
import { renderHtml } from './html.ts';

const page = (change: Parameters<typeof sampleModel>[0] = {}): Promise<string> =>
  textOf(renderHtml(sampleModel(change)));
const at = (text: string, part: string): number => text.indexOf(part);

describe('the page', () => {
  test('says first what matters first, and everything of its contents is there', async () => {
    const text = await page();
    const order = ['class="verdict"', 'id="fix"', 'id="accounts"', 'id="unseen"', 'id="findings"', 'id="why"'];
    const places = order.map((part) => at(text, part));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    for (const [, id = ''] of text.matchAll(/href="#([\w-]+)"/g)) expect(text).toContain(`id="${id}"`);
  });

  test('shows the account with the worst findings first, with its severities as numbers and as a bar', async () => {
    const text = await page({
      findings: () => [
        sampleFinding({ account: '111122223333', severity: 'low', state: 'open' }),
        sampleFinding({ account: '444455556666', severity: 'critical', state: 'open' }),
        sampleFinding({ account: '444455556666', severity: 'high', state: 'open' }),
      ],
    });
    const accounts = text.slice(at(text, 'id="account-table"'), at(text, 'id="unseen"'));
    expect(at(accounts, 'sandbox')).toBeLessThan(at(accounts, 'payments-prod'));
    expect(accounts).toContain('aria-label="1 critical, 1 high"');
    // Two findings fill the width; one of a severity fills half of it.
    expect(accounts).toContain('<rect class="fill-critical" x="0.00" width="120.00"');
    expect(accounts).toContain('<rect class="fill-high" x="120.00" width="120.00"');
    expect(accounts).toContain('<rect class="fill-low" x="0.00" width="120.00"');
  });

  test('explains the checks that it names, with their commands, and no others', async () => {
    const other = { ...sampleRule, id: 's3-other', title: 'Another rule' };
    const rules = new Map([
      [other.id, other],
      [sampleRule.id, { ...sampleRule, fix: { text: 'Do it.', cli: 'aws s3api do <it>' } }],
    ]);
    const text = await page({ rules });
    const why = text.slice(at(text, 'id="why"'));
    expect(why).toContain('<pre>aws s3api do &lt;it&gt;</pre>');
    expect(why).not.toContain('Another rule');
    expect(text).toContain('<a href="#why-2">');
  });

  test('lets names break at their parts only', async () => {
    const text = await page({ findings: () => [sampleFinding({ resource: 'arn:aws:s3:::a/b' })] });
    expect(text).toContain('arn:<wbr>aws:<wbr>s3:<wbr>:<wbr>:<wbr>a/<wbr>b');
  });

  test('names each finding as the command line takes it', async () => {
    const text = await page({ findings: () => [sampleFinding({ id: 'vf-0123456789abcdef0123456789abcdef' })] });
    expect(text).toContain('<span class="soft">vf-0123456789</span>');
  });

  test('says what could not be seen, or that it was nothing', async () => {
    const gap = {
      account: '111122223333',
      regions: ['eu-west-1'],
      service: 'kms',
      action: 'kms:GetKeyPolicy',
      reason: 'denied' as const,
      detail: '',
    };
    const some = await page({ gaps: () => [gap] });
    expect(some).toContain('1 kind of gap; JSON names every account and region.');
    const none = await page({ gaps: () => [] });
    expect(none).toContain('<p>Nothing: everything that was asked for was read.</p>');
    expect(none).not.toContain('nothing of it counts as passed');
  });

  test('without findings says so', async () => {
    const text = await page({ findings: () => [], summary: { bySeverity: {}, byVerdict: {} } });
    expect(text).toContain('<p>Nothing is open.</p>');
    expect(text).toContain('aria-label="no findings"');
  });
});

import { describe, expect, test } from 'vitest';
import { alikeRegions, regionsText, statusText } from './commands.ts';
import type { SecurityService } from './security-services.ts';

const service = (changes: Partial<SecurityService>): SecurityService => ({
  service: 'guardduty',
  status: 'enabled',
  administrator: null,
  plans: {},
  ...changes,
});

const statuses: [Partial<SecurityService>, string][] = [
  [{ status: 'enabled' }, 'enabled'],
  [{ status: 'disabled' }, 'disabled'],
  [{ status: 'unknown' }, 'unknown'],
  [{ status: 'delegated', administrator: '444455556666' }, 'by 444455556666'],
  [{ status: 'delegated' }, 'by another account'],
  [{ plans: { S3_DATA_EVENTS: 'enabled', RUNTIME_MONITORING: 'disabled', NEW: 'unknown' } }, 'enabled, 1/3 plans'],
  [{ status: 'disabled', plans: { EC2: 'disabled' } }, 'disabled'],
  [{ status: 'unknown', plans: { EC2: 'enabled' } }, 'unknown'],
];
test.each(statuses)('%j reads as %s', (changes, text) => {
  expect(statusText(service(changes))).toBe(text);
});

test('a service that nobody looked at is unknown', () => {
  expect(statusText(undefined)).toBe('unknown');
});

describe('regions', () => {
  test('that stand alike share a row', () => {
    const on = [service({})];
    const off = [service({ status: 'disabled' })];
    const rows = alikeRegions({ id: '111122223333', name: 'a' }, [
      { region: 'eu-west-1', services: on },
      { region: 'us-east-1', services: off },
      { region: 'us-west-2', services: [service({})] },
    ]);
    expect(rows).toEqual([
      { account: '111122223333', name: 'a', regions: ['eu-west-1', 'us-west-2'], of: 3, services: on },
      { account: '111122223333', name: 'a', regions: ['us-east-1'], of: 3, services: off },
    ]);
  });

  test.each([
    [['a', 'b'], 2, 'a, b'],
    [['a', 'b', 'c', 'd'], 4, 'all 4 regions'],
    [['a', 'b', 'c', 'd'], 9, '4 of 9 regions'],
  ])('%j of %i', (regions, of, text) => {
    expect(regionsText({ regions, of })).toBe(text);
  });
});

import { expect, test } from 'vitest';
import { type Unread, unread } from '../../../domain/evidence.ts';
import { make } from '../testing.ts';
import { deliveryFailure, records } from './trail-delivery.ts';

const trail = (latestDeliveryError: string | null | Unread, latestDeliveryAt: string | null | Unread, logging = true) =>
  make('AWS::CloudTrail::Trail', { latestDeliveryError, latestDeliveryAt, logging });
const denied = unread('cloudtrail:GetTrailStatus', 'denied');

// Read at 2026-11-20T12:00:00Z.
test.each([
  ['delivers', null, '2026-11-20T11:55:00Z', undefined],
  ['has nothing to deliver', null, '2026-10-01T00:00:00Z', undefined],
  ['has not delivered yet', null, null, undefined],
  ['was refused, and has delivered since', 'NoSuchBucket', '2026-11-20T11:55:00Z', undefined],
  ['was refused, and delivered a second less than a day ago', 'AccessDenied', '2026-11-19T12:00:01Z', undefined],
  ['is refused for a day', 'AccessDenied', '2026-11-19T12:00:00Z', 'AccessDenied'],
  ['is refused, and never delivered', 'NoSuchBucket', null, 'NoSuchBucket'],
  ['is refused, and gives a date that is none', 'NoSuchBucket', 'lately', 'NoSuchBucket'],
])('a trail that %s', (_, error, at, failure) => {
  expect(deliveryFailure(trail(error, at))).toBe(failure);
  expect(records(trail(error, at))).toBe(failure === undefined);
  expect(records(trail(error, at, false))).toBe(false);
});

test('what could not be read is not guessed, but where it decides nothing', () => {
  expect(() => deliveryFailure(trail(denied, null))).toThrow('cloudtrail:GetTrailStatus denied');
  expect(() => deliveryFailure(trail('NoSuchBucket', denied))).toThrow('cloudtrail:GetTrailStatus denied');
  expect(deliveryFailure(trail(null, denied))).toBeUndefined();
  expect(records(trail(denied, denied, false))).toBe(false);
});

test('a long error is cut', () => {
  expect(deliveryFailure(trail('x'.repeat(1000), null))).toHaveLength(100);
});

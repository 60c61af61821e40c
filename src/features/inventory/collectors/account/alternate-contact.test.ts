import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, refuse } from '../testing.ts';
import { collector } from './alternate-contact.ts';

const answers: Answers = {
  'account:GetAlternateContact': {
    AlternateContact: {
      Name: 'Security Desk',
      EmailAddress: 'security@example.com',
      PhoneNumber: '+1 555 0100',
      AlternateContactType: 'SECURITY',
    },
  },
};

keepsItsPromises('account/alternate-contact', { collector, answers });

describe('account/alternate-contact', () => {
  test('keeps that there is a contact, not who it is', async () => {
    const { resources, context } = await collected(collector, answers);
    expect(resources).toMatchObject([
      { arn: 'arn:aws:account::111122223333:alternate-contact', region: 'global', config: { security: true } },
    ]);
    expect(JSON.stringify(resources)).not.toMatch(/Desk|example\.com|555/);
    expect(context.calls).toMatchObject([{ input: { AlternateContactType: 'SECURITY' } }]);
  });

  test('an account without one says so', async () => {
    const { resources } = await collected(collector, {
      'account:GetAlternateContact': refuse('ResourceNotFoundException'),
    });
    expect(resources).toMatchObject([{ config: { security: false } }]);
  });
});

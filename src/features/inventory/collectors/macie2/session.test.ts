import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, collectedUntilError, refreshed, refuse } from '../testing.ts';
import { collector } from './session.ts';

const answers: Answers = {
  'macie2:GetMacieSession': { status: 'ENABLED' },
  'macie2:GetAdministratorAccount': { administrator: { accountId: '444455556666' } },
};

keepsItsPromises('macie2/session', {
  collector,
  answers,
  parts: { 'macie2:GetAdministratorAccount': ['config.administratorAccount'] },
  emptyIsAnAnswer: ['macie2:GetAdministratorAccount'],
});

describe('macie2/session', () => {
  test('reads the session', async () => {
    const { resources } = await collected(collector, answers);
    expect(resources).toMatchObject([
      {
        arn: 'arn:aws:macie2:eu-west-1:111122223333:session',
        config: { status: 'ENABLED', administratorAccount: '444455556666' },
      },
    ]);
  });

  test('where it is not enabled, AWS says so under the name of a refusal', async () => {
    const without = { ...answers, 'macie2:GetMacieSession': refuse('AccessDeniedException', 'Macie is not enabled.') };
    const { resources, context } = await collected(collector, without);
    expect(resources).toEqual([]);
    expect(context.gaps).toEqual([]);
    expect(await refreshed(collector, without, 'arn:aws:macie2:eu-west-1:111122223333:session')).toBeUndefined();
  });

  test.each([
    ['AccessDeniedException', 'User is not authorized to perform: macie2:GetMacieSession on resource: *'],
    ['AccessDeniedException', 'Access denied with an explicit deny in a service control policy'],
    ['InternalServerException', 'Macie is not enabled to answer now.'],
  ])('%s: "%s" is not "not enabled"', async (name, message) => {
    const refused = { ...answers, 'macie2:GetMacieSession': refuse(name, message) };
    const { error } = await collectedUntilError(collector, refused);
    expect(error).toMatchObject({ name });
  });

  test('a session without an administrator stands alone, a paused one is there', async () => {
    const { resources } = await collected(collector, {
      'macie2:GetMacieSession': { status: 'PAUSED' },
      'macie2:GetAdministratorAccount': {},
    });
    expect(resources).toMatchObject([{ config: { status: 'PAUSED', administratorAccount: null } }]);
  });

  test('a session that is switched off meanwhile is left out', async () => {
    const { resources, context } = await collected(collector, {
      ...answers,
      'macie2:GetAdministratorAccount': refuse('AccessDeniedException', 'Macie is not enabled.'),
    });
    expect(resources).toEqual([]);
    expect(context.gaps).toEqual([]);
  });
});

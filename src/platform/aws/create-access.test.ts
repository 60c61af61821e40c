import { IAMClient, ListRolesCommand, ListUsersCommand, paginateListRoles } from '@aws-sdk/client-iam';
import { GetBucketPolicyCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { hostileTexts } from '../../../test/fixtures/hostile-text.ts';
import type { AwsAccessOptions } from './access-options.ts';
import { createAwsAccess } from './create-access.ts';
import { awsError, scriptedAws } from './testing/scripted-aws.ts';

const read = { region: 'eu-west-1', purpose: 'read' } as const;

describe('who we are', () => {
  test('is asked once', async () => {
    const aws = scriptedAws();
    const access = await createAwsAccess(aws.options);
    expect(aws.calls).toEqual([]);
    expect(await access.identity()).toEqual({
      account: '111122223333',
      arn: 'arn:aws:iam::111122223333:user/operator',
      partition: 'aws',
    });
    await access.identity();
    expect(aws.calls).toMatchObject([{ operation: 'sts:GetCallerIdentity', region: 'eu-west-1' }]);
  });

  test.each([
    ['cn-north-1', 'arn:aws-cn:iam::111122223333:user/o', 'aws-cn', ['us-east-1', 'us-gov-west-1', 'cn-north-1']],
    ['us-gov-west-1', 'arn:aws-us-gov:iam::111122223333:user/o', 'aws-us-gov', ['us-east-1', 'us-gov-west-1']],
    ['us-east-1', 'arn:aws:iam::111122223333:user/o', 'aws', ['us-east-1']],
  ])('without a region, %s is found by asking', async (home, Arn, partition, asked) => {
    const aws = scriptedAws(({ operation, region }) => {
      if (operation !== 'sts:GetCallerIdentity') return undefined;
      if (region !== home)
        throw awsError('InvalidClientTokenId', 'The security token included in the request is invalid.', 403);
      return { Account: '111122223333', Arn };
    });
    const { region: _, ...options } = aws.options;
    const access = await createAwsAccess({ ...options, profile: 'no-such-profile' });
    expect(await access.identity()).toMatchObject({ partition });
    expect(aws.calls.map((call) => call.region)).toEqual(asked);
    await access.account('444455556666');
    expect(aws.calls.at(-1)).toMatchObject({
      operation: 'sts:AssumeRole',
      region: home,
      input: { RoleArn: `arn:${partition}:iam::444455556666:role/VedetteRead` },
    });
  });

  test('is asked again after a failure', async () => {
    let failing = true;
    const aws = scriptedAws(({ operation }) => {
      if (operation === 'sts:GetCallerIdentity' && failing)
        throw awsError('ExpiredToken', 'The security token included in the request is expired', 403);
      return undefined;
    });
    const access = await createAwsAccess(aws.options);
    await expect(access.identity()).rejects.toMatchObject({ code: 'credentials-expired' });
    failing = false;
    expect(await access.identity()).toMatchObject({ account: '111122223333' });
  });
});

describe('an account', () => {
  test('is entered by the role, with its external id and the names of the session', async () => {
    const aws = scriptedAws(undefined, { sourceIdentity: 'operator', roleName: 'security/VedetteRead' });
    const access = await createAwsAccess(aws.options);
    const account = await access.account('444455556666');
    expect(account).toMatchObject({ account: '444455556666', partition: 'aws', calls: 0 });
    expect(aws.calls.at(-1)?.input).toEqual({
      RoleArn: 'arn:aws:iam::444455556666:role/security/VedetteRead',
      RoleSessionName: 'vedette-test',
      SourceIdentity: 'operator',
      ExternalId: 'id-of-444455556666',
      DurationSeconds: 3600,
    });
  });

  test('is entered once, however many ask', async () => {
    const aws = scriptedAws();
    const access = await createAwsAccess(aws.options);
    const [one, two] = await Promise.all([access.account('444455556666'), access.account('444455556666')]);
    expect(one).toBe(two);
    expect(aws.calls.filter((call) => call.operation === 'sts:AssumeRole')).toHaveLength(1);
  });

  test('that is our own is read directly, unless configured otherwise', async () => {
    const aws = scriptedAws();
    const access = await createAwsAccess(aws.options);
    expect(await access.account('111122223333')).toBe(await access.own());
    expect(aws.calls.map((call) => call.operation)).toEqual(['sts:GetCallerIdentity']);
    const assuming = await createAwsAccess({ ...aws.options, assumeInOwnAccount: true });
    await assuming.account('111122223333');
    expect(aws.calls.at(-1)).toMatchObject({ operation: 'sts:AssumeRole', key: 'AKIAOPERATOR' });
  });

  test('is entered through the hub, which is "we" from then on', async () => {
    const aws = scriptedAws(undefined, {
      hub: { roleArn: 'arn:aws:iam::777788889999:role/Hub', externalId: 'hub-id' },
    });
    const access = await createAwsAccess(aws.options);
    expect(await access.identity()).toMatchObject({ account: '777788889999' });
    await access.account('444455556666');
    expect(
      aws.calls.map(({ operation, key, input }) => [operation, key, input['RoleArn'], input['ExternalId']]),
    ).toEqual([
      ['sts:GetCallerIdentity', 'AKIAOPERATOR', undefined, undefined],
      ['sts:AssumeRole', 'AKIAOPERATOR', 'arn:aws:iam::777788889999:role/Hub', 'hub-id'],
      ['sts:GetCallerIdentity', 'ASIA777788889999-1', undefined, undefined],
      ['sts:AssumeRole', 'ASIA777788889999-1', 'arn:aws:iam::444455556666:role/VedetteRead', 'id-of-444455556666'],
    ]);
  });

  test('renews its credentials before they expire, and the hub its own', async () => {
    const aws = scriptedAws(undefined, { hub: { roleArn: 'arn:aws:iam::777788889999:role/Hub' } });
    const access = await createAwsAccess(aws.options);
    const iam = (await access.account('444455556666')).client(IAMClient, { ...read, operations: ['iam:ListUsers'] });
    const keys: string[] = [];
    for (const time of ['10:00', '10:49', '10:51', '11:30', '11:45', '13:00']) {
      aws.clock.set(`2026-03-01T${time}:00Z`);
      await iam.send(new ListUsersCommand({}));
      keys.push(aws.calls.at(-1)?.key ?? '');
    }
    // The odd sessions are the hub's.
    expect(keys).toEqual([2, 2, 4, 4, 6, 8].map((session) => `ASIA444455556666-${session}`));
  });

  test('can be asked again after a refusal', async () => {
    let refuse = true;
    const aws = scriptedAws(({ operation }) => {
      if (operation === 'sts:AssumeRole' && refuse)
        throw awsError('AccessDenied', 'User: x is not authorized to perform: sts:AssumeRole', 403);
      return undefined;
    });
    const access = await createAwsAccess(aws.options);
    await expect(access.account('444455556666')).rejects.toMatchObject({
      code: 'assume-role-refused',
      place: { account: '444455556666', action: 'sts:AssumeRole' },
    });
    refuse = false;
    expect(await access.account('444455556666')).toMatchObject({ account: '444455556666' });
  });

  test.each(['', '12345', '11112222333a', "111122223333'; --", '../111122223333'])(
    'has 12 digits, unlike %j',
    async (id) => {
      const access = await createAwsAccess(scriptedAws().options);
      await expect(access.account(id)).rejects.toMatchObject({ code: 'usage' });
    },
  );
});

describe('a client', () => {
  const operations = ['s3:ListBuckets', 'iam:ListRoles'] as const;

  test('refuses an operation that it does not declare, before anything is sent', async () => {
    const aws = scriptedAws();
    const account = await (await createAwsAccess(aws.options)).account('444455556666');
    const s3 = account.client(S3Client, { ...read, operations });
    const sent = aws.calls.length;
    await expect(s3.send(new GetBucketPolicyCommand({ Bucket: 'b' }))).rejects.toMatchObject({
      code: 'operation-not-declared',
    });
    expect(aws.calls).toHaveLength(sent);
    expect(aws.audit.at(-1)).toMatchObject({ action: 'GetBucketPolicy', outcome: 'refused', account: '444455556666' });
  });

  test('refuses what another user of the same account, region and purpose has declared', async () => {
    const aws = scriptedAws();
    const account = await (await createAwsAccess(aws.options)).account('444455556666');
    const other = account.client(S3Client, { ...read, operations: ['s3:GetBucketPolicy'] });
    const s3 = account.client(S3Client, { ...read, operations });
    const command = new GetBucketPolicyCommand({ Bucket: 'b' });
    await expect(s3.send(command)).rejects.toMatchObject({ code: 'operation-not-declared' });
    await Promise.allSettled([other.send(command)]);
    expect(aws.audit.at(-1)).toMatchObject({ action: 'GetBucketPolicy' });
    expect(aws.audit.at(-1)?.outcome).not.toBe('refused');
  });

  test('gives away neither credentials nor middleware, and no command can replace the refusal', async () => {
    const aws = scriptedAws();
    const account = await (await createAwsAccess(aws.options)).account('444455556666');
    const s3 = account.client(S3Client, { ...read, operations });
    expect(s3).toBeInstanceOf(S3Client);
    for (let at: object | null = s3; at !== null; at = Object.getPrototypeOf(at) as object | null) {
      expect(Object.getOwnPropertyNames(at)).not.toContain('config');
      expect(Object.getOwnPropertyNames(at)).not.toContain('middlewareStack');
    }
    const sent = aws.calls.length;
    // By its name, a command's own middleware takes the place of the client's.
    let names: string[] = [];
    await createAwsAccess({
      ...aws.options,
      intercept: (client) => {
        names = client.middlewareStack.identify().map((one) => one.split(' ')[0] ?? '');
        aws.options.intercept?.(client);
      },
    }).then((access) => access.identity());
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => /vedette/i.test(name))).toEqual([]);
    for (const name of ['vedettePurpose', 'vedetteCall', 'undefined', 'anonymous']) {
      const command = new GetBucketPolicyCommand({ Bucket: 'b' });
      command.middlewareStack.add((next) => next, { step: 'initialize', priority: 'high', name, override: true });
      await expect(s3.send(command)).rejects.toMatchObject({ code: 'operation-not-declared' });
    }
    expect(aws.calls).toHaveLength(sent + 1);
  });

  test('cannot be had for an operation beyond its purpose', async () => {
    const account = await (await createAwsAccess(scriptedAws().options)).own();
    const wanted = { ...read, operations: ['s3:PutBucketPolicy'] };
    expect(() => account.client(S3Client, wanted)).toThrow('may not be used for the purpose "read"');
  });

  test('shares what is expensive with those of its account and region alone', async () => {
    const aws = scriptedAws();
    let built = 0;
    const intercept: AwsAccessOptions['intercept'] = (client) => {
      built += 1;
      aws.options.intercept?.(client);
    };
    const access = await createAwsAccess({ ...aws.options, intercept });
    const [one, two] = [await access.account('444455556666'), await access.account('777788889999')];
    const builtFor = (account: typeof one, changes: object = {}): number => {
      const before = built;
      account.client(S3Client, { ...read, operations, ...changes });
      return built - before;
    };
    expect(builtFor(one)).toBe(1);
    expect(builtFor(one)).toBe(0);
    expect(builtFor(one, { operations: ['s3:ListBuckets'] })).toBe(0);
    expect(builtFor(one, { region: 'us-east-1' })).toBe(1);
    expect(builtFor(two)).toBe(1);
  });

  test('records what an answer calls itself as one bounded line without anything unseen', async () => {
    const hostile = hostileTexts().map(({ text }) => text);
    let next = 0;
    const aws = scriptedAws(({ operation }) => {
      if (operation !== 'iam:ListRoles') return undefined;
      const text = hostile[next] ?? '';
      next += 1;
      throw Object.assign(awsError(text, 'x'), { $metadata: { requestId: text, httpStatusCode: 400 } });
    });
    const account = await (await createAwsAccess(aws.options)).account('444455556666');
    const client = account.client(IAMClient, { ...read, operations });
    for (const _ of hostile) await client.send(new ListRolesCommand({})).catch(() => undefined);
    const records = aws.audit.slice(-hostile.length);
    expect(records).toHaveLength(hostile.length);
    for (const { outcome, requestId } of records) {
      // oxlint-disable-next-line no-control-regex
      expect(outcome + requestId).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u200b]/);
      expect(outcome.length).toBeLessThanOrEqual(100);
      expect(requestId.length).toBeLessThanOrEqual(200);
    }
  });

  test('counts and records every attempt, retries and pages included', async () => {
    let attempts = 0;
    const aws = scriptedAws(({ operation, input }) => {
      if (operation !== 'iam:ListRoles') return undefined;
      attempts += 1;
      if (attempts <= 2) throw awsError('Throttling', 'Rate exceeded');
      return input['Marker'] === undefined ? { Roles: [], IsTruncated: true, Marker: 'more' } : { Roles: [] };
    });
    const access = await createAwsAccess(aws.options);
    const account = await access.account('444455556666');
    let pages = 0;
    for await (const _ of paginateListRoles({ client: account.client(IAMClient, { ...read, operations }) }, {}))
      pages += 1;
    expect([pages, account.calls, access.calls]).toEqual([2, 4, 6]);
    expect(aws.audit.slice(-4)).toEqual(
      [
        ['Throttling', 'refused-Throttling'],
        ['Throttling', 'refused-Throttling'],
        ['ok', 'request-5'],
        ['ok', 'request-6'],
      ].map(([outcome, requestId]) => ({
        at: '2026-03-01T10:00:00.000Z',
        account: '444455556666',
        role: 'arn:aws:iam::444455556666:role/VedetteRead',
        purpose: 'read',
        service: 'iam',
        action: 'ListRoles',
        region: 'eu-west-1',
        outcome,
        requestId,
      })),
    );
    expect(aws.audit.slice(0, 2)).toMatchObject([
      { purpose: 'session', action: 'GetCallerIdentity', role: '' },
      {
        purpose: 'session',
        action: 'AssumeRole',
        account: '444455556666',
        role: 'arn:aws:iam::444455556666:role/VedetteRead',
      },
    ]);
  });

  test('stops waiting for its budget when it is aborted', async () => {
    const never: AwsAccessOptions['budget'] = {
      inFlight: 0,
      waiting: 0,
      acquire: (place, signal) =>
        place.service === 'sts'
          ? Promise.resolve({ done: () => undefined })
          : new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))),
    };
    const account = await (await createAwsAccess(scriptedAws(undefined, { budget: never }).options)).own();
    const stop = new AbortController();
    const sent = account
      .client(S3Client, { ...read, operations })
      .send(new ListBucketsCommand({}), { abortSignal: stop.signal });
    setImmediate(() => stop.abort(new Error('the unit is over')));
    await expect(sent).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('of another purpose than reading wants a role of its own', async () => {
    const aws = scriptedAws(undefined, { roleNames: { change: 'VedetteChange' } });
    const account = await (await createAwsAccess(aws.options)).account('444455556666');
    const change = { region: 'eu-west-1', purpose: 'change', operations: ['s3:ListBuckets'] } as const;
    await account.client(S3Client, change).send(new ListBucketsCommand({}));
    expect(aws.audit.at(-1)).toMatchObject({ purpose: 'change', role: 'arn:aws:iam::444455556666:role/VedetteChange' });
    expect(() => account.client(S3Client, { ...change, purpose: 'deliver' })).toThrow(
      'No role is configured for the purpose "deliver"',
    );
  });
});

describe('names are refused when IAM would not take them:', () => {
  test.each<[string, Partial<AwsAccessOptions>]>([
    ['a role ARN', { roleName: 'arn:aws:iam::111122223333:role/VedetteRead' }],
    ['an empty role', { roleName: '' }],
    ['a role with a space', { roleName: 'Vedette Read' }],
    ['a session of one letter', { sessionName: 'v' }],
    ['a session with a slash', { sessionName: 'a/b' }],
    ['a source identity with a colon', { sourceIdentity: 'a:b' }],
    ['a hub that is no role', { hub: { roleArn: 'arn:aws:iam::111122223333:user/x' } }],
  ])('%s', async (_, options) => {
    await expect(createAwsAccess(scriptedAws(undefined, options).options)).rejects.toMatchObject({ code: 'usage' });
  });
});

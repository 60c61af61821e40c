// A small AWS on loopback for the real command line: STS, Organizations with one unit and three accounts, and a refusal
// of everything else, in each protocol's own form.

import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as the server understood it. */
export interface WireCall {
  service: string;
  /** The API's name, where the protocol carries it; else the method and the path. */
  operation: string;
  region: string;
  /** Access key id; `ASIA<account>` is a session of a role in that account. */
  key: string;
  form: URLSearchParams;
  json: Record<string, unknown>;
}

export interface WireAnswer {
  status?: number;
  type?: string;
  headers?: Record<string, string>;
  body: string;
}

/** Answers a call in place of the defaults; undefined leaves it to them. Never answered when it is `hang`. */
export type WireScript = (call: WireCall) => WireAnswer | 'hang' | undefined;

export interface WireAws {
  origin: string;
  calls: WireCall[];
  script: WireScript;
  close(): Promise<void>;
}

export const management = '111122223333';
export const members = ['444455556666', '777788889999'] as const;
const organizationArn = `arn:aws:organizations::${management}`;
const organization = 'o-exampleorgid';

const xml = (action: string, result: string): WireAnswer => ({
  body: `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`,
});
const json = (value: unknown): WireAnswer => ({ type: 'application/x-amz-json-1.1', body: JSON.stringify(value) });

/** An error as AWS would send it in the protocol of the call. */
export function refuse(call: WireCall, code: string, message: string, status = 403): WireAnswer {
  if (call.service === 'ec2')
    return {
      status,
      type: 'text/xml',
      body: `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>r-1</RequestID></Response>`,
    };
  if (call.service === 's3')
    return {
      status,
      type: 'application/xml',
      body: `<Error><Code>${code}</Code><Message>${message}</Message><RequestId>r-1</RequestId></Error>`,
    };
  if (call.form.has('Action'))
    return {
      status,
      type: 'text/xml',
      body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>`,
    };
  return {
    status,
    type: 'application/json',
    headers: { 'x-amzn-errortype': code, 'x-amzn-requestid': 'r-1' },
    body: JSON.stringify({ __type: code, message }),
  };
}

function sts({ operation, form, key }: WireCall): WireAnswer {
  if (operation === 'GetCallerIdentity') {
    const account = /^ASIA(\d{12})$/.exec(key)?.[1];
    const arn =
      account === undefined
        ? `arn:aws:iam::${management}:user/operator`
        : `arn:aws:sts::${account}:assumed-role/VedetteRead/vedette`;
    return xml(operation, `<Arn>${arn}</Arn><UserId>AIDAEXAMPLE</UserId><Account>${account ?? management}</Account>`);
  }
  const account = /^arn:aws:iam::(\d{12}):/.exec(form.get('RoleArn') ?? '')?.[1] ?? '';
  return xml(
    operation,
    `<Credentials><AccessKeyId>ASIA${account}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>`,
  );
}

const account = (id: string, name: string) => ({
  Id: id,
  Arn: `${organizationArn}:account/${organization}/${id}`,
  Name: name,
  Email: `${name}@example.com`,
  Status: 'ACTIVE',
  JoinedMethod: 'CREATED',
  JoinedTimestamp: 1_700_000_000,
});
const all = [account(management, 'management'), account(members[0], 'web'), account(members[1], 'data')];

function organizations({ operation, json: input }: WireCall): WireAnswer | undefined {
  const root = { Id: 'r-root', Arn: `${organizationArn}:root/${organization}/r-root`, Name: 'Root', PolicyTypes: [] };
  const unit = {
    Id: 'ou-root-workload',
    Arn: `${organizationArn}:ou/${organization}/ou-root-workload`,
    Name: 'Workloads',
  };
  const below = input['ParentId'];
  switch (operation) {
    case 'DescribeOrganization':
      return json({
        Organization: {
          Id: organization,
          Arn: `${organizationArn}:organization/${organization}`,
          MasterAccountId: management,
          FeatureSet: 'ALL',
        },
      });
    case 'ListRoots':
      return json({ Roots: [root] });
    case 'ListOrganizationalUnitsForParent':
      return json({ OrganizationalUnits: below === root.Id ? [unit] : [] });
    case 'ListAccountsForParent':
      return json({ Accounts: below === root.Id ? all.slice(0, 1) : all.slice(1) });
    case 'ListAccounts':
      return json({ Accounts: all });
    case 'ListDelegatedAdministrators':
      return json({ DelegatedAdministrators: [] });
    case 'ListAWSServiceAccessForOrganization':
      return json({ EnabledServicePrincipals: [] });
    case 'ListTagsForResource':
      return json({ Tags: [] });
    default:
      return undefined;
  }
}

async function understand(request: IncomingMessage): Promise<WireCall> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const [, key = '', region = '', service = ''] =
    /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
  const isForm = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const form = new URLSearchParams(isForm ? body : '');
  let parsed: unknown = {};
  if (body.startsWith('{')) parsed = JSON.parse(body);
  const target =
    String(request.headers['x-amz-target'] ?? '')
      .split('.')
      .at(-1) ?? '';
  const named = form.get('Action') ?? (target === '' ? `${request.method ?? ''} ${request.url ?? ''}` : target);
  return {
    service: service === '' && form.has('RoleArn') ? 'sts' : service,
    operation: named,
    region,
    key,
    form,
    json: parsed as Record<string, unknown>,
  };
}

/** Starts the server. Its `script` may be set at any time. */
export async function startWireAws(): Promise<WireAws> {
  const wire: WireAws = {
    origin: '',
    calls: [],
    script: () => undefined,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = await understand(request);
    wire.calls.push(call);
    const answer =
      wire.script(call) ??
      (call.service === 'sts' ? sts(call) : undefined) ??
      (call.service === 'organizations' ? organizations(call) : undefined) ??
      refuse(
        call,
        call.service === 'ec2' ? 'UnauthorizedOperation' : 'AccessDeniedException',
        `User: arn:aws:iam::${management}:user/operator is not authorized to perform: ${call.service}:${call.operation} because no identity-based policy allows the action`,
      );
    if (answer === 'hang') return;
    const { status = 200, type = 'text/xml', headers = {}, body } = answer;
    response.writeHead(status, { 'content-type': type, ...headers }).end(body);
  };
  const server = createServer((request, response) => void respond(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  wire.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return wire;
}

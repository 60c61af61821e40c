// Topics and queues of one region of one account: resources that are known by their policies.

import { type ManifestEntry, type PlantKind, behindPerimeter } from '../manifest.ts';
import { keepsOutsidersOut } from '../organization/policies.ts';
import type { Trait } from '../traits.ts';
import type { PolicyDocument } from './iam/state.ts';
import { type Ground, dealtHere } from './region/ground.ts';

export interface PolicyHolder {
  name: string;
  arn: string;
  policy: PolicyDocument | undefined;
  key: string | undefined;
  tags: Readonly<Record<string, string>>;
}

export interface MessagingModel {
  topics: readonly PolicyHolder[];
  queues: readonly PolicyHolder[];
  planted: readonly ManifestEntry[];
}

interface Draft {
  ground: Ground;
  topics: PolicyHolder[];
  queues: PolicyHolder[];
}

type Statement = Readonly<Record<string, unknown>>;

function holder(
  ground: Ground,
  service: keyof typeof openTo,
  name: string,
  statements: readonly Statement[] | undefined,
): PolicyHolder {
  const arn = ground.arn(service, name);
  return {
    name,
    arn,
    policy:
      statements === undefined
        ? undefined
        : { Version: '2012-10-17', Statement: statements.map((statement) => ({ Resource: arn, ...statement })) },
    key: ground.keyArn('data'),
    tags: { owner: ground.site.profile.team },
  };
}

/** What anybody may do in the plant of a service; in the near-misses a condition narrows it. */
const openTo = {
  sns: { Sid: 'Anybody', Effect: 'Allow', Principal: { AWS: '*' }, Action: ['sns:Publish', 'sns:Subscribe'] },
  sqs: { Sid: 'Anybody', Effect: 'Allow', Principal: '*', Action: ['sqs:SendMessage', 'sqs:ReceiveMessage'] },
} as const;

interface Specimen {
  name: string;
  kind: PlantKind;
  note: string;
  statements: readonly Statement[];
}

function specimensOf(ground: Ground, service: keyof typeof openTo): readonly Specimen[] {
  const open: Statement = openTo[service];
  const { account, organization } = ground.site;
  const condition = { StringEquals: { 'aws:SourceAccount': account } };
  return [
    { name: 'anybodys', kind: 'plant', note: 'anybody may use it', statements: [open] },
    {
      name: 'accounts-own',
      kind: 'clean-twin',
      note: 'its own account alone',
      statements: [{ ...open, Principal: { AWS: ground.site.arn('iam', '', 'root') } }],
    },
    {
      name: 'members-own',
      kind: 'near-miss',
      note: 'everybody, but of this organisation',
      statements: [{ ...open, Condition: { StringEquals: { 'aws:PrincipalOrgID': organization.id } } }],
    },
    {
      name: 'services-own',
      kind: 'near-miss',
      note: 'everybody, but on behalf of this account',
      statements: [{ ...open, Condition: condition }],
    },
  ];
}

function mark(
  draft: Draft,
  trait: Trait,
  type: string,
  specimen: { kind: PlantKind; note: string },
  arn: string,
): void {
  draft.ground.record.add(specimen.kind, trait, { type, arn, note: specimen.note });
}

const groups: readonly ((draft: Draft) => void)[] = [
  (draft) => {
    for (const specimen of specimensOf(draft.ground, 'sns')) {
      const topic = holder(draft.ground, 'sns', specimen.name, specimen.statements);
      draft.topics.push(topic);
      mark(draft, 'topic-public', 'AWS::SNS::Topic', specimen, topic.arn);
    }
  },
  (draft) => {
    for (const plain of specimensOf(draft.ground, 'sqs')) {
      const closed = plain.kind === 'plant' && keepsOutsidersOut(draft.ground.site.profile.unit);
      const specimen = closed ? behindPerimeter(plain) : plain;
      const queue = holder(draft.ground, 'sqs', specimen.name, specimen.statements);
      draft.queues.push(queue);
      mark(draft, 'queue-public', 'AWS::SQS::Queue', specimen, queue.arn);
    }
  },
];

export function messagingModel(ground: Ground): MessagingModel {
  const draft: Draft = { ground, topics: [], queues: [] };
  if (ground.used) {
    const { team } = ground.site.profile;
    const own = (service: keyof typeof openTo): readonly Statement[] => [
      { ...openTo[service], Sid: 'Own', Principal: { AWS: ground.site.arn('iam', '', 'root') } },
    ];
    draft.topics.push(holder(ground, 'sns', `${team}-events`, own('sns')));
    draft.queues.push(
      holder(ground, 'sqs', `${team}-work`, own('sqs')),
      holder(ground, 'sqs', `${team}-work-dead`, undefined),
    );
  }
  for (const group of dealtHere(groups, ground, 0.4)) group(draft);
  return {
    topics: draft.topics,
    queues: draft.queues,
    planted: ground.record.entries,
  };
}

// Topics, queues and image repositories of one region of one account: resources that are known by their policies.

import type { ManifestEntry, PlantKind } from '../manifest.ts';
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

export interface Repository extends PolicyHolder {
  scanOnPush: boolean;
  immutable: boolean;
}

export interface MessagingModel {
  topics: readonly PolicyHolder[];
  queues: readonly PolicyHolder[];
  repositories: readonly Repository[];
  planted: readonly ManifestEntry[];
}

interface Draft {
  ground: Ground;
  topics: PolicyHolder[];
  queues: PolicyHolder[];
  repositories: Repository[];
}

type Statement = Readonly<Record<string, unknown>>;

function holder(
  ground: Ground,
  service: string,
  name: string,
  statements: readonly Statement[] | undefined,
): PolicyHolder {
  const arn = ground.arn(service, service === 'ecr' ? `repository/${name}` : name);
  // A repository's policy names no resource: it stands on the repository itself.
  const resource = service === 'ecr' ? {} : { Resource: arn };
  return {
    name,
    arn,
    policy:
      statements === undefined
        ? undefined
        : { Version: '2012-10-17', Statement: statements.map((statement) => ({ ...resource, ...statement })) },
    key: service === 'ecr' ? undefined : ground.keyArn('data'),
    tags: { owner: ground.site.profile.team },
  };
}

/** What anybody may do in the plant of a service; in the near-misses a condition narrows it. */
const openTo = {
  sns: { Sid: 'Anybody', Effect: 'Allow', Principal: { AWS: '*' }, Action: ['sns:Publish', 'sns:Subscribe'] },
  sqs: { Sid: 'Anybody', Effect: 'Allow', Principal: '*', Action: ['sqs:SendMessage', 'sqs:ReceiveMessage'] },
  ecr: { Sid: 'Anybody', Effect: 'Allow', Principal: '*', Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'] },
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
  const specimens: Specimen[] = [
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
  ];
  if (service === 'ecr') return specimens;
  const condition = { StringEquals: { 'aws:SourceAccount': account } };
  return [
    ...specimens,
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

function repository(
  ground: Ground,
  name: string,
  statements: readonly Statement[] | undefined,
  scanOnPush = true,
): Repository {
  return { ...holder(ground, 'ecr', name, statements), scanOnPush, immutable: true };
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
    for (const specimen of specimensOf(draft.ground, 'sqs')) {
      const queue = holder(draft.ground, 'sqs', specimen.name, specimen.statements);
      draft.queues.push(queue);
      mark(draft, 'queue-public', 'AWS::SQS::Queue', specimen, queue.arn);
    }
  },
  (draft) => {
    for (const specimen of specimensOf(draft.ground, 'ecr')) {
      const made = repository(draft.ground, specimen.name, specimen.statements);
      draft.repositories.push(made);
      mark(draft, 'repository-public', 'AWS::ECR::Repository', specimen, made.arn);
    }
  },
  (draft) => {
    for (const [name, scans, kind, note] of [
      ['unscanned', false, 'plant', 'images are not scanned when they arrive'],
      ['scanned', true, 'clean-twin', 'images are scanned when they arrive'],
    ] as const) {
      const made = repository(draft.ground, name, undefined, scans);
      draft.repositories.push(made);
      mark(draft, 'repository-without-scan-on-push', 'AWS::ECR::Repository', { kind, note }, made.arn);
    }
  },
];

export function messagingModel(ground: Ground): MessagingModel {
  const draft: Draft = { ground, topics: [], queues: [], repositories: [] };
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
    if (ground.main) draft.repositories.push(repository(ground, `${team}/app`, undefined));
  }
  for (const group of dealtHere(groups, ground, 0.4)) group(draft);
  return {
    topics: draft.topics,
    queues: draft.queues,
    repositories: draft.repositories,
    planted: ground.record.entries,
  };
}

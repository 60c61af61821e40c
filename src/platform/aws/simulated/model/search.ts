// The search domains of one region of one account.

import type { ManifestEntry, PlantKind } from '../manifest.ts';
import type { Trait } from '../traits.ts';
import type { PolicyDocument } from './iam/state.ts';
import { type Ground, dealtHere } from './region/ground.ts';

type Statement = Readonly<Record<string, unknown>>;

export interface Domain {
  name: string;
  arn: string;
  id: string;
  vpc: { VPCId: string; SubnetIds: string[]; SecurityGroupIds: string[] } | undefined;
  policy: PolicyDocument | undefined;
  /** Whether it asks for names and passwords. */
  asks: boolean;
  tags: Readonly<Record<string, string>>;
}

export interface SearchModel {
  domains: readonly Domain[];
  planted: readonly ManifestEntry[];
}

interface DomainOptions {
  /** On the internet instead of in the VPC. */
  outside?: true;
  statement?: Statement;
  asks?: true;
}

function domainOf(ground: Ground, name: string, options: DomainOptions): Domain {
  const { site } = ground;
  const arn = ground.arn('es', `domain/${name}`);
  const vpc = ground.id('vpc', 'main');
  return {
    name,
    arn,
    id: `${site.account}/${name}`,
    vpc: options.outside
      ? undefined
      : {
          VPCId: vpc,
          SubnetIds: [ground.id('subnet', 'main', 'private-a')],
          SecurityGroupIds: [ground.id('sg', vpc, 'functions')],
        },
    policy: options.statement && {
      Version: '2012-10-17',
      Statement: [{ Action: 'es:*', Resource: `${arn}/*`, ...options.statement }],
    },
    asks: options.asks === true,
    tags: { owner: site.profile.team },
  };
}

interface DomainSpecimen extends DomainOptions {
  name: string;
  kind: PlantKind;
  note: string;
}

const anybody = { Sid: 'Anybody', Effect: 'Allow', Principal: { AWS: '*' } };

function groupsFor({ site }: Ground): readonly { trait: Trait; specimens: readonly DomainSpecimen[] }[] {
  const own = { Sid: 'Own', Effect: 'Allow', Principal: { AWS: site.arn('iam', '', 'root') } };
  return [
    {
      trait: 'search-domain-public',
      specimens: [
        {
          name: 'open-search',
          kind: 'plant',
          note: 'anybody may search and delete',
          outside: true,
          statement: anybody,
        },
        {
          name: 'shut-search',
          kind: 'clean-twin',
          note: 'its own account alone',
          outside: true,
          statement: own,
        },
        {
          name: 'inner-search',
          kind: 'near-miss',
          note: 'everybody by its policy, but it is in a VPC',
          statement: anybody,
        },
        {
          name: 'office-search',
          kind: 'near-miss',
          note: 'everybody, from one network',
          outside: true,
          statement: { ...anybody, Condition: { IpAddress: { 'aws:SourceIp': ['192.0.2.0/24'] } } },
        },
        {
          name: 'asking-search',
          kind: 'near-miss',
          note: 'everybody by its policy, but it asks for a name and a password',
          outside: true,
          statement: anybody,
          asks: true,
        },
      ],
    },
    {
      trait: 'search-domain-outside-vpc',
      specimens: [
        { name: 'outer-logs', kind: 'plant', note: 'an endpoint on the internet', outside: true, statement: own },
        { name: 'inner-logs', kind: 'clean-twin', note: 'in a VPC', statement: own },
      ],
    },
  ];
}

export function searchModel(ground: Ground): SearchModel {
  const domains: Domain[] = [];
  if (ground.main) domains.push(domainOf(ground, 'logs', { asks: true }));
  for (const { trait, specimens } of dealtHere(groupsFor(ground), ground, 0.3)) {
    for (const { name, kind, note, ...options } of specimens) {
      const domain = domainOf(ground, name, options);
      domains.push(domain);
      ground.record.add(kind, trait, { type: 'AWS::OpenSearchService::Domain', arn: domain.arn, note });
    }
  }
  return { domains, planted: ground.record.entries };
}

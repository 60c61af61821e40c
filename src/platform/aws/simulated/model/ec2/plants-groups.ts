// Security groups that let too many in, and groups that look as if they did.

import type { PlantKind } from '../../manifest.ts';
import type { Trait } from '../../traits.ts';
import { type Ec2Draft, type Rule, addGroup, addInterface, attach } from './draft.ts';

export type Ec2Group = (draft: Ec2Draft) => void;

interface GroupSpecimen {
  name: string;
  kind: PlantKind;
  note: string;
  rules: readonly Rule[];
}

const world = '0.0.0.0/0';
const office = '203.0.113.0/24';

function openings(port: number): readonly GroupSpecimen[] {
  const name = (suffix: string): string => `port-${port}-${suffix}`;
  const ports = [port, port] as const;
  return [
    { name: name('world'), kind: 'plant', note: `port ${port} from everywhere`, rules: [{ ports, ipv4: world }] },
    {
      name: name('world6'),
      kind: 'plant',
      note: `port ${port} from everywhere by IPv6`,
      rules: [{ ports, ipv6: '::/0' }],
    },
    {
      name: name('range'),
      kind: 'plant',
      note: `a range of ports around ${port} from everywhere`,
      rules: [{ ports: [port - 2, port + 10], ipv4: world }],
    },
    {
      name: name('halves'),
      kind: 'plant',
      note: `port ${port} from both halves of all addresses`,
      rules: [
        { ports, ipv4: '0.0.0.0/1' },
        { ports, ipv4: '128.0.0.0/1' },
      ],
    },
    {
      name: name('office'),
      kind: 'clean-twin',
      note: `port ${port} from one network`,
      rules: [{ ports, ipv4: office }],
    },
    {
      name: name('internal'),
      kind: 'near-miss',
      note: `port ${port} from 10.0.0.0/8, which is private`,
      rules: [{ ports, ipv4: '10.0.0.0/8' }],
    },
    port === 22
      ? {
          name: name('udp'),
          kind: 'near-miss',
          note: 'UDP port 22 from everywhere: SSH speaks TCP',
          rules: [{ ports, protocol: 'udp', ipv4: world }],
        }
      : {
          name: name('ping'),
          kind: 'near-miss',
          note: 'echo requests from everywhere, and nothing else',
          rules: [{ ports: [8, -1], protocol: 'icmp', ipv4: world }],
        },
    {
      name: name('out'),
      kind: 'near-miss',
      note: `port ${port} to everywhere: outwards`,
      rules: [{ ports, egress: true, ipv4: world }],
    },
    {
      name: name('list'),
      kind: 'near-miss',
      note: `port ${port} from a prefix list`,
      rules: [{ ports, prefixList: 'pl-0123456789abcdef0' }],
    },
  ];
}

const everything: readonly GroupSpecimen[] = [
  { name: 'wide-open', kind: 'plant', note: 'all protocols from everywhere', rules: [{ protocol: '-1', ipv4: world }] },
  {
    name: 'all-tcp',
    kind: 'plant',
    note: 'every TCP port from everywhere',
    rules: [{ ports: [0, 65_535], ipv4: world }],
  },
  {
    name: 'narrow-open',
    kind: 'clean-twin',
    note: 'HTTPS from everywhere',
    rules: [{ ports: [443, 443], ipv4: world }],
  },
  {
    name: 'inside-open',
    kind: 'near-miss',
    note: 'all protocols, from its own VPC alone',
    rules: [{ protocol: '-1', ipv4: '10.20.0.0/16' }],
  },
];

const risky: readonly GroupSpecimen[] = [
  { name: 'mysql-world', kind: 'plant', note: 'MySQL from everywhere', rules: [{ ports: [3306, 3306], ipv4: world }] },
  {
    name: 'postgres-world',
    kind: 'plant',
    note: 'PostgreSQL from everywhere by IPv6',
    rules: [{ ports: [5432, 5432], ipv6: '::/0' }],
  },
  {
    name: 'search-world',
    kind: 'plant',
    note: 'ports 9200 to 9300 from everywhere',
    rules: [{ ports: [9200, 9300], ipv4: world }],
  },
  {
    name: 'mysql-office',
    kind: 'clean-twin',
    note: 'MySQL from one network',
    rules: [{ ports: [3306, 3306], ipv4: office }],
  },
  {
    name: 'web-world',
    kind: 'near-miss',
    note: 'HTTP and HTTPS from everywhere',
    rules: [
      { ports: [443, 443], ipv4: world },
      { ports: [80, 80], ipv4: world },
    ],
  },
];

function plantGroups(trait: Trait, specimens: readonly GroupSpecimen[]): Ec2Group {
  return (draft) => {
    const ids = specimens.map(({ name, kind, note, rules }) => {
      const group = addGroup(draft, name, rules);
      const arn = draft.ground.arn('ec2', `security-group/${group.id}`);
      draft.ground.record.add(kind, trait, { type: 'AWS::EC2::SecurityGroup', arn, note });
      return group.id;
    });
    attach(draft, trait, ids);
  };
}

/** A group that nothing uses, and groups whose use is easily overlooked. */
const unused: Ec2Group = (draft) => {
  const mark = (kind: PlantKind, id: string, note: string): void =>
    draft.ground.record.add(kind, 'security-group-unused', {
      type: 'AWS::EC2::SecurityGroup',
      arn: draft.ground.arn('ec2', `security-group/${id}`),
      note,
    });
  mark(
    'plant',
    addGroup(draft, 'left-over', [{ ports: [443, 443], ipv4: office }]).id,
    'no interface and no other group uses it',
  );
  const attached = addGroup(draft, 'kept', [{ ports: [443, 443], ipv4: office }]);
  addInterface(draft, 'kept', { groups: [attached.id] });
  mark('clean-twin', attached.id, 'attached to a network interface');
  const marker = addGroup(draft, 'marker', []);
  addGroup(draft, 'admits-marker', [{ ports: [8443, 8443], group: marker.id }]);
  attach(draft, 'admits-marker', [draft.groups.at(-1)?.id ?? '']);
  mark('near-miss', marker.id, 'attached to nothing, but another group lets its members in');
  for (const [name, requester, type] of [
    ['for-functions', 'amazon-lambda', 'lambda'],
    ['for-databases', 'amazon-rds', 'interface'],
    ['for-balancers', 'amazon-elb', 'interface'],
  ] as const) {
    const group = addGroup(draft, name, []);
    addInterface(draft, name, { groups: [group.id], requester, type });
    mark('near-miss', group.id, `used by no instance, but by an interface of ${requester}`);
  }
};

export const groupGroups: readonly Ec2Group[] = [
  plantGroups('security-group-ssh-open-to-world', openings(22)),
  plantGroups('security-group-rdp-open-to-world', openings(3389)),
  plantGroups('security-group-everything-open-to-world', everything),
  plantGroups('security-group-risky-port-open-to-world', risky),
  unused,
];

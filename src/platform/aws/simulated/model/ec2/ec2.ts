// The EC2 of one region of one account.

import { type Ground, dealtHere } from '../region/ground.ts';
import { type Ec2Draft, createEc2Draft } from './draft.ts';
import { computeGroups } from './plants-compute.ts';
import { groupGroups } from './plants-groups.ts';
import { markEmptiedDefaultGroup, networkGroups } from './plants-network.ts';
import { addDefaultVpc, addMainVpc } from './vpcs.ts';
import { addWorkloads } from './workloads.ts';

export type Ec2Model = Readonly<Ec2Draft>;

export function ec2Model(ground: Ground): Ec2Model {
  const draft = createEc2Draft(ground);
  addDefaultVpc(draft);
  if (!ground.used) return draft;
  addMainVpc(draft);
  addWorkloads(draft);
  for (const group of [
    ...dealtHere(groupGroups, ground, 0.5),
    ...dealtHere(networkGroups, ground, 0.4),
    ...dealtHere(computeGroups, ground, 0.6),
  ])
    group(draft);
  markEmptiedDefaultGroup(draft);
  return draft;
}

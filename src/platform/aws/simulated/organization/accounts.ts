// The accounts: a cast that every organisation has, then workloads by team and environment, and sandboxes.

import { hostile } from '../hostile.ts';
import { type Random, digits, randomOf } from '../random.ts';
import { defaultRegions } from '../regions.ts';
import type { AccountProfile, AccountRole, AccountState, Environment } from './profile.ts';
import { type Setback, setbacks } from './troubles.ts';
import type { Unit, UnitTree } from './units.ts';
import { title } from './units.ts';

const teamNames = [
  'payments',
  'retail-web',
  'data-platform',
  'identity',
  'logistics',
  'mobile',
  'analytics',
  'search',
  'billing',
  'support-desk',
  'pricing',
  'catalogue',
  'warehouse',
  'loyalty',
  'marketing',
  'fraud',
  'reporting',
  'partners',
  'machine-learning',
  'documents',
];

/** One team to about twelve accounts, five at least. */
export function teamsFor(accounts: number): readonly string[] {
  const wanted = Math.min(Math.max(5, Math.ceil(accounts / 12)), 120);
  return Array.from({ length: wanted }, (_, index) => {
    const name = teamNames[index % teamNames.length] as string;
    const round = Math.floor(index / teamNames.length);
    return round === 0 ? name : `${name}-${round + 1}`;
  });
}

interface Draft {
  name: string;
  role: AccountRole;
  unit: string;
  environment: Environment;
  team: string;
}

const cast: readonly Draft[] = [
  { name: 'Simulated Group management', role: 'management', unit: '', environment: 'platform', team: 'platform' },
  { name: 'security-tooling', role: 'security', unit: 'Security', environment: 'platform', team: 'security' },
  { name: 'log-archive', role: 'log-archive', unit: 'Security', environment: 'platform', team: 'security' },
  { name: 'network-hub', role: 'network', unit: 'Infrastructure/Network', environment: 'platform', team: 'network' },
  { name: 'shared-services', role: 'shared', unit: 'Infrastructure', environment: 'platform', team: 'platform' },
];

const stages = [
  { environment: 'production', suffix: 'prod' },
  { environment: 'staging', suffix: 'staging' },
  { environment: 'development', suffix: 'dev' },
] as const;

const cardholderUnits = ['Workloads/Production/Payments/PCI/Cardholder data', 'Workloads/Production/Payments/PCI'];

function unitFor(team: string, teamIndex: number, environment: Environment, round: number): string {
  if (environment === 'staging') return 'Workloads/NonProduction/Staging';
  if (environment === 'development') {
    return teamIndex < 10
      ? 'Workloads/NonProduction/Development'
      : `Workloads/NonProduction/Development/${title(team)}`;
  }
  if (team === 'payments') return cardholderUnits[round] ?? 'Workloads/Production/Payments';
  return `Workloads/Production/${title(team)}`;
}

function drafts(count: number, teams: readonly string[]): Draft[] {
  const list = cast.slice(0, count);
  let workloads = 0;
  let sandboxes = 0;
  while (list.length < count) {
    if (list.length % 10 === 9) {
      sandboxes += 1;
      const name = sandboxes === 1 ? `sandbox ${hostile.html}` : `sandbox-${sandboxes}`;
      list.push({ name, role: 'sandbox', unit: 'Sandbox', environment: 'sandbox', team: 'innovation' });
      continue;
    }
    const teamIndex = Math.floor(workloads / stages.length) % teams.length;
    const round = Math.floor(workloads / (stages.length * teams.length));
    const stage = stages[workloads % stages.length] ?? stages[0];
    const team = teams[teamIndex] ?? 'payments';
    const name = `${team}-${stage.suffix}${round === 0 ? '' : `-${round + 1}`}`;
    const unit = unitFor(team, teamIndex, stage.environment, round);
    list.push({ name, role: 'workload', unit, environment: stage.environment, team });
    workloads += 1;
  }
  return list;
}

function tagsOf(draft: Draft, index: number): Record<string, string> {
  const critical = draft.role !== 'sandbox' && ['production', 'platform'].includes(draft.environment);
  const tags: Record<string, string> = {
    simulated: 'true',
    owner: `${draft.team}@simulated.example.com`,
    environment: draft.environment,
    criticality: critical ? 'high' : 'low',
    'cost-center': `CC-${1000 + (index % 37)}`,
  };
  if (draft.unit.includes('Cardholder')) tags['data-class'] = 'cardholder';
  if (index % 11 === 7) tags['remark'] = '=1+1 @review -later';
  return tags;
}

function regionsOf(draft: Draft, random: Random): string[] {
  const main = random.pick(['eu-west-1', 'eu-central-1', 'us-east-1']);
  if (draft.role === 'sandbox') return random.chance(0.5) ? ['eu-west-1'] : ['us-east-1'];
  const others = defaultRegions.filter((region) => region !== main);
  const extra = draft.role === 'workload' ? random.pick([0, 0, 1, 1, 2]) : 1;
  return [main, ...random.sample(others, extra)];
}

function stateOf(setback: Setback | undefined): AccountState {
  return setback !== undefined && 'state' in setback ? setback.state : 'ACTIVE';
}

/**
 * Profiles of all accounts.
 * @param troubled whether some accounts cannot be read wholly; without it every account is active and open
 */
export function accountProfiles(
  seed: string,
  count: number,
  tree: UnitTree,
  teams: readonly string[],
  troubled: boolean,
): AccountProfile[] {
  const base = Number(digits(8, seed, 'accounts'));
  const list = drafts(count, teams);
  const planned = troubled ? setbacks(list.map((draft) => draft.role)) : new Map<number, Setback>();
  let plantable = 0;
  return list.map((draft, index): AccountProfile => {
    const random = randomOf(seed, 'profile', index);
    const setback = planned.get(index);
    const state = stateOf(setback);
    const unit: Unit = tree.at(state === 'ACTIVE' ? draft.unit : 'Suspended');
    const usedRegions = regionsOf(draft, random);
    const optedIn = setback !== undefined && 'optedIn' in setback ? setback.optedIn : [];
    const trouble =
      setback !== undefined && 'trouble' in setback ? setback.trouble(usedRegions[0] ?? 'us-east-1') : undefined;
    const carries = ['workload', 'sandbox', 'shared', 'network'].includes(draft.role) || count < 4;
    const plantIndex = carries && state === 'ACTIVE' && trouble === undefined ? plantable++ : undefined;
    return {
      // Four zeros in front: no real account is likely to be meant, and nobody may read an account id as a number.
      id: `0000${String((base + index * 7_654_321) % 100_000_000).padStart(8, '0')}`,
      index,
      name: draft.name,
      email: `aws+${draft.name.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase()}@simulated.example.com`,
      role: draft.role,
      state,
      unit,
      environment: draft.environment,
      team: draft.team,
      tags: tagsOf(draft, index),
      joinedDaysAgo: draft.role === 'management' ? 2400 : random.between(120, 2200),
      joinedMethod: index > 0 && random.chance(0.1) ? 'INVITED' : 'CREATED',
      usedRegions: [...usedRegions, ...optedIn],
      optedIn,
      trouble,
      plantIndex,
    };
  });
}

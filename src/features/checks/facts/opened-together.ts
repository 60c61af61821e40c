// What rules open to the world together, though none does so by itself: 0.0.0.0/1 and 128.0.0.0/1 are every address.

import { covers, internet, worldOf } from './address-ranges.ts';
import { fromEverywhere, isProtocol, type PortRule } from './open-ports.ts';

/** Ports that several rules open, to ranges that make up every address. */
export interface SharedOpening<Rule extends PortRule> extends PortRule {
  rules: readonly Rule[];
}

/** The port ranges of TCP, UDP and all protocols that rules of one direction open together to every address of a family. */
export function openedTogether<Rule extends PortRule>(rules: readonly Rule[]): SharedOpening<Rule>[] {
  const parts = rules.filter((rule) => !fromEverywhere(rule));
  return (['ipv4', 'ipv6'] as const).flatMap((family): SharedOpening<Rule>[] => {
    const ranged = parts.filter((rule) => rule[family] !== null);
    if (!coverWorld(ranged, family)) return [];
    const ofAll = ranged.filter((rule) => rule.protocol === '-1');
    if (coverWorld(ofAll, family))
      return [{ protocol: '-1', fromPort: -1, toPort: -1, ...sourceFor(ofAll, family), rules: ofAll }];
    return (['tcp', 'udp'] as const).flatMap((protocol) => {
      const candidates = ranged.filter((rule) => rule.protocol === '-1' || isProtocol(rule, protocol));
      return openPorts(candidates, family).map((ports) => ({
        protocol,
        ...ports,
        ...sourceFor(ports.rules, family),
      }));
    });
  });
}

type Family = 'ipv4' | 'ipv6';

function coverWorld(rules: readonly PortRule[], family: Family): boolean {
  return covers(rangesOf(rules, family), internet[family]);
}

function rangesOf(rules: readonly PortRule[], family: Family): readonly string[] {
  return rules.map((rule) => rule[family] ?? '');
}

function sourceFor(rules: readonly PortRule[], family: Family): Pick<PortRule, Family> {
  return { ipv4: null, ipv6: null, [family]: worldOf(rangesOf(rules, family), family) };
}

/** Between two ends of rules' port ranges every port is opened by the same rules; what touches is joined. */
function openPorts<Rule extends PortRule>(
  rules: readonly Rule[],
  family: Family,
): { fromPort: number; toPort: number; rules: readonly Rule[] }[] {
  const ranges = rules.map((rule) => ({ rule, ...portRange(rule) }));
  const cuts = [...new Set(ranges.flatMap(({ from, to }) => [from, to + 1]))].sort((a, b) => a - b);
  const found: { fromPort: number; toPort: number; rules: readonly Rule[] }[] = [];
  for (const [index, from] of cuts.entries()) {
    const opening = ranges.filter((one) => one.from <= from && from <= one.to).map(({ rule }) => rule);
    if (!coverWorld(opening, family)) continue;
    const toPort = (cuts[index + 1] ?? 65536) - 1;
    const last = found.at(-1);
    if (last === undefined || last.toPort + 1 < from) found.push({ fromPort: from, toPort, rules: opening });
    else found.splice(-1, 1, { ...last, toPort, rules: [...new Set([...last.rules, ...opening])] });
  }
  return found;
}

function portRange(rule: PortRule): { from: number; to: number } {
  return rule.protocol === '-1' || rule.fromPort === -1
    ? { from: 0, to: 65535 }
    : { from: rule.fromPort, to: rule.toPort };
}

// Which IAM actions exist and how AWS classes each of them. The table is generated from the Service Authorization
// Reference: https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
// Loading it costs a few milliseconds and one long string per service; a service is split only when it is asked for.

import table from '../../generated/iam/actions.json' with { type: 'json' };

/** The access levels of the Service Authorization Reference, as AWS prints them. */
export const accessLevels = ['List', 'Read', 'Write', 'Tagging', 'Permissions management'] as const;
export type AccessLevel = (typeof accessLevels)[number];

/** The actions of one service, sorted by their lower-case names. */
export interface ServiceActions {
  /** The prefix before the colon, lower case. */
  service: string;
  /** Names as AWS writes them, without the prefix. */
  names: readonly string[];
  /** Position in `names` by lower-case name. */
  positions: ReadonlyMap<string, number>;
  /** Access level of each name. */
  levels: readonly AccessLevel[];
}

const levelOfLetter: Readonly<Record<string, AccessLevel>> = {
  L: 'List',
  R: 'Read',
  W: 'Write',
  T: 'Tagging',
  P: 'Permissions management',
};

const rows = new Map(Object.entries(table.services));
const split = new Map<string, ServiceActions>();

/** Where the table comes from, with its version. */
export const actionTableSource: string = table.source;

/** All service prefixes, in the order in which `prefix:action` sorts. */
export function iamServices(): readonly string[] {
  return [...rows.keys()];
}

/** The actions of a service; undefined when AWS lists no such prefix. The prefix ignores case. */
export function serviceActions(service: string): ServiceActions | undefined {
  const prefix = service.toLowerCase();
  const known = split.get(prefix);
  if (known !== undefined) return known;
  const row = rows.get(prefix);
  if (row === undefined) return undefined;
  const [text = '', letters = ''] = row;
  const names = text.split(' ');
  const actions: ServiceActions = {
    service: prefix,
    names,
    positions: new Map(names.map((name, i) => [name.toLowerCase(), i])),
    levels: [...letters].map((letter) => levelOfLetter[letter] ?? 'Write'),
  };
  split.set(prefix, actions);
  return actions;
}

/** Where an action stands in the table; undefined for text that names no action. Case is ignored, as AWS does. */
export function findAction(action: string): { actions: ServiceActions; position: number } | undefined {
  const colon = action.indexOf(':');
  if (colon === -1) return undefined;
  const actions = serviceActions(action.slice(0, colon));
  const position = actions?.positions.get(action.slice(colon + 1).toLowerCase());
  return actions === undefined || position === undefined ? undefined : { actions, position };
}

/** True when AWS lists the action, such as `s3:GetObject`. */
export function actionExists(action: string): boolean {
  return findAction(action) !== undefined;
}

/** The action as AWS writes it (`S3:getobject` → `s3:GetObject`); undefined when AWS does not list it. */
export function canonicalAction(action: string): string | undefined {
  const found = findAction(action);
  return found && `${found.actions.service}:${found.actions.names[found.position]}`;
}

/** The access level of an action; undefined when AWS does not list it. */
export function accessLevelOf(action: string): AccessLevel | undefined {
  const found = findAction(action);
  return found?.actions.levels[found.position];
}

// Every setting of Vedette in one table. The file's JSON schema, the flags' and environment variables' names,
// their parsing and `vedette config explain` all follow from it.

import { z } from 'zod';
import { severities } from '../../domain/severity.ts';
import { colourModes } from '../terminal/colour.ts';

/** How a value is written on the command line and in the environment: lists are separated by commas. */
export type SettingKind = 'text' | 'number' | 'fraction' | 'list' | 'structure';

export interface SettingDefinition {
  kind: SettingKind;
  schema: z.ZodType;
  description: string;
  /**
   * Whether a file that is merely found in the working folder may set it. Otherwise the reason why not:
   * such a file may come with a repository that somebody else wrote.
   */
  inProject: true | string;
  default?: unknown;
  /** Environment variables that count beside `VEDETTE_<NAME>`, after it. */
  environment?: readonly string[];
  /** Not shown by `config explain`: `all` of it, or only the password of a URL. */
  secret?: 'all' | 'url-password';
  /** False when no command has an option for it: secrets do not belong where every user of the machine sees them. */
  flag?: false;
  /** A path: relative to the file that sets it, else to the working folder; `~/` is the home folder. */
  path?: true;
}

const setting = <const D extends SettingDefinition>(definition: D): D => definition;

const text = (max = 1_024): z.ZodString => z.string().min(1).max(max);
const word = (pattern: RegExp, message: string, max = 256): z.ZodString => text(max).regex(pattern, message);
const list = <T extends z.ZodType>(item: T): z.ZodArray<T> => z.array(item).min(1).max(10_000);

const region = word(/^[a-z]{2}(?:-[a-z]+)+-\d{1,2}$/, 'must be a region code such as eu-west-1');
const accountId = word(/^\d{12}$/, 'must be an account id of twelve digits');
const organizationalUnit = word(
  /^(?:ou-|r-|\/)/,
  'must be an OU id (ou-…), a root id (r-…) or a path such as /Workloads/Production',
  512,
);
const tagSelector = word(/^[^=]+(?:=.*)?$/, 'must be a tag key or key=value', 400);
const checkName = word(/^[A-Za-z0-9][\w.*-]*$/, 'must be a check id, an alias or a pattern with *', 128);
const service = word(/^[a-z0-9][a-z0-9-]*$/, 'must be a service name such as s3', 64);
const share = 'must be a share from 0 to 1 such as 0.9, or outside of files a percentage such as 90%';
const sessionWord = word(/^[\w+=,.@-]{2,64}$/, 'must be 2 to 64 letters, digits and _+=,.@-');
const contextValues = {
  owner: text().optional(),
  environment: text().optional(),
  criticality: text().optional(),
  dataClass: text().optional(),
};
const tagKeys = list(text(128)).optional();

export const accountContextSchema = z.strictObject({
  tags: z
    .strictObject({ owner: tagKeys, environment: tagKeys, criticality: tagKeys, dataClass: tagKeys })
    .optional()
    .describe('Tag keys of accounts that say it, the first one present counts'),
  ous: z
    .array(
      z.strictObject({
        path: word(/^\//, 'must be a path from the root such as /Workloads/Production', 512),
        ...contextValues,
      }),
    )
    .max(2_000)
    .optional()
    .describe('What holds for all accounts in or below an OU; the longest path counts'),
});

/** What one account's line in the account context file may say. */
export const accountContextEntry = z.strictObject(contextValues);

const credentials = 'it decides with whose rights AWS is called';

export const settingDefinitions = {
  dataDir: setting({
    kind: 'text',
    schema: text(4_096),
    description: 'Folder of the store, reports and audit log',
    inProject: 'it is the data folder',
    path: true,
  }),
  databaseUrl: setting({
    kind: 'text',
    schema: text(4_096).regex(/^postgres(?:ql)?:\/\//, 'must begin with postgresql://'),
    description: 'Your own PostgreSQL instead of the embedded one',
    inProject: 'it is an endpoint with credentials',
    environment: ['DATABASE_URL'],
    flag: false,
    secret: 'url-password',
  }),
  profile: setting({
    kind: 'text',
    schema: text(256),
    description: 'Profile of the AWS configuration files',
    inProject: credentials,
    environment: ['AWS_PROFILE'],
  }),
  roleName: setting({
    kind: 'text',
    schema: word(/^[\w+=,.@/-]+$/, 'must be a role name, with its path if it has one', 576),
    description: 'Name of the read role in every account',
    inProject: credentials,
    default: 'VedetteRead',
  }),
  externalId: setting({
    kind: 'text',
    schema: word(/^[\w+=,.@:/-]{2,1224}$/, 'must be 2 to 1224 letters, digits and _+=,.@:/-', 1_224),
    description: 'One external id for all accounts, instead of those made for each',
    inProject: credentials,
    secret: 'all',
  }),
  sessionName: setting({
    kind: 'text',
    schema: sessionWord,
    description: 'Name of the role sessions, as CloudTrail will show it',
    inProject: credentials,
    default: 'vedette',
  }),
  sourceIdentity: setting({
    kind: 'text',
    schema: sessionWord,
    description: 'Source identity set on role sessions, as CloudTrail will show it',
    inProject: credentials,
  }),
  hubRole: setting({
    kind: 'text',
    schema: word(/^arn:aws[\w-]*:iam::\d{12}:role\/.+$/, 'must be the ARN of a role', 2_048),
    description: 'Role to assume first, from which the accounts’ roles are assumed',
    inProject: credentials,
  }),
  regions: setting({
    kind: 'list',
    schema: list(region),
    description: 'Only these regions, of those that are enabled',
    inProject: true,
  }),
  excludeRegions: setting({ kind: 'list', schema: list(region), description: 'Not these regions', inProject: true }),
  accounts: setting({ kind: 'list', schema: list(accountId), description: 'Only these accounts', inProject: true }),
  excludeAccounts: setting({
    kind: 'list',
    schema: list(accountId),
    description: 'Not these accounts',
    inProject: true,
  }),
  ous: setting({
    kind: 'list',
    schema: list(organizationalUnit),
    description: 'Only accounts in or below these OUs',
    inProject: true,
  }),
  excludeOus: setting({
    kind: 'list',
    schema: list(organizationalUnit),
    description: 'Not the accounts in or below these OUs',
    inProject: true,
  }),
  tags: setting({
    kind: 'list',
    schema: list(tagSelector),
    description: 'Only accounts with one of these tags, key or key=value',
    inProject: true,
  }),
  excludeTags: setting({
    kind: 'list',
    schema: list(tagSelector),
    description: 'Not accounts with one of these tags',
    inProject: true,
  }),
  accountContext: setting({
    kind: 'structure',
    schema: accountContextSchema,
    flag: false,
    description: 'Owner, environment, criticality and data class of accounts, from their tags and OUs',
    inProject: true,
  }),
  accountContextFile: setting({
    kind: 'text',
    schema: text(4_096),
    description: 'File that gives owner, environment, criticality and data class by account id',
    inProject: true,
    path: true,
  }),
  checks: setting({
    kind: 'list',
    schema: list(checkName),
    description: 'Only these checks, by id or alias',
    inProject: true,
  }),
  excludeChecks: setting({ kind: 'list', schema: list(checkName), description: 'Not these checks', inProject: true }),
  services: setting({
    kind: 'list',
    schema: list(service),
    description: 'Only checks of these services',
    inProject: true,
  }),
  severity: setting({
    kind: 'list',
    schema: list(z.enum(severities)),
    description: 'Only checks of these severities',
    inProject: true,
  }),
  parameters: setting({
    kind: 'structure',
    schema: z.record(checkName, z.record(text(64), z.union([z.number(), text(), z.array(text()).max(1_000)]))),
    description: 'Parameters of checks: check id, parameter, value',
    inProject: true,
  }),
  failOn: setting({
    kind: 'text',
    schema: z.enum([...severities, 'none']),
    description: 'End with exit code 3 when there are findings of this severity or above',
    inProject: true,
    default: 'none',
  }),
  minCoverage: setting({
    kind: 'fraction',
    schema: z.number(share).min(0, share).max(1, share),
    description: 'End with exit code 4 when coverage is below this share, such as 0.9 or 90%',
    inProject: true,
    default: 0,
  }),
  maxInFlight: setting({
    kind: 'number',
    schema: z.int().min(1).max(2_000),
    description: 'AWS calls under way at once, over all accounts',
    inProject: true,
    default: 150,
  }),
  unitSeconds: setting({
    kind: 'number',
    schema: z.int().min(5).max(86_400),
    description: 'Time budget of one unit (account, region, collector), in seconds',
    inProject: true,
    default: 600,
  }),
  retentionDays: setting({
    kind: 'number',
    schema: z.int().min(1).max(3_660),
    description: 'Days that scans and their evidence are kept',
    flag: false,
    inProject: 'it decides what is deleted',
    default: 400,
  }),
  color: setting({
    kind: 'text',
    schema: z.enum(colourModes),
    description: 'Colours on a terminal; NO_COLOR and FORCE_COLOR count with auto',
    inProject: true,
    default: 'auto',
  }),
  logLevel: setting({
    kind: 'text',
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']),
    description: 'What is logged to standard error',
    inProject: true,
    default: 'warn',
  }),
} as const satisfies Record<string, SettingDefinition>;

type Definitions = typeof settingDefinitions;
export type SettingName = keyof Definitions;
export type SettingValue<N extends SettingName> = z.output<Definitions[N]['schema']>;

/** All settings with their values; undefined where nothing is set and there is no default. `dataDir` always has one. */
export type Settings = {
  readonly [N in SettingName]:
    | SettingValue<N>
    | (N extends 'dataDir' ? never : Definitions[N] extends { default: unknown } ? never : undefined);
};

export const settingNames = Object.keys(settingDefinitions) as readonly SettingName[];

export const definitionOf = (name: SettingName): SettingDefinition => settingDefinitions[name];

/** `excludeRegions` → `--exclude-regions`. */
export const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** `excludeRegions` → `VEDETTE_EXCLUDE_REGIONS`. */
export const variableOf = (name: string): string =>
  `VEDETTE_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

/** The shape of a configuration file. */
export const configFileSchema: z.ZodType<Readonly<Record<string, unknown>>> = z.strictObject({
  $schema: text().optional().describe('The JSON schema of this file, for editors'),
  ...Object.fromEntries(
    settingNames.map((name) => {
      const { schema, description } = definitionOf(name);
      return [name, schema.optional().describe(description)];
    }),
  ),
});

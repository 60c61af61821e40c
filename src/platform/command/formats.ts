// The formats of `--output`, by name. Reports write all of them, lists some.

export const formatNames = ['table', 'json', 'ocsf', 'asff', 'csv', 'html', 'sarif', 'md', 'junit'] as const;
export type FormatName = (typeof formatNames)[number];

/** What a file of a format is best called. */
export const fileNames: Readonly<Record<FormatName, string>> = {
  table: 'vedette.txt',
  json: 'vedette.json',
  ocsf: 'vedette.ocsf.json',
  asff: 'vedette.asff.json',
  csv: 'vedette.csv',
  html: 'vedette.html',
  sarif: 'vedette.sarif',
  md: 'vedette.md',
  junit: 'vedette.junit.xml',
};

/** Other names under which people know a format. */
export const formatAliases: Readonly<Record<string, FormatName>> = {
  'json-ocsf': 'ocsf',
  'json-asff': 'asff',
  markdown: 'md',
  'junit-xml': 'junit',
  text: 'table',
};

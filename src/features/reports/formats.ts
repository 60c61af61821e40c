// The formats of reports, by name.

import { plainStyle } from '../../platform/terminal/colour.ts';
import type { Style } from '../../platform/terminal/colour.ts';
import { renderAsff } from './asff/asff.ts';
import { renderCsv } from './csv/csv.ts';
import { renderHtml } from './html/html.ts';
import { renderJson } from './json/json.ts';
import { renderJunit } from './junit/junit.ts';
import { renderMarkdown } from './md/md.ts';
import type { Chunks, ReportModel } from './model.ts';
import { renderOcsf } from './ocsf/ocsf.ts';
import type { OcsfClass } from './ocsf/ocsf.ts';
import { renderSarif } from './sarif/sarif.ts';
import { renderFindingsTable } from './table/table.ts';

export const formatNames = ['table', 'json', 'ocsf', 'asff', 'csv', 'html', 'sarif', 'md', 'junit'] as const;
export type FormatName = (typeof formatNames)[number];

export interface RenderOptions {
  /** For `ocsf`. Default `compliance`. */
  ocsfClass?: OcsfClass;
  /** For `table`: the terminal's width; undefined when the output is not a terminal. */
  width?: number;
  /** For `table`. Default: no colours. */
  style?: Style;
}

export interface Format {
  /** What a file of this format is best called, for example `vedette.ocsf.json`. */
  fileName: string;
  description: string;
  render(model: ReportModel, options: RenderOptions): Chunks;
}

export const formats: Readonly<Record<FormatName, Format>> = {
  table: {
    fileName: 'vedette.txt',
    description: 'table for people',
    render: (model, { width, style = plainStyle }) => renderFindingsTable(model, { width, style }),
  },
  json: { fileName: 'vedette.json', description: 'vedette.scan/1', render: renderJson },
  ocsf: {
    fileName: 'vedette.ocsf.json',
    description: 'OCSF 1.5.0, Compliance Finding (2003) or Detection Finding (2004)',
    render: (model, { ocsfClass }) => renderOcsf(model, ocsfClass),
  },
  asff: { fileName: 'vedette.asff.json', description: 'AWS Security Finding Format 2018-10-08', render: renderAsff },
  csv: { fileName: 'vedette.csv', description: 'semicolon-separated values', render: renderCsv },
  html: { fileName: 'vedette.html', description: 'one self-contained page', render: renderHtml },
  sarif: { fileName: 'vedette.sarif', description: 'SARIF 2.1.0', render: renderSarif },
  md: { fileName: 'vedette.md', description: 'Markdown', render: renderMarkdown },
  junit: { fileName: 'vedette.junit.xml', description: 'JUnit XML', render: renderJunit },
};

/** Other names under which people know a format. */
export const formatAliases: Readonly<Record<string, FormatName>> = {
  'json-ocsf': 'ocsf',
  'json-asff': 'asff',
  markdown: 'md',
  'junit-xml': 'junit',
  text: 'table',
};

// What writes each format of a report.

import type { FormatName } from '../../platform/command/formats.ts';
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

export interface RenderOptions {
  /** For `ocsf`. Default `compliance`. */
  ocsfClass?: OcsfClass;
  /** For `table`: the terminal's width; undefined when the output is not a terminal. */
  width?: number;
  /** For `table`. Default: no colours. */
  style?: Style;
}

export type Renderers = Readonly<Record<FormatName, (model: ReportModel, options: RenderOptions) => Chunks>>;

export const renderers: Renderers = {
  table: (model, { width, style = plainStyle }) => renderFindingsTable(model, { width, style }),
  json: renderJson,
  ocsf: (model, { ocsfClass }) => renderOcsf(model, ocsfClass),
  asff: renderAsff,
  csv: renderCsv,
  html: renderHtml,
  sarif: renderSarif,
  md: renderMarkdown,
  junit: renderJunit,
};

// Writes reports, to standard output and to files.

import type { Writable } from 'node:stream';
import { type OutputTarget, writeOutputs } from '../../platform/command/outputs.ts';
import { type RenderOptions, type Renderers, renderers } from './formats.ts';
import type { ReportModel } from './model.ts';

export interface WriteReportsOptions extends RenderOptions {
  stdout: Writable;
  /** For a command whose result has another shape in some format. */
  instead?: Partial<Renderers>;
}

/**
 * Writes a model in every format asked for. Files are for no terminal: nothing in them is cut or coloured.
 * @returns the files that were written
 */
export async function writeReports(
  model: ReportModel,
  targets: readonly OutputTarget[],
  options: WriteReportsOptions,
): Promise<OutputTarget[]> {
  const { ocsfClass } = options;
  const all = { ...renderers, ...options.instead };
  const plain = ocsfClass === undefined ? {} : { ocsfClass };
  return await writeOutputs(
    targets,
    ({ format, file }) => all[format](model, file === undefined ? options : plain),
    options.stdout,
  );
}

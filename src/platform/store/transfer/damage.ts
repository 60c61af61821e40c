// The error for an export that cannot be taken, with the line where that shows.

import { VedetteError } from '../../../domain/errors.ts';

export function damaged(file: string, line: number, what: string, cause?: unknown): VedetteError {
  return new VedetteError('import-damaged', `${file} is not a whole export: line ${line}: ${what}.`, {
    hint: 'Nothing was imported. Copy the file again from where it was made, or export again.',
    place: { file, key: `line ${line}` },
    ...(cause === undefined ? {} : { cause }),
  });
}

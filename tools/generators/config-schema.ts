// Writes the JSON schema of the configuration file, for editors and for validation elsewhere.

import { z } from 'zod';
import { configFileSchema, definitionOf, settingNames } from '../../src/platform/config/settings.ts';

const path = 'src/generated/config.schema.json';

/** The schema file, generated from the table of settings. */
export async function generateConfigSchema(): Promise<{ path: string; content: string }[]> {
  const schema = z.toJSONSchema(configFileSchema, { io: 'input', target: 'draft-2020-12' });
  const properties = (schema.properties ?? {}) as Record<string, object>;
  for (const name of settingNames) {
    const { default: value, inProject } = definitionOf(name);
    properties[name] = {
      ...properties[name],
      ...(value === undefined ? {} : { default: value }),
      ...(inProject === true ? {} : { $comment: `Not in a file found in the working folder: ${inProject}.` }),
    };
  }
  const content = { ...schema, title: 'Vedette configuration', properties };
  return [{ path, content: `${JSON.stringify(content, null, 2)}\n` }];
}

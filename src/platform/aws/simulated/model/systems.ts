// What Systems Manager holds in one region of one account: documents of its own.

import type { ManifestEntry, PlantKind } from '../manifest.ts';
import { type Ground, dealtHere } from './region/ground.ts';

export interface Document {
  name: string;
  arn: string;
  /** Account ids, or `all`. */
  sharedWith: readonly string[];
  tags: Readonly<Record<string, string>>;
}

export interface SystemsModel {
  documents: readonly Document[];
  planted: readonly ManifestEntry[];
}

interface Specimen {
  name: string;
  kind: PlantKind;
  note: string;
  sharedWith: readonly string[];
}

function specimensOf({ site }: Ground): readonly Specimen[] {
  const member = site.organization.security.id;
  return [
    { name: 'install-agent', kind: 'plant', note: 'shared with all accounts', sharedWith: ['all'] },
    { name: 'restart-service', kind: 'clean-twin', note: 'not shared', sharedWith: [] },
    {
      name: 'rotate-logs',
      kind: 'near-miss',
      note: 'shared with another account of the organisation',
      sharedWith: [member],
    },
  ];
}

export function systemsModel(ground: Ground): SystemsModel {
  const documents: Document[] = [];
  const add = (name: string, sharedWith: readonly string[]): Document => {
    const arn = ground.arn('ssm', `document/${name}`);
    const document = { name, arn, sharedWith, tags: { owner: ground.site.profile.team } };
    documents.push(document);
    return document;
  };
  if (ground.main) add('SSM-SessionManagerRunShell', []);
  for (const specimens of dealtHere([specimensOf(ground)], ground, 0.15)) {
    for (const { name, kind, note, sharedWith } of specimens) {
      const { arn } = add(name, sharedWith);
      ground.record.add(kind, 'document-public', { type: 'AWS::SSM::Document', arn, note });
    }
  }
  return { documents, planted: ground.record.entries };
}

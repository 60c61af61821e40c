// What the parser says of a document, with the name that was most likely meant.

import { nearestName } from '../../../platform/terminal/nearest.ts';
import { conditionOperators } from '../policy/document.ts';
import type { PolicyDocument } from '../policy/document.ts';
import type { Report } from './contract.ts';

const elements = [
  'Version',
  'Id',
  'Statement',
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

export function* parserReports({ problems }: PolicyDocument): Iterable<Report> {
  for (const { code, place, message } of problems) {
    const name = place.slice(place.lastIndexOf('/') + 1);
    const candidates = code === 'operator' ? conditionOperators : code === 'unknown-element' ? elements : [];
    const nearest = nearestName(name.replace(/^For(?:All|Any)Values?:/i, '').replace(/IfExists$/i, ''), candidates);
    yield { code, place, message, ...(nearest === undefined ? {} : { fix: `Did you mean ${nearest}?` }) };
  }
}

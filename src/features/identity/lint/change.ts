// Changed copies of a document, for counter-proofs: the same request, with one thing otherwise.

type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node => value !== null && typeof value === 'object';

/** A copy of plain data without null prototypes; members of any name are kept as own properties. */
function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (!isNode(value)) return value;
  const result = Object.create(null) as Node;
  for (const [key, item] of Object.entries(value)) result[key] = copy(item);
  return result;
}

/** The document with `edit` done to the node that holds the last step of the place. */
function edited(source: unknown, place: string, edit: (holder: Node, step: string) => void): unknown {
  const root = copy(source);
  const steps = place
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = steps.pop();
  let at: unknown = root;
  for (const step of steps) at = isNode(at) ? at[step] : undefined;
  if (last !== undefined && isNode(at) && Object.hasOwn(at, last)) edit(at, last);
  return root;
}

/** Without the value at a place. */
export function without(source: unknown, place: string): unknown {
  return edited(source, place, (holder, step) => delete holder[step]);
}

/** With another value at a place. */
export function replaced(source: unknown, place: string, value: unknown): unknown {
  return edited(source, place, (holder, step) => {
    holder[step] = value;
  });
}

/** With a member added beside the last step of a place. */
export function renamed(source: unknown, place: string, name: string): unknown {
  return edited(source, place, (holder, step) => {
    const value = holder[step];
    delete holder[step];
    holder[name] = value;
  });
}

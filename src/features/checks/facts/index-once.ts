// An index over evidence, built once for each list: many resources are judged against the same list.

/** Remembers what `build` made of a list for as long as the list lives. */
export function indexOnce<Item, Index>(build: (items: readonly Item[]) => Index): (items: readonly Item[]) => Index {
  const built = new WeakMap<readonly Item[], Index>();
  return (items) => {
    const found = built.get(items);
    if (found !== undefined) return found;
    const index = build(items);
    built.set(items, index);
    return index;
  };
}

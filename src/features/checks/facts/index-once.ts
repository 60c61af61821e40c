// An index over evidence, built once for each list: many resources are judged against the same list.

/** Remembers what `build` made of a list for as long as the list lives and does not grow. */
export function indexOnce<Item, Index>(build: (items: readonly Item[]) => Index): (items: readonly Item[]) => Index {
  const built = new WeakMap<readonly Item[], { length: number; index: Index }>();
  return (items) => {
    const found = built.get(items);
    if (found?.length === items.length) return found.index;
    const index = build(items);
    built.set(items, { length: items.length, index });
    return index;
  };
}

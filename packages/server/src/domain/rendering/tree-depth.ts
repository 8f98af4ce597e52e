interface Tree {
  readonly type: string;
  readonly children?: readonly Tree[];
}

/** Teams nests a dozen elements; hundreds are meant to exhaust whoever walks down the tree. */
const maxDepth = 100;

/** Whether a tree of HTML or Markdown is nested beyond reason; itself it walks in width. */
export function isTooDeep(tree: Tree): boolean {
  let level: readonly Tree[] = [tree];
  for (let left = maxDepth; left >= 0; left -= 1) {
    level = level.flatMap(({ children = [] }) => children.filter((child) => "children" in child));
    if (level.length === 0) return false;
  }
  return true;
}

export interface TreeNode {
  readonly label: string;
  readonly children?: readonly TreeNode[];
}

/** A line for each node, below the one that it belongs to. */
export function tree(nodes: readonly TreeNode[], indent = ""): string {
  return nodes
    .map(({ label, children = [] }, index) => {
      const isLast = index === nodes.length - 1;
      const below = tree(children, `${indent}${isLast ? "   " : "│  "}`);
      return `${indent}${isLast ? "└─ " : "├─ "}${label}\n${below}`;
    })
    .join("");
}

import type { AnyNode, Program } from 'acorn';

/** A node with what stands around it. */
export interface Place {
  node: AnyNode;
  parent: AnyNode | null;
  /** the field of the parent that holds the node */
  key: string;
  /** names of the functions, classes and members around it, outermost first: `openClub.overdue` */
  within: string;
}

/** Every node of a tree, each before its children. */
export function placesIn(ast: Program | AnyNode): Place[] {
  const found: Place[] = [];
  const visit = (node: AnyNode, parent: AnyNode | null, key: string, within: string): void => {
    found.push({ node, parent, key, within });
    const name = nameOf(node);
    const inside = name === null ? within : within === '' ? name : `${within}.${name}`;
    for (const [field, value] of Object.entries(node)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (isNode(child)) visit(child, node, field, inside);
      }
    }
  };
  visit(ast as AnyNode, null, '', '');
  return found;
}

function isNode(value: unknown): value is AnyNode {
  return (
    typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
  );
}

/** The name under which what is inside a node is known, or null when the node names nothing. */
function nameOf(node: AnyNode): string | null {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return node.id?.name ?? 'default';
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'Property':
      return node.key.type === 'Identifier' || node.key.type === 'PrivateIdentifier' ? node.key.name : null;
    case 'VariableDeclarator':
      return node.id.type === 'Identifier' ? node.id.name : null;
    default:
      return null;
  }
}

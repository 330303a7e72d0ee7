import type { Node } from 'acorn';
import { OTHERWISE, WHAT_IF } from '../core/counts.ts';
import { parseModule } from './javascript.ts';
import { positionsIn, Weave } from './weave.ts';

/** Code in which small things can go otherwise, one at a time, without being loaded again for each. */
export interface WhatIfs {
  code: string;
  /** where each stands, by number from `first` on: line from 1 in the code as it was */
  lines: number[];
}

// oxlint-disable-next-line typescript/no-explicit-any -- a tree is walked without knowing its nodes
type Tree = Node & Record<string, any>;

/**
 * Lets a module go otherwise: another operator, a number by one more or less, a condition turned round or settled, a
 * statement passed over. Which of them it is, is decided when the code runs (engine/what-if.ts).
 * @param code a JavaScript module
 * @param first number of the first
 */
export function whatIfs(code: string, first: number): WhatIfs {
  const weave = new Weave();
  const lines: number[] = [];
  const lineOf = positionsIn(code);
  /** @returns the number of the first of so many */
  const number = (offset: number, ways: number): number => {
    const { line } = lineOf(offset);
    return first + lines.push(...Array.from({ length: ways }, () => line)) - ways;
  };
  const condition = (test: Tree, isLoop: boolean): void => {
    if (isLoop) weave.around(test, `${WHAT_IF}.loop(${number(test.start, 1)},`, ')');
    else weave.around(test, `${WHAT_IF}.test(${number(test.start, 3)},`, ')');
  };
  const operator = (node: Tree): void => {
    const ways = OTHERWISE[node.operator as string];
    const [left, right] = [node.left as Tree, node.right as Tree];
    const at = left.end + code.slice(left.end, right.start).indexOf(node.operator as string);
    if (!ways || at < left.end || left.type === 'PrivateIdentifier') return;
    const isLazy = node.type === 'LogicalExpression';
    if (isLazy && /\b(?:await|yield)\b/.test(code.slice(right.start, right.end))) return;
    const call = isLazy ? 'either' : 'other';
    const own = JSON.stringify(node.operator);
    weave.around(node, `${WHAT_IF}.${call}(${number(right.start, ways.length)},${own},`, isLazy ? '))' : ')');
    weave.before(at, isLazy ? ',()=>(/*' : ',/*');
    weave.before(at + (node.operator as string).length, '*/');
  };
  const visit = (node: Tree): void => {
    switch (node.type) {
      case 'IfStatement':
      case 'ConditionalExpression':
        condition(node.test as Tree, false);
        break;
      case 'ForStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
        if (node.test) condition(node.test as Tree, true);
        break;
      case 'BinaryExpression':
      case 'LogicalExpression':
        operator(node);
        break;
      case 'Literal':
        if (typeof node.value === 'number')
          weave.around(node, `${WHAT_IF}.number(${number(node.start, 2)},`, ')');
        return;
      case 'ExpressionStatement':
        if (
          /^(?:Assignment|Update|Call)Expression$/.test((node.expression as Node).type) &&
          !callsSuper(node)
        )
          weave.around(node, `{if(${WHAT_IF}.runs(${number(node.start, 1)}))`, '}');
        break;
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
        return;
    }
    for (const [key, value] of Object.entries(node)) {
      // the name of a property is no number to be changed
      if (key === 'key' && !node.computed) continue;
      for (const child of Array.isArray(value) ? value : [value])
        if (typeof child === 'object' && child !== null && 'type' in child) visit(child as Tree);
    }
  };
  visit(parseModule(code) as unknown as Tree);
  return { code: weave.done(code, lineOf).code, lines };
}

const callsSuper = (node: Tree): boolean => (node.expression as Tree).callee?.type === 'Super';

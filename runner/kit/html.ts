import { createRequire } from 'node:module';
import type * as Parse5 from 'parse5';

type Node = Parse5.DefaultTreeAdapterTypes.Node;
type Element = Parse5.DefaultTreeAdapterTypes.Element;

const HTML = 'http://www.w3.org/1999/xhtml';
/** Elements whose text nobody reads on the page. */
const UNSEEN = new Set(['script', 'style', 'template', 'title', 'noscript']);
const VALUE_SHOWN = 60;
const TEXT_SHOWN = 40;

let parser: typeof Parse5 | null = null;

/** The parser is loaded when the first page is parsed: katas without pages do not pay for it. */
function parse5(): typeof Parse5 {
  return (parser ??= createRequire(import.meta.url)('parse5') as typeof Parse5);
}

/** Parses pages as a browser does. */
export class HtmlKit {
  /** The tree that a browser makes of a page; a missing doctype, html or body is supplied as browsers do. */
  parse(html: string): HtmlPage {
    return new HtmlPage(read(parse5().parse(html), null));
  }

  /** What a reader sees of a piece of markup: tags gone, references decoded. */
  textOf(markup: string): string {
    return textUnder(parse5().parseFragment(markup), false);
  }
}

/** A parsed page. */
export class HtmlPage {
  /** all elements in the order of the document, beginning with html */
  readonly elements: readonly HtmlElement[];
  readonly root: HtmlElement;

  constructor(top: readonly HtmlElement[]) {
    this.root = top[0]!;
    this.elements = top.flatMap((e) => [e, ...e.elements]);
  }

  /** Elements with a tag name, in lower case. */
  named(name: string): HtmlElement[] {
    return this.elements.filter((e) => e.name === name);
  }

  withClass(name: string): HtmlElement[] {
    return this.elements.filter((e) => e.hasClass(name));
  }

  /** The first element with an id; null when there is none. */
  byId(id: string): HtmlElement | null {
    return this.elements.find((e) => e.attributes.id === id) ?? null;
  }

  /** What a reader sees: text without scripts, styles and the title. */
  get text(): string {
    return this.root.visible;
  }
}

/** One element of a page. */
export class HtmlElement {
  /** tag name in lower case (elements of svg and math as their own spelling has it) */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly parent: HtmlElement | null;
  readonly children: readonly HtmlElement[];
  readonly #node: Element;

  constructor(node: Element, parent: HtmlElement | null) {
    this.#node = node;
    this.name = node.tagName;
    this.parent = parent;
    const attributes = Object.create(null) as Record<string, string>;
    for (const a of node.attrs) attributes[nameOf(a)] = a.value;
    this.attributes = attributes;
    this.children = read(node, this);
  }

  /** all elements below this one, in the order of the document */
  get elements(): readonly HtmlElement[] {
    return this.children.flatMap((e) => [e, ...e.elements]);
  }

  /** the text in it and below it; of a script or style its source as the browser takes it */
  get text(): string {
    return textUnder(this.#node, true);
  }

  /** the part of its text that a reader sees */
  get visible(): string {
    return textUnder(this.#node, false);
  }

  hasClass(name: string): boolean {
    return (this.attributes.class ?? '').split(/[\t\n\f\r ]+/).includes(name);
  }

  named(name: string): HtmlElement[] {
    return this.elements.filter((e) => e.name === name);
  }

  withClass(name: string): HtmlElement[] {
    return this.elements.filter((e) => e.hasClass(name));
  }

  /** Its start tag as the browser understood it, in one line: `<li class="entry" onmouseover="alert(1)">`. */
  get tag(): string {
    return tagOf(this.#node);
  }

  /**
   * The element and what is in it, in one line for evidence: tags as the browser understood them, texts and values cut.
   * @param most characters at the most; what is cut ends in …
   */
  outline(most = 150): string {
    return short(outlineOf(this.#node), most);
  }
}

function read(node: Node, parent: HtmlElement | null): HtmlElement[] {
  if (!('childNodes' in node)) return [];
  return node.childNodes.filter(isElement).map((child) => new HtmlElement(child, parent));
}

function isElement(node: Node): node is Element {
  return 'tagName' in node;
}

function textUnder(node: Node, all: boolean): string {
  if (node.nodeName === '#text') return (node as Parse5.DefaultTreeAdapterTypes.TextNode).value;
  if (!('childNodes' in node)) return '';
  return node.childNodes
    .filter((child) => all || !UNSEEN.has(child.nodeName))
    .map((child) => textUnder(child, all))
    .join('');
}

function nameOf({ prefix, name }: Element['attrs'][number]): string {
  return prefix ? `${prefix}:${name}` : name;
}

function tagOf(node: Element): string {
  const attributes = node.attrs.map((a) => {
    const quote = a.value.includes('"') ? "'" : '"';
    return ` ${nameOf(a)}=${quote}${short(a.value, VALUE_SHOWN)}${quote}`;
  });
  return `<${node.tagName}${attributes.join('')}>`;
}

function outlineOf(node: Node): string {
  if (node.nodeName === '#text') {
    const text = (node as Parse5.DefaultTreeAdapterTypes.TextNode).value;
    return text.trim() === '' ? '' : short(text, TEXT_SHOWN);
  }
  if (!isElement(node)) return '';
  const inside = node.childNodes.map(outlineOf).join('');
  const empty =
    node.namespaceURI === HTML &&
    /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/.test(node.tagName);
  return tagOf(node) + inside + (empty ? '' : `</${node.tagName}>`);
}

/** One line of at most `most` characters: white space folded, other control characters spelt out. */
function short(text: string, most: number): string {
  const line = text
    .replace(/[\t\n\f\r ]+/g, ' ')
    .replace(/[\p{Cc}\u2028\u2029]/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const points = [...line];
  return points.length <= most ? line : `${points.slice(0, most - 1).join('')}…`;
}

/** One signature in the guest book, as the form sent it. */
export interface Entry {
  name: string;
  homepage: string;
  message: string;
  colour: string;
}

export interface BookOptions {
  title: string;
  /** the operator's own markup: opening hours, season's greetings */
  bannerHtml: string;
}

/** A page is a tree of these until the last line; strings in it are text. */
type Child = string | Piece | readonly Piece[];
interface Piece {
  tag: string;
  attributes: Record<string, string>;
  children: readonly Child[];
  /** markup or script data, written as it is */
  raw?: string;
}

function h(tag: string, attributes: Record<string, string> = {}, ...children: Child[]): Piece {
  return { tag, attributes, children };
}

function raw(tag: string, attributes: Record<string, string>, content: string): Piece {
  return { tag, attributes, children: [], raw: content };
}

const VOID = ['meta', 'link', 'br', 'img'];

function quoted(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}

function serialise(child: Child): string {
  if (typeof child === 'string') return quoted(child);
  if (!('tag' in child)) return child.map(serialise).join('');
  const { tag, attributes, children } = child;
  const inside = Object.entries(attributes).map(([name, value]) => ` ${name}="${quoted(value)}"`);
  const open = `<${tag}${inside.join('')}>`;
  if (VOID.includes(tag)) return open;
  return `${open}${child.raw ?? children.map(serialise).join('')}</${tag}>\n`;
}

const STYLE = `
      body { font: 18px/1.5 Georgia, serif; max-width: 40em; margin: 2em auto; }
      .entry { border-left: 6px solid silver; padding-left: 1em; }
      .name { font-weight: bold; }`;

function signature(e: Entry): Piece {
  const linked = /^(?:https?|mailto):/i.test(e.homepage);
  return h(
    'li',
    { class: 'entry', 'data-colour': e.colour },
    linked
      ? h('a', { class: 'name', href: e.homepage, title: `Visit ${e.name}` }, e.name)
      : h('b', { class: 'name' }, e.name),
    h('p', { class: 'message' }, e.message),
  );
}

// guestbook.js paints the borders and feeds the search box from this
function dataBlock(entries: readonly Entry[]): Piece {
  const json = JSON.stringify(entries).replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);
  return raw('script', { type: 'application/json', id: 'entries' }, json);
}

function counted(n: number): string {
  return n === 1 ? '1 entry' : `${n} entries`;
}

export function renderBook(entries: readonly Entry[], o: BookOptions): string {
  const page = h(
    'html',
    { lang: 'en' },
    h('head', {}, h('meta', { charset: 'utf-8' }), h('title', {}, o.title), raw('style', {}, STYLE)),
    h(
      'body',
      {},
      raw('header', {}, o.bannerHtml),
      h('h1', {}, o.title),
      h('p', {}, `${counted(entries.length)} so far`),
      h('ol', {}, entries.map(signature)),
      dataBlock(entries),
      h('script', { src: '/guestbook.js', defer: '' }),
    ),
  );
  return `<!doctype html>\n${serialise(page)}`;
}

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

/** Markup that may go into a page as it is. Everything else is text. */
class Safe {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

type Hole = string | number | Safe | readonly Safe[];

const REFERENCES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function written(hole: Hole): string {
  if (hole instanceof Safe) return hole.markup;
  if (typeof hole === 'object') return hole.map(written).join('');
  return String(hole).replace(/[&<>"']/g, (c) => REFERENCES[c]!);
}

/** A piece of page. What stands in a hole is text unless it is Safe; attributes are always quoted. */
function page(parts: TemplateStringsArray, ...holes: Hole[]): Safe {
  return new Safe(String.raw({ raw: parts }, ...holes.map(written)));
}

/** The address if it is that of a page, otherwise null. */
function webAddress(homepage: string): string | null {
  const scheme = URL.canParse(homepage) ? new URL(homepage).protocol : '';
  return scheme === 'http:' || scheme === 'https:' ? homepage : null;
}

/** JSON that HTML finds nothing in: every < is written as JSON's own escape. */
function json(data: unknown): Safe {
  return new Safe(JSON.stringify(data).replaceAll('<', '\\u003c'));
}

const STYLE = `
      body { font: 18px/1.5 Georgia, serif; max-width: 40em; margin: 2em auto; }
      .entry { border-left: 6px solid silver; padding-left: 1em; }
      .name { font-weight: bold; }`;

function signature(e: Entry): Safe {
  const home = webAddress(e.homepage);
  return page`
      <li class="entry" data-colour="${e.colour}">
        ${
          home === null
            ? page`<span class="name">${e.name}</span>`
            : page`<a class="name" href="${home}" title="Visit ${e.name}">${e.name}</a>`
        }
        <p class="message">${e.message}</p>
      </li>`;
}

// guestbook.js paints the borders and feeds the search box from this
function dataBlock(entries: readonly Entry[]): Safe {
  return page`<script type="application/json" id="entries">
      ${json(entries)}
    </script>`;
}

function counted(n: number): string {
  return n === 1 ? '1 entry' : `${n} entries`;
}

export function renderBook(entries: readonly Entry[], o: BookOptions): string {
  return page`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>${o.title}</title>
    <style>${new Safe(STYLE)}
    </style>
  </head>
  <body>
    <header>${new Safe(o.bannerHtml)}</header>
    <h1>${o.title}</h1>
    <p>${counted(entries.length)} so far</p>
    <ol>${entries.map(signature)}
    </ol>
    ${dataBlock(entries)}
    <script src="/guestbook.js" defer></script>
  </body>
</html>`.markup;
}

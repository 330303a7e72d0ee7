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

const STYLE = `
      body { font: 18px/1.5 Georgia, serif; max-width: 40em; margin: 2em auto; }
      .entry { border-left: 6px solid silver; padding-left: 1em; }
      .name { font-weight: bold; }`;

function esc(s: string): string {
  return s
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

class Html {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
  toString(): string {
    return this.source;
  }
}

/** Escapes every hole that is not Html already. */
function markup(parts: TemplateStringsArray, ...holes: unknown[]): Html {
  const put = (hole: unknown): string =>
    hole instanceof Html ? hole.source : Array.isArray(hole) ? hole.map(put).join('') : esc(String(hole));
  return new Html(parts.reduce((page, part, i) => page + put(holes[i - 1]) + part));
}

/** Only addresses of pages and mailboxes become links. */
function safeUrl(homepage: string): string {
  return /^(https?|mailto):/i.test(homepage) ? homepage : '#';
}

function signature(e: Entry): Html {
  return markup`
      <li class="entry" data-colour="${e.colour}">
        <a class="name" href="${safeUrl(e.homepage)}" title="Visit ${e.name}">
          ${e.name}
        </a>
        <p class="message">${e.message}</p>
      </li>`;
}

// guestbook.js paints the borders and feeds the search box from this
function dataBlock(entries: readonly Entry[]): Html {
  return markup`<script type="application/json" id="entries">
      ${JSON.stringify(entries)}
    </script>`;
}

function counted(n: number): string {
  return n === 1 ? '1 entry' : `${n} entries`;
}

export function renderBook(entries: readonly Entry[], o: BookOptions): string {
  return markup`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>${o.title}</title>
    <style>${STYLE}
    </style>
  </head>
  <body>
    <header>${o.bannerHtml}</header>
    <h1>${o.title}</h1>
    <p>${counted(entries.length)} so far</p>
    <ol>${entries.map(signature)}
    </ol>
    ${dataBlock(entries)}
    <script src="/guestbook.js" defer></script>
  </body>
</html>`.source;
}

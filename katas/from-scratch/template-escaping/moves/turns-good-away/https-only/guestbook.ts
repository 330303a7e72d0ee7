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

/** Only addresses of pages become links, and only of those that cannot be overheard. */
function safeUrl(homepage: string): string {
  return /^https:/i.test(homepage) ? homepage : '#';
}

const COLOUR = /^(?:[a-z]+|#[0-9a-f]{3,8})$/i;

/** An entry as the template may print it, every field escaped once; never goes anywhere else. */
function printable(e: Entry): Entry {
  return {
    name: esc(e.name),
    homepage: esc(safeUrl(e.homepage)),
    message: esc(e.message),
    colour: COLOUR.test(e.colour) ? e.colour : 'silver',
  };
}

function signature(e: Entry): string {
  return `
      <li class="entry" data-colour="${e.colour}">
        <a class="name" href="${e.homepage}" title="Visit ${e.name}">
          ${e.name}
        </a>
        <p class="message">${e.message}</p>
      </li>`;
}

// guestbook.js paints the borders and feeds the search box from this
function dataBlock(entries: readonly Entry[]): string {
  return `<script type="application/json" id="entries">
      ${JSON.stringify(entries).replaceAll('<', '\\u003c')}
    </script>`;
}

function counted(n: number): string {
  return n === 1 ? '1 entry' : `${n} entries`;
}

export function renderBook(entries: readonly Entry[], o: BookOptions): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>${esc(o.title)}</title>
    <style>${STYLE}
    </style>
  </head>
  <body>
    <header>${o.bannerHtml}</header>
    <h1>${esc(o.title)}</h1>
    <p>${counted(entries.length)} so far</p>
    <ol>${entries.map(printable).map(signature).join('')}
    </ol>
    ${dataBlock(entries)}
    <script src="/guestbook.js" defer></script>
  </body>
</html>`;
}

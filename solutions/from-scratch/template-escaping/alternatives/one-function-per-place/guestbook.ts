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

/** For text between tags. */
function text(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** A whole attribute value, with its quotes. */
function attr(value: string): string {
  return `"${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;
}

/** For href: the address of a page or a mailbox, anything else becomes a link to this very page. */
function url(value: string): string {
  const scheme = /^([a-z]+):/.exec(value.trim().toLowerCase())?.[1];
  return attr(scheme === 'http' || scheme === 'https' || scheme === 'mailto' ? value.trim() : '#');
}

/** For the inside of a script block of type application/json. */
function data(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

const STYLE = `
      body { font: 18px/1.5 Georgia, serif; max-width: 40em; margin: 2em auto; }
      .entry { border-left: 6px solid silver; padding-left: 1em; }
      .name { font-weight: bold; }`;

function signature(e: Entry): string {
  return `
      <li class="entry" data-colour=${attr(e.colour)}>
        <a class="name" href=${url(e.homepage)} title=${attr(`Visit ${e.name}`)}>
          ${text(e.name)}
        </a>
        <p class="message">${text(e.message)}</p>
      </li>`;
}

// guestbook.js paints the borders and feeds the search box from this
function dataBlock(entries: readonly Entry[]): string {
  return `<script type="application/json" id="entries">
      ${data(entries)}
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
    <title>${text(o.title)}</title>
    <style>${STYLE}
    </style>
  </head>
  <body>
    <header>${o.bannerHtml}</header>
    <h1>${text(o.title)}</h1>
    <p>${counted(entries.length)} so far</p>
    <ol>${entries.map(signature).join('')}
    </ol>
    ${dataBlock(entries)}
    <script src="/guestbook.js" defer></script>
  </body>
</html>`;
}

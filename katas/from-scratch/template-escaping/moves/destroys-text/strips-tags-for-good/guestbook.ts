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

/** Only addresses of pages and mailboxes become links. */
function safeUrl(homepage: string): string {
  return /^(https?|mailto):/i.test(homepage) ? homepage : '#';
}

function stripTags(s: string): string {
  return s.replace(/<[^>]*>?/g, '');
}

function signature(e: Entry): string {
  return `
      <li class="entry" data-colour="${esc(e.colour)}">
        <a class="name" href="${esc(safeUrl(e.homepage))}" title="Visit ${esc(e.name)}">
          ${esc(stripTags(e.name))}
        </a>
        <p class="message">${esc(stripTags(e.message))}</p>
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
    <ol>${entries.map(signature).join('')}
    </ol>
    ${dataBlock(entries)}
    <script src="/guestbook.js" defer></script>
  </body>
</html>`;
}

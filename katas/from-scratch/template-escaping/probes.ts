import { probe, type HtmlElement, type HtmlPage, type ProbeContext, type Site } from 'kibitzer/kit';
import type * as Guestbook from './starter/guestbook.ts';

type Context = ProbeContext<typeof Guestbook>;
type Field = keyof Guestbook.Entry | keyof Guestbook.BookOptions;
type Written = Partial<Record<Field, string>>;

const ANN: Guestbook.Entry = {
  name: 'Ann',
  homepage: 'https://ann.example/',
  message: 'Lovely afternoon, thank you.',
  colour: 'teal',
};
const QUIET: Guestbook.BookOptions = { title: 'Guest book', bannerHtml: 'Open on Sundays' };

/** Where the page is shown: addresses in it are resolved against this, as a browser does. */
const SHOWN_AT = 'https://museum.example/guests';

/**
 * The place in a text where the number of the read goes. `(1)` is part of every hostile text: to find the line that
 * read what arrived in the page, the page is rendered once more with another number at each read.
 */
const numbered = (value: string, n: number): string => value.replaceAll('(1)', `(${n})`);

const numbersIn = (text: string): number[] => [...text.matchAll(/\((\d+)\)/g)].map((m) => Number(m[1]));

interface Book {
  entry: Guestbook.Entry;
  options: Guestbook.BookOptions;
}

/** One entry, and the page's options, with some fields as written. */
function book(written: Written): Book {
  const { title, bannerHtml, ...entry } = { ...ANN, ...QUIET, ...written };
  return { entry, options: { title, bannerHtml } };
}

function render(t: Context, { entry, options }: Book): HtmlPage {
  const html = t.mod.renderBook([entry], options);
  t.hold(typeof html === 'string', 'renderBook did not return a string');
  return t.html.parse(html);
}

function pageWith(t: Context, written: Written): HtmlPage {
  return render(t, book(written));
}

/**
 * The line that read the text that arrived where `look` looks: found by the number in it; where no number came through,
 * by there being only one line whose reads of the field are found nowhere on the page. Notes the places as facts.
 */
function readBy(
  t: Context,
  field: Field,
  written: Written,
  look: (page: HtmlPage) => string | undefined,
): Site | null {
  t.reads.clear();
  const { entry, options } = book(written);
  let found: number | undefined;
  let elsewhere = new Set<number>();
  try {
    const page = render(t, {
      entry: t.reads.watch(entry, numbered),
      options: t.reads.watch(options, numbered),
    });
    found = numbersIn(look(page) ?? '')[0];
    elsewhere = new Set(
      page.elements
        .flatMap((e) => numbersIn(Object.values(e.attributes).join(' ')))
        .concat(numbersIn(page.root.text)),
    );
  } catch {
    // pointing must not decide anything: without a number the place stays open
  }
  const site = (found && t.reads.site(found, field)) || t.reads.only(field, elsewhere);
  if (!site) return null;
  for (const read of t.reads.places()) {
    // another line that reads this field may be as guilty: it is not offered as a wrong answer
    if (read.what === field && !sameLine(read.site, site)) continue;
    t.fact({ ...read, what: `${read.what} is read` });
  }
  return site;
}

function sameLine(a: Site | null, b: Site | null): boolean {
  return a?.near.file === b?.near.file && a?.near.line === b?.near.line;
}

function oneLine(text: string): string {
  return text.replaceAll('\n', '⏎').replaceAll('\t', '⇥');
}

function count<T>(all: readonly T[], which: (one: T) => boolean): number {
  return all.filter(which).length;
}

const called = (field: Field): string => (field === 'bannerHtml' ? 'the banner' : `the ${field}`);

// 1 ————————————————————————————————————————————————————————————————————————————————————————————————————————————————

probe({ id: 'works', role: 'gate', sentence: 1, plays: 'renderBook([ann, ben, cem], …)' }, (t: Context) => {
  const ben = {
    name: 'Ben',
    homepage: 'https://ben.example/tea',
    message: 'The mill turned.',
    colour: '#0a7d5c',
  };
  const cem = { name: 'Cem', homepage: 'none of your business', message: 'Too hot.', colour: 'DarkCyan' };
  const html = t.mod.renderBook([{ ...ANN }, { ...ben }, { ...cem }], { ...QUIET });
  t.hold(typeof html === 'string', 'it did not return a string');
  const page = t.html.parse(html);
  const entries = page.withClass('entry');
  t.equal(entries.length, 3, 'three entries were passed in, but not three elements have the class "entry"');
  for (const [i, written] of [ANN, ben, cem].entries()) {
    const entry = entries[i]!;
    const part = (name: string): string | undefined => entry.withClass(name)[0]?.text.trim();
    t.equal(part('name'), written.name, 'the element of class "name" does not read as the name');
    t.equal(part('message'), written.message, 'the element of class "message" does not read as the message');
    t.equal(entry.attributes['data-colour'], written.colour, 'data-colour is not the colour');
    if (written === cem) continue;
    t.hold(
      linksIn(entry).includes(written.homepage),
      `${written.name}'s entry has no link to ${written.homepage}`,
    );
  }
  t.equal(page.named('title')[0]?.text.trim(), QUIET.title, '<title> is not the title');
  t.hold(page.text.includes(QUIET.bannerHtml), 'the banner is not on the page');
  const block = page.byId('entries');
  t.hold(block?.name === 'script', 'there is no <script id="entries">');
  t.equal(block!.attributes.type, 'application/json', '<script id="entries"> has another type');
});

// 2 ————————————————————————————————————————————————————————————————————————————————————————————————————————————————

/** What markup can look like. No quotes in it, so that it can leave no quoted attribute. */
const MARKUP = [
  ['tag', '<img src=x onerror=alert(1)>'],
  ['other-tag', '<svg onload=alert(1)>'],
  // no program, and an element all the same
  ['plain-tag', '<b>thank you (1)</b>'],
  ['unclosed', '<img src=x onerror=alert(1) alt='],
  ['nested', '<<b>img src=x onerror=alert(1)>'],
  ['closing', '<img src=x onerror=alert(1)>'],
] as const;
const PLANTED = ['img', 'svg', 'b'];
const PROGRAM = '<script>alert(1)</script>';

/** A text of the field that carries the payload and is otherwise of the field's kind. */
function carrying(field: Field, payload: string): string {
  if (field === 'homepage') return `https://ann.example/${payload}`;
  return field === 'title' ? `</title>${payload}` : payload;
}

/** An end tag for the element that a field's text stands in: some elements hold nothing but text until it comes. */
function endOf(page: HtmlPage, field: Field): string {
  const e = field === 'name' || field === 'message' ? element(page, field) : undefined;
  return e ? `</${e.name}>` : '';
}

probe(
  {
    id: 'text-stays-text',
    sentence: 2,
    plays: "renderBook([{ …, message: '<img src=x onerror=alert(1)>' }], …)",
  },
  (t: Context) => {
    const ordinary = pageWith(t, {});
    const planted = (page: HtmlPage): HtmlElement | undefined => {
      const name = PLANTED.find((n) => page.named(n).length > ordinary.named(n).length);
      const found = name ? page.named(name) : [];
      const live = (e: HtmlElement): boolean => 'onerror' in e.attributes || 'onload' in e.attributes;
      return (
        found.find(live) ??
        found.find((e) => /(?:alert|thank you )\(\d+\)/.test(e.tag + e.text)) ??
        found.at(-1)
      );
    };
    for (const [how, payload] of MARKUP) {
      for (const field of ['message', 'name', 'title', 'homepage', 'colour'] as const) {
        const written = {
          [field]: carrying(field, how === 'closing' ? endOf(ordinary, field) + payload : payload),
        };
        const element = planted(pageWith(t, written));
        if (!element) continue;
        t.see('parsed', how);
        t.see('field', field);
        t.see('element', element.name);
        const ran =
          pageWith(t, { [field]: carrying(field, PROGRAM) }).named('script').length >
          ordinary.named('script').length;
        t.see('stops', ran ? 'nothing' : 'scripts');
        const site = readBy(t, field, written, (page) => {
          const e = planted(page);
          return e && e.tag + e.text;
        });
        t.fact({ kind: 'page', wrote: written[field]!, became: element.tag, site });
        t.hold(false, `${called(field)} became an element of the page: ${element.tag}`);
      }
    }
    t.see('parsed', 'no');
  },
);

// 3 ————————————————————————————————————————————————————————————————————————————————————————————————————————————————

/** What ends an attribute: white space where there are no quotes, or the quote. No angle brackets, so that no element can arise. */
const ENDS = [
  ['blank', ' onmouseover=alert(1)'],
  ['blank', '\tonmouseover=alert(1)'],
  ['quote', '" onmouseover="alert(1)'],
  ['quote', "' onmouseover='alert(1)"],
  // past a check of how it begins or ends, and past an escape of the first quote only
  ['quote', '" onmouseover="alert(1)" x'],
  ['quote', '"" onmouseover="alert(1)'],
  ['quote', "'' onmouseover='alert(1)"],
] as const;
const WORDS: Written = {
  colour: 'red',
  homepage: 'https://ann.example/',
  name: 'Mallory',
  message: 'Hello',
  title: 'Guests',
};

probe(
  {
    id: 'attribute-stays-attribute',
    sentence: 3,
    plays: "renderBook([{ …, colour: 'red onmouseover=alert(1)' }], …)",
  },
  (t: Context) => {
    const has = (e: HtmlElement): boolean => 'onmouseover' in e.attributes;
    const ordinary = count(pageWith(t, {}).elements, has);
    const grown = (page: HtmlPage): HtmlElement | undefined =>
      count(page.elements, has) > ordinary ? page.elements.find(has) : undefined;
    for (const [end, payload] of ENDS) {
      for (const field of ['colour', 'homepage', 'name', 'message', 'title'] as const) {
        const written = { [field]: `${WORDS[field]}${payload}` };
        const element = grown(pageWith(t, written));
        if (!element) continue;
        t.see('ends-at', end);
        t.see('field', field);
        const site = readBy(t, field, written, (page) => grown(page)?.attributes.onmouseover);
        t.fact({
          kind: 'page',
          wrote: oneLine(written[field]!),
          became: `<${element.name} … onmouseover="${element.attributes.onmouseover!.slice(0, 12)}">`,
          site,
        });
        t.hold(false, `${called(field)} gave <${element.name}> an attribute onmouseover`);
      }
    }
    t.see('ends-at', 'nowhere');
  },
);

// 4 ————————————————————————————————————————————————————————————————————————————————————————————————————————————————

/** What is no address of a page or a mailbox. */
const NOT_THE_WEB = [
  ['plain', 'javascript:alert(1)'],
  ['disguised', ' JaVaScRiPt:alert(1)'],
  ['disguised', 'java\tscript:alert(1)'],
  ['mentions', 'javascript:alert(1)//https://'],
  ['mentions', 'javascript:alert(1)//\nhttps://ann.example/'],
  ['mentions', 'web+http://ann.example/(1)'],
  ['other-scheme', 'data:text/html,hello(1)'],
  ['other-scheme', 'vbscript:alert(1)'],
  ['no-address', 'none of your business (1)'],
  ['no-address', 'http://['],
  ['no-address', ''],
] as const;
/** Addresses that are linked, each with another one of its kind that can be numbered. */
const THE_WEB = [
  ['https://a.example/?a=1&b=2&amp;c=3', 'https://a.example/?a=(1)&b=2&amp;c=3'],
  ['HTTPS://Ann.example/', 'HTTPS://Ann.example/(1)'],
  ['http://ann.example/guests', 'http://ann.example/guests(1)'],
  ['mailto:ann@ann.example', 'mailto:ann(1)@ann.example'],
  ['https://a.example/?q="tea"', 'https://a.example/?q="tea(1)"'],
] as const;

/** The address that a link leads to in a browser; null when it leads nowhere. */
function goesTo(href: string): URL | null {
  try {
    return new URL(href, SHOWN_AT);
  } catch {
    return null;
  }
}

/** Whether a link leads anywhere but to the page it is on. */
function leavesThePage(href: string): boolean {
  const [there, here] = [goesTo(href), new URL(SHOWN_AT)];
  return there !== null && (there.origin !== here.origin || there.pathname !== here.pathname);
}

function linksIn(entry: HtmlElement): string[] {
  return [entry, ...entry.elements].flatMap((e) => {
    const href =
      e.name === 'a' || e.name === 'area' ? (e.attributes.href ?? e.attributes['xlink:href']) : undefined;
    return href === undefined ? [] : [href];
  });
}

function linksOf(page: HtmlPage): string[] {
  return page.withClass('entry').flatMap(linksIn);
}

probe(
  {
    id: 'link-goes-to-the-web',
    sentence: 4,
    plays: "renderBook([{ …, homepage: 'javascript:alert(1)' }], …)",
  },
  (t: Context) => {
    const astray = (page: HtmlPage): string | undefined =>
      linksOf(page).find(
        (href) => !['http:', 'https:', 'mailto:'].includes(goesTo(href)?.protocol ?? 'http:'),
      );
    for (const [kind, homepage] of NOT_THE_WEB) {
      const href = astray(pageWith(t, { homepage }));
      if (href === undefined) continue;
      t.see('followed', kind);
      const site = readBy(t, 'homepage', { homepage }, astray);
      t.fact({ kind: 'page', wrote: oneLine(homepage), became: `opens ${goesTo(href)!.href}`, site });
      t.hold(false, `a link leads to ${goesTo(href)!.href}`);
    }
    t.see('followed', 'none');
    for (const [homepage, number] of THE_WEB) {
      const hrefs = linksOf(pageWith(t, { homepage }));
      const leads = (href: string): boolean => goesTo(href)?.href === goesTo(homepage)!.href;
      if (hrefs.some(leads)) continue;
      const twice = hrefs.find((href) => leads(t.html.textOf(href)));
      const elsewhere = hrefs.find(leavesThePage);
      t.see(
        'good',
        twice !== undefined
          ? 'escaped'
          : elsewhere === undefined
            ? 'gone'
            : goesTo(elsewhere)?.href === goesTo(t.html.textOf(homepage))?.href
              ? 'decoded'
              : homepage.startsWith(elsewhere)
                ? 'cut'
                : isPartOf(elsewhere, homepage)
                  ? 'shorter'
                  : 'other',
      );
      const site = readBy(t, 'homepage', { homepage: number }, (page) => linksOf(page).join(' '));
      t.fact({
        kind: 'page',
        wrote: homepage,
        became: elsewhere === undefined ? 'no link' : `opens ${elsewhere}`,
        site,
      });
      t.equal(
        elsewhere,
        homepage,
        `the link to ${homepage} is ${elsewhere === undefined ? 'gone' : 'another one'}`,
      );
    }
    t.see('good', 'kept');
  },
);

// 7, used by 5 too ————————————————————————————————————————————————————————————————————————————————————————————————————

type Reads = 'same' | 'escaped' | 'decoded' | 'shorter' | 'replaced' | 'other';

/** How the text that arrived differs from what was written. */
function compared(t: Context, wrote: string, arrived: string): Reads {
  const [was, is] = [wrote.trim(), arrived.trim()];
  if (is === was) return 'same';
  if (t.html.textOf(is) === was) return 'escaped';
  if (isPartOf(is, was)) return t.html.textOf(was) === is ? 'decoded' : 'shorter';
  return unpunctuated(is) === unpunctuated(was) ? 'replaced' : 'other';
}

/** Whether a text is another one with characters left out. */
function isPartOf(part: string, whole: string): boolean {
  const rest = [...part];
  for (const c of whole) if (c === rest[0]) rest.shift();
  return rest.length === 0;
}

/** A text without what is special to HTML, and without the characters that usually take its place. */
function unpunctuated(text: string): string {
  return text.replace(
    /[\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007e\u2018-\u201f\u2039\u203a\s]/gu,
    '',
  );
}

const PUNCTUATED = `Tom & "O'Brien" (1) 2 < 3 > 1 💬`;
const REFERENCE = 'In HTML (1) an & is written &amp;';
const TAGGED = 'Write <b>bold</b> like this (1)';
const DOLLAR = "It was 5$ & worth it (1), $& $' $1";

// 5 ————————————————————————————————————————————————————————————————————————————————————————————————————————————————

const EARLY = ['Bye (1) </script><script>alert(1)</script>', 'Bye (1) </SCRIPT ><script>alert(1)</script>'];
const LATE = 'Bye (1) <!--<script>';
const SEPARATORS = 'one\u2028two\u2029three (1)';

/** The text of the data block, and what it parses to. */
function dataBlock(page: HtmlPage): { text: string; data: unknown } {
  const text = page.byId('entries')?.text ?? '';
  return { text, data: parsed(text) };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

probe(
  {
    id: 'data-block-stays-data',
    sentence: 5,
    plays: "renderBook([{ …, message: '</script><script>alert(1)</script>' }], …)",
  },
  (t: Context) => {
    const numberIn = (page: HtmlPage): string => dataBlock(page).text;
    /** compares the block with what was passed in */
    const judge = (message: string): void => {
      const page = pageWith(t, { message });
      const { text, data } = dataBlock(page);
      if (data === undefined) {
        const at = text.indexOf('Bye (1)');
        const tail = at >= 0 ? text.slice(at) : '';
        const decoded = parsed(t.html.textOf(text)) !== undefined;
        const there = page.byId('entries') !== null;
        const block = !there
          ? 'gone'
          : decoded
            ? 'escaped'
            : tail === ''
              ? 'not-json'
              : message === LATE
                ? 'ends-late'
                : 'ends-early';
        t.see('block', block);
        const site = readBy(t, 'message', { message }, numberIn);
        const next = page.elements[page.elements.findIndex((e) => e.attributes.id === 'entries') + 1];
        const became = {
          'ends-early': `block ends at "${tail.trimEnd()}, ${next?.name === 'script' ? '<script> runs' : 'the rest is page'}`,
          'ends-late': `block goes on to …${tail.trimEnd().slice(-30)}`,
          gone: 'no data block',
          escaped: text.trim().slice(0, 60),
          'not-json': text.trim().slice(0, 60),
        }[block];
        const wrote = message.length > 26 && at >= 0 ? `${message.slice(0, 25)}…` : message;
        t.fact({ kind: 'page', wrote, became: became.replace(/\s+/g, ' '), site });
        t.hold(
          false,
          {
            'ends-early': 'the data block ends in the middle of a message',
            'ends-late': 'the data block takes the rest of the page into itself',
            gone: 'the data block is gone',
            escaped: 'the data block holds JSON escaped for HTML: it does not parse',
            'not-json': 'what a browser finds in the data block is not JSON',
          }[block],
        );
      }
      const first = (Array.isArray(data) ? data[0] : undefined) as Partial<Guestbook.Entry> | undefined;
      const arrived = typeof first?.message === 'string' ? first.message : '';
      const reads = compared(t, message, arrived);
      if (reads !== 'same') {
        t.see('values', reads);
        const site = readBy(t, 'message', { message }, numberIn);
        t.fact({ kind: 'page', wrote: oneLine(message), became: oneLine(arrived) || 'no message', site });
      }
      t.equal(arrived, message, 'the message in the data block is not the one that was written');
      const { name, homepage, colour } = first ?? {};
      t.equal(
        { name, homepage, colour },
        { ...ANN, message: undefined },
        'the data block lost part of an entry',
      );
    };
    for (const message of [PUNCTUATED, ...EARLY, LATE, SEPARATORS]) judge(message);
    t.see('block', 'whole');
    t.see('values', 'same');
  },
);

// 6 ————————————————————————————————————————————————————————————————————————————————————————————————————————————————

const BANNER = '<b id="hours">Open (1) &amp; free</b>';

probe(
  {
    id: 'banner-is-markup',
    sentence: 6,
    plays: 'renderBook([ann], { bannerHtml: \'<b id="hours">Open …</b>\', … })',
  },
  (t: Context) => {
    const meant = t.html.parse(BANNER).byId('hours')!.outline();
    const page = pageWith(t, { bannerHtml: BANNER });
    const banner = page.byId('hours')?.outline();
    if (banner === meant) return t.see('banner', 'markup');
    const shown = [page.text, t.html.textOf(page.text)].some((text) => text.includes('<b id='));
    t.see('banner', shown ? 'text' : banner === undefined ? 'gone' : 'changed');
    const at = page.text.search(/(?:<|&lt;)b id=/);
    const site = readBy(t, 'bannerHtml', { bannerHtml: BANNER }, (p) => /Open \(\d+\)/.exec(p.text)?.[0]);
    const became = shown
      ? `shown as ${page.text.slice(at).split('\n')[0]!.slice(0, 60)}`
      : (banner ?? 'nothing');
    t.fact({ kind: 'page', wrote: BANNER, became, site });
    t.hold(
      false,
      shown ? "visitors see the tags of the operator's banner" : "the banner's elements are not in the page",
    );
  },
);

// 7 ————————————————————————————————————————————————————————————————————————————————————————————————————————————————

type Readable = 'name' | 'message' | 'title';

function element(page: HtmlPage, field: Readable): HtmlElement | undefined {
  return field === 'title' ? page.named('title')[0] : page.withClass('entry')[0]?.withClass(field)[0];
}

probe(
  {
    id: 'reads-back-exactly',
    sentence: 7,
    plays: "renderBook([{ …, message: '2 < 3 > 1' }], …)",
  },
  (t: Context) => {
    const lost: { field: Readable; wrote: string; arrived: string }[] = [];
    /** whether another text with the same characters reads the same: then it is not the text that one reads */
    const withheld = (field: Readable, wrote: string, arrived: string): boolean =>
      arrived !== '' &&
      element(pageWith(t, { [field]: `Once more: ${wrote}` }), field)?.text.trim() === arrived;
    /** renders twice with the same objects, and notes the first field that does not read as written */
    const judge = (what: string, wrote: string): void => {
      for (const field of ['name', 'message', 'title'] as const) {
        const once = book({ [field]: wrote });
        for (const page of [render(t, once), render(t, once)]) {
          const e = element(page, field);
          const arrived = (e?.text ?? '').trim();
          const reads = e ? compared(t, wrote, arrived) : 'other';
          if (reads === 'same') continue;
          const tags = reads === 'decoded' && wrote === TAGGED;
          t.see(
            what,
            tags
              ? e!.children.length > 0
                ? 'parsed'
                : 'shorter'
              : reads === 'other' && withheld(field, wrote, arrived)
                ? 'withheld'
                : reads,
          );
          const site = readBy(t, field, { [field]: wrote }, (p) => element(p, field)?.text);
          t.fact({ kind: 'page', wrote, became: oneLine(arrived), site });
          lost.push({ field, wrote, arrived });
          return;
        }
      }
      t.see(what, 'same');
    };
    judge('punctuated', PUNCTUATED);
    judge('reference', REFERENCE);
    judge('tagged', TAGGED);
    judge('dollar', DOLLAR);
    const first = lost[0];
    if (first) t.equal(first.arrived, first.wrote, `${called(first.field)} does not read as it was written`);
  },
);

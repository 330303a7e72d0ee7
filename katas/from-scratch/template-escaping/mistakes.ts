import { mistake, type Fact, type Frame, type Mistake, type Vector } from 'kibitzer/kata';

type PageFact = Extract<Fact, { kind: 'page' }>;

const TEXT = 'text-stays-text';
const ATTRIBUTE = 'attribute-stays-attribute';
const LINK = 'link-goes-to-the-web';
const DATA = 'data-block-stays-data';
const BANNER = 'banner-is-markup';
const READS = 'reads-back-exactly';

/** The order in which reads-back-exactly plays its texts; each that is lost leaves one page fact. */
const TEXTS = ['punctuated', 'reference', 'tagged', 'dollar'] as const;
const DAMAGED = ['shorter', 'replaced', 'withheld'];

const has = (list: readonly string[]) => (seen: unknown) => list.includes(String(seen));

/** The page fact of one text of reads-back-exactly. */
function readBack(v: Vector, text: (typeof TEXTS)[number]): PageFact | undefined {
  const lost = TEXTS.filter((what) => (v.saw(READS, what) ?? 'same') !== 'same');
  return v.facts(READS, 'page')[lost.indexOf(text)];
}

/** The first text that came back as one of `how`. */
function readBackAs(v: Vector, how: readonly string[]): PageFact | undefined {
  const text = TEXTS.find((what) => has(how)(v.saw(READS, what)));
  return text && readBack(v, text);
}

/** Other lines that read what visitors or the operator wrote: plausible, but not the one. */
function otherReads(v: Vector, probe: string): Frame[] {
  return v.facts(probe, 'read').flatMap((f) => (f.site ? [f.site.near] : []));
}

/** How far the text was from being text. */
function openness(v: Vector): 'raw' | 'until-its-end-tag' | 'lets-some-through' | 'by-pattern' {
  const parsed = v.saw(TEXT, 'parsed');
  if (parsed === 'closing') return 'until-its-end-tag';
  if (v.saw(TEXT, 'element') === 'b') return 'lets-some-through';
  return parsed === 'tag' && v.saw(TEXT, 'stops') === 'nothing' ? 'raw' : 'by-pattern';
}

const only = (page: PageFact | undefined): PageFact[] => (page ? [page] : []);
const field = (v: Vector, probe: string): string => String(v.saw(probe, 'field') ?? 'text');

/** The field that was read where the page fact points. */
function fieldRead({ probe, page }: { probe: string; page: PageFact | undefined }, v: Vector): string {
  const near = page?.site?.near;
  const read = v.facts(probe, 'read').find((f) => {
    const at = f.site?.near;
    return at && near && at.file === near.file && at.line === near.line && at.column === near.column;
  });
  return read?.what.split(' ')[0] ?? 'text';
}

// the facts that the mistakes about one escape too many or in the wrong place rest on, best first

function escapedAgain(v: Vector): { probe: string; page: PageFact | undefined } {
  const page = readBackAs(v, ['escaped']);
  if (page) return { probe: READS, page };
  if (v.saw(DATA, 'values') === 'escaped') return { probe: DATA, page: v.facts(DATA, 'page')[0] };
  return { probe: LINK, page: v.facts(LINK, 'page').at(-1) };
}

function damaged(v: Vector): { probe: string; page: PageFact | undefined } {
  const page = readBackAs(v, DAMAGED);
  if (page) return { probe: READS, page };
  if (has(DAMAGED)(v.saw(DATA, 'values'))) return { probe: DATA, page: v.facts(DATA, 'page')[0] };
  return { probe: LINK, page: v.facts(LINK, 'page').at(-1) };
}

function decoded(v: Vector): { probe: string; page: PageFact | undefined } {
  const page = v.saw(READS, 'reference') === 'decoded' ? readBack(v, 'reference') : undefined;
  return page ? { probe: READS, page } : { probe: LINK, page: v.facts(LINK, 'page').at(-1) };
}

function overEscaped(v: Vector): { probe: string; page: PageFact | undefined } {
  const probe = v.saw(BANNER, 'banner') === 'text' ? BANNER : DATA;
  return { probe, page: v.facts(probe, 'page')[0] };
}

/** Escaping & last escapes the escapes: < goes wrong, & on its own does not. */
function ampersandLast(v: Vector): boolean {
  return v.saw(READS, 'punctuated') === 'escaped' && v.saw(READS, 'reference') === 'same';
}

export const mistakes: Mistake[] = [
  mistake({
    id: 'raw-output',
    title: 'text is parsed as page',
    severity: '??',
    when: {
      any: [
        { saw: 'parsed', in: TEXT, is: has(['tag', 'other-tag', 'plain-tag', 'unclosed', 'nested']) },
        // out of an attribute without quotes it comes by another way
        {
          all: [
            { saw: 'parsed', in: TEXT, is: 'closing' },
            { saw: 'ends-at', in: ATTRIBUTE, is: 'nowhere' },
          ],
        },
      ],
    },
    masks: ['attribute-break-out', 'json-break-out'],
    implies: ['half-escape'],
    evidence: (v) => v.facts(TEXT, 'page').slice(0, 1),
    outcome: (v) => `the ${field(v, TEXT)} became an element of the page`,
    point: (v) => v.facts(TEXT, 'page')[0]?.site?.near ?? null,
    question: (v) => ({
      ask: `Which of these lines took the ${field(v, TEXT)} that became an element?`,
      among: otherReads(v, TEXT),
    }),
    because: (v) =>
      ({
        raw: 'between here and the page nothing turned its markup into text',
        'until-its-end-tag': 'what it took brings the end tag of the element around it',
        'lets-some-through':
          'on the way from here to the page some tags are let through, and each adds an element',
        'by-pattern': 'what becomes of the text from here on stops some markup, but not this',
      })[openness(v)],
    principle: 'Escape at output, for the place where the text lands.',
    belief: (v) =>
      ({
        raw: `This works only if nobody ever writes markup into a ${field(v, TEXT)}.`,
        'until-its-end-tag': 'This works only if nobody writes the end tag of the element around it.',
        'lets-some-through': 'This works only if visitors may add elements, as long as these are harmless.',
        'by-pattern': 'This works only if a pattern finds every tag that a browser finds.',
      })[openness(v)],
    idea: 'When does text turn into page: when it is stored, or when it is written out?',
    plan: 'Write one function that puts text into a page; use it at every hole; never at storing.',
    themes: ['trust-boundary'],
  }),
  mistake({
    id: 'attribute-break-out',
    title: 'the value ends its own attribute',
    severity: '??',
    when: { saw: 'ends-at', in: ATTRIBUTE, is: has(['blank', 'quote']) },
    evidence: (v) => v.facts(ATTRIBUTE, 'page').slice(0, 1),
    outcome: (v) => v.probe(ATTRIBUTE)?.message ?? 'a value became an attribute of its own',
    point: (v) => v.facts(ATTRIBUTE, 'page')[0]?.site?.near ?? null,
    question: (v) => ({
      ask: `Which of these lines took the ${field(v, ATTRIBUTE)} that left its attribute?`,
      among: otherReads(v, ATTRIBUTE),
    }),
    because: (v) =>
      v.saw(ATTRIBUTE, 'ends-at') === 'blank'
        ? 'the value from here has no quotes around it: a blank ends it'
        : 'the value from here brings the quote that ends it',
    principle: 'Escaping depends on the context; quote every attribute.',
    belief: (v) =>
      v.saw(ATTRIBUTE, 'ends-at') === 'blank'
        ? 'This works only if the value contains no blank. Nothing else holds it together.'
        : 'This works only if nobody writes the quote that the template writes.',
    idea: 'Which characters can end the place where this value lands?',
    plan: 'List the kinds of places; give each its own escaping; quote all attributes.',
    themes: ['nested-languages'],
  }),
  mistake({
    id: 'scheme-hole',
    title: 'an escaped link can still be code',
    severity: '??',
    when: { saw: 'followed', in: LINK, is: has(['plain', 'disguised', 'mentions', 'other-scheme']) },
    evidence: (v) => v.facts(LINK, 'page').slice(0, 1),
    outcome: (v) => v.probe(LINK)?.message ?? 'a link leads to code',
    point: (v) => v.facts(LINK, 'page')[0]?.site?.near ?? null,
    question: (v) => ({
      ask: 'Which of these lines took the homepage that became the link?',
      among: otherReads(v, LINK),
    }),
    because: (v) =>
      v.saw(LINK, 'followed') === 'plain'
        ? 'the address from here becomes a link whatever its scheme is'
        : 'the address from here passed the check, and is no address of a page',
    principle: 'Escaping keeps the syntax; a link also needs a permitted meaning.',
    belief: (v) => {
      const kind = v.saw(LINK, 'followed');
      if (kind === 'disguised')
        return 'This works only if everybody spells the scheme the way the check does.';
      if (kind === 'mentions') return 'This works only if an address with https: in it begins with it.';
      if (kind === 'other-scheme') return 'This works only if the banned schemes are all that can do harm.';
      return 'This works only if every address is the address of a page.';
    },
    idea: 'A perfectly escaped link was followed. What did it do?',
    plan: 'Read the scheme after trimming and lower-casing; allow the few you want.',
    themes: ['trust-boundary', 'allow-lists'],
  }),
  mistake({
    id: 'json-break-out',
    title: 'HTML reads the data block before JSON does',
    severity: '??',
    when: { saw: 'block', in: DATA, is: has(['ends-early', 'ends-late']) },
    evidence: (v) => v.facts(DATA, 'page').slice(0, 1),
    outcome: (v) => v.probe(DATA)?.message ?? 'the data block does not end where the template ends it',
    point: (v) => v.facts(DATA, 'page')[0]?.site?.near ?? null,
    question: (v) => ({
      ask: 'Which of these lines took the message that moved the end of the block?',
      among: otherReads(v, DATA),
    }),
    because: (v) =>
      v.saw(DATA, 'block') === 'ends-early'
        ? 'to JSON the message from here is a string; HTML sees an end tag in it'
        : 'in what was read here HTML sees a comment and a script begin',
    principle: 'Nested languages are escaped for the outer one too.',
    belief: (v) =>
      v.saw(DATA, 'block') === 'ends-early'
        ? 'This works only if HTML respects the quotes of a JSON string. It does not.'
        : 'This works only if an end tag is all that HTML looks for in a script.',
    idea: 'Two readers go over the data block. Which one comes first, and what does it look for?',
    plan: 'Write the JSON so that it holds no character that means something to HTML; JSON has escapes of its own.',
    themes: ['nested-languages'],
  }),
  mistake({
    id: 'destroys-text',
    title: 'it takes out what it fears',
    severity: '?',
    when: {
      any: [
        ...TEXTS.map((what) => ({ saw: what, in: READS, is: has(DAMAGED) })),
        { saw: 'values', in: DATA, is: has(DAMAGED) },
        { saw: 'good', in: LINK, is: 'shorter' },
      ],
    },
    evidence: (v) => only(damaged(v).page),
    outcome: (v) =>
      ({
        [READS]: 'what visitors read is not what was written',
        [DATA]: 'the data block is not what was written',
        [LINK]: 'a good link leads to another address',
      })[damaged(v).probe]!,
    point: (v) => damaged(v).page?.site?.near ?? null,
    question: (v) => ({
      ask: `Which of these lines took the ${fieldRead(damaged(v), v)} that came out incomplete?`,
      among: otherReads(v, damaged(v).probe),
    }),
    because: () => 'what it took was whole; what reaches the page is not',
    principle: 'Keep data true; make output safe.',
    belief: 'This works only if nobody honest writes these characters.',
    idea: 'Can somebody be called like that?',
    plan: 'Remove nothing; change only how it is written.',
    themes: ['trust-boundary', 'data-kept-true'],
  }),
  mistake({
    id: 'escapes-everything',
    title: 'what is not text is escaped as text',
    severity: '?',
    when: {
      any: [
        { saw: 'banner', in: BANNER, is: 'text' },
        { saw: 'block', in: DATA, is: 'escaped' },
      ],
    },
    evidence: (v) => only(overEscaped(v).page),
    outcome: (v) => v.probe(overEscaped(v).probe)?.message ?? 'what was no text was escaped as text',
    point: (v) => overEscaped(v).page?.site?.near ?? null,
    question: (v) => {
      const { probe } = overEscaped(v);
      return {
        ask: `Which of these lines took ${probe === BANNER ? 'the markup that came out as text' : 'the data that no longer parses'}?`,
        among: otherReads(v, probe),
      };
    },
    because: (v) =>
      overEscaped(v).probe === BANNER
        ? 'the banner from here is page already, and was escaped as if it were text'
        : 'a script is not read as HTML text: what was read here stays full of &quot;',
    principle: 'Type markup apart from text; one escape does not fit every place.',
    belief: (v) =>
      overEscaped(v).probe === BANNER
        ? 'This works only if every string that reaches the page is text. This one is page.'
        : 'This works only if a browser decodes &quot; in a script. There it does not.',
    idea: 'Two strings reach the page. By what can the template tell which of them is page already?',
    plan: 'Give markup a type of its own; let only that type pass as it is; give script data its own escape.',
    themes: ['types-that-carry-meaning', 'nested-languages'],
  }),
  mistake({
    id: 'double-escape',
    title: 'text is escaped once too often',
    severity: '?',
    when: {
      any: [
        ...TEXTS.map((what) => ({ saw: what, in: READS, is: 'escaped' })),
        { saw: 'values', in: DATA, is: 'escaped' },
        { saw: 'good', in: LINK, is: 'escaped' },
      ],
    },
    evidence: (v) => only(escapedAgain(v).page),
    outcome: (v) =>
      ({
        [READS]: 'visitors read the escapes instead of the characters',
        [DATA]: 'the data block holds escapes that nothing decodes',
        [LINK]: 'a good link leads to another address',
      })[escapedAgain(v).probe]!,
    point: (v, locate) => {
      const line = ampersandLast(v) ? locate.line(/&(?:amp|#38|#x26);/i) : null;
      return line ?? escapedAgain(v).page?.site?.near ?? null;
    },
    question: (v) => ({
      ask: ampersandLast(v)
        ? 'Which of these lines escapes an escape?'
        : `Which of these lines took the ${fieldRead(escapedAgain(v), v)} that was escaped once too often?`,
      among: otherReads(v, escapedAgain(v).probe),
    }),
    because: (v) =>
      ampersandLast(v)
        ? 'when it comes to the &, it finds those that the other escapes wrote'
        : escapedAgain(v).probe === DATA
          ? 'what it took was escaped for HTML text, and landed where nothing decodes it'
          : 'between here and the page the text was escaped twice; a browser decodes once',
    principle: 'Escape exactly once, where the text goes out.',
    belief: (v) =>
      ampersandLast(v)
        ? 'This works only if no escape has been written yet when & is escaped.'
        : 'This works only if one more escape cannot hurt.',
    idea: 'How often does a browser decode a text, and how often was it escaped by then?',
    plan: 'Let text stay text until it is written out; escape it there, once, for that place.',
    themes: ['types-that-carry-meaning', 'data-kept-true'],
  }),
  mistake({
    id: 'turns-good-away',
    title: 'a good address loses its link',
    severity: '?',
    when: { saw: 'good', in: LINK, is: 'gone' },
    evidence: (v) => only(v.facts(LINK, 'page').at(-1)),
    outcome: (v) => v.probe(LINK)?.message ?? 'a good address is not linked',
    point: (v, locate) => v.facts(LINK, 'page').at(-1)?.site?.near ?? locate.line(/\.homepage\b/),
    question: (v) => ({
      ask: 'Which of these lines took the homepage that is not linked?',
      among: otherReads(v, LINK),
    }),
    because: () => 'what becomes of the address from here on takes it for a bad one',
    principle: 'An allow-list must hold everything that was promised.',
    belief: 'This works only if every good address looks like those that are let through.',
    idea: 'Which addresses does the contract promise to link? Which of them gets through?',
    plan: 'Take the list from the contract, word by word; try one address of each kind.',
    themes: ['allow-lists'],
  }),
  mistake({
    id: 'half-escape',
    title: 'what looks like a reference is decoded',
    severity: '?',
    when: {
      any: [
        { saw: 'reference', in: READS, is: 'decoded' },
        { saw: 'good', in: LINK, is: 'decoded' },
      ],
    },
    evidence: (v) => only(decoded(v).page),
    outcome: (v) =>
      decoded(v).probe === READS
        ? 'a visitor writes &amp; and everybody reads &'
        : 'a link with &amp; in it leads to another address',
    point: (v) => decoded(v).page?.site?.near ?? null,
    question: (v) => ({
      ask: `Which of these lines took the ${fieldRead(decoded(v), v)} that came out decoded?`,
      among: otherReads(v, decoded(v).probe),
    }),
    because: () => 'the & that it took still means something when it is in the page',
    principle: 'The character that begins an escape needs an escape itself.',
    belief: 'This works only if nobody writes &amp; and means these five characters.',
    idea: 'How can somebody write in the guest book how an ampersand is written in HTML?',
    plan: 'Escape the ampersand as well, and before the others; in one function, for every text.',
    themes: ['nested-languages', 'data-kept-true'],
  }),
];

import { card, type Card } from 'kibitzer/kata';

export const cards: Card[] = [
  card({
    id: 'unquoted-href',
    mistake: 'attribute-break-out',
    themes: ['nested-languages'],
    question: '`esc` replaces & < > " and \'. The address is  x onclick=alert(1)  — does it run on a click?',
    code: `const link = (url: string) => \`<a href=\${esc(url)}>home</a>\`;`,
    choices: [
      'No: everything that is special to HTML has been replaced.',
      'Yes: no quote was needed to leave an attribute without quotes.',
      'No: onclick is part of the address.',
    ],
    answer: 1,
    because: 'A value without quotes ends at the first blank. What follows is an attribute of its own.',
    executes: async ({ run, page }) => {
      const { returned } = await run({ esc }, `return link('x onclick=alert(1)')`);
      const { attributes } = page(String(returned)).elements.find((e) => e.name === 'a')!;
      if ('onclick' in attributes) return 'Yes: no quote was needed to leave an attribute without quotes.';
      return attributes.href?.includes('onclick')
        ? 'No: onclick is part of the address.'
        : 'No: everything that is special to HTML has been replaced.';
    },
  }),
  card({
    id: 'checked-at-the-door',
    mistake: 'raw-output',
    themes: ['trust-boundary'],
    question: 'Comments are checked for < and > when they are posted. Where can a comment still become page?',
    code: `app.post('/comments', (req) => {
  if (/[<>]/.test(req.body.text)) return reject();
  comments.push(req.body.text);
});
importer.on('row', (row) => comments.push(row.text));   // last year's comments
const list = () => comments.map((c) => \`<li>\${c}</li>\`).join('');`,
    choices: [
      'Nowhere: what is stored has been checked.',
      'In the list: what the importer stores never passed the check.',
      'In the POST handler: the check runs too late.',
    ],
    answer: 1,
    because: 'Whatever prints text cannot know by which door it came. Escaping at output does not have to.',
    executes: async ({ run, page }) => {
      const doors: Record<string, (given: unknown) => void> = {};
      const open = (door: string, handle: (given: unknown) => void): void => void (doors[door] = handle);
      const scope = { app: { post: open }, importer: { on: open }, reject: () => {}, comments: [], doors };
      const became = async (knock: string): Promise<boolean> => {
        const { returned } = await run(scope, `${knock}; return list();`);
        return page(String(returned)).elements.some((e) => e.name === 'img');
      };
      if (await became(`doors['/comments']({ body: { text: '<img>' } })`))
        return 'In the POST handler: the check runs too late.';
      return (await became(`doors.row({ text: '<img>' })`))
        ? 'In the list: what the importer stores never passed the check.'
        : 'Nowhere: what is stored has been checked.';
    },
  }),
  card({
    id: 'banned-scheme',
    mistake: 'scheme-hole',
    themes: ['trust-boundary', 'allow-lists'],
    question: 'Which of these addresses does the check let through as a link that runs code?',
    code: `const ok = (url: string) => !url.trim().toLowerCase().startsWith('javascript:');
const link = (url: string) => (ok(url) ? \`<a href="\${esc(url)}">profile</a>\` : 'profile');`,
    choices: ['"  JavaScript:alert(1)"', '"java\\tscript:alert(1)", with a tab in it', 'None of them.'],
    answer: 1,
    because:
      'Browsers drop tabs and line ends inside an address. A list of what is allowed has no such gaps.',
    executes: async ({ run, page }) => {
      const urls = {
        '"  JavaScript:alert(1)"': '  JavaScript:alert(1)',
        '"java\\tscript:alert(1)", with a tab in it': 'java\tscript:alert(1)',
      };
      const through: string[] = [];
      for (const [choice, url] of Object.entries(urls)) {
        const { returned } = await run({ esc, url }, 'return link(url)');
        const href = page(String(returned)).elements.find((e) => e.name === 'a')?.attributes.href;
        if (href !== undefined && new URL(href, 'https://a.example').protocol === 'javascript:')
          through.push(choice);
      }
      return through.join(' and ') || 'None of them.';
    },
  }),
  card({
    id: 'state-in-a-script',
    mistake: 'json-break-out',
    themes: ['nested-languages'],
    question: 'The draft contains  </script><script>alert(1)</script>  — what happens?',
    code: `page += '<script>window.draft = ' + JSON.stringify(draft) + ';</script>';`,
    choices: [
      'Nothing: to JavaScript the draft is a string.',
      'The first script ends inside the string, and the second one runs.',
      'JSON.stringify throws.',
    ],
    answer: 1,
    because: 'HTML looks for the end tag before JavaScript looks at anything, and it knows no strings.',
    executes: async ({ run, page }) => {
      const draft = '</script><script>alert(1)</script>';
      const { returned, thrown } = await run({ page: '', draft }, 'return page');
      if (thrown) return 'JSON.stringify throws.';
      const scripts = page(String(returned)).elements.filter((e) => e.name === 'script');
      return scripts.some((e) => e.text === 'alert(1)')
        ? 'The first script ends inside the string, and the second one runs.'
        : 'Nothing: to JavaScript the draft is a string.';
    },
  }),
  card({
    id: 'search-box',
    mistake: 'destroys-text',
    themes: ['data-kept-true'],
    question: 'A shop prints what was searched for. Who notices this line first?',
    code: "const shown = query.replace(/[<>&\"']/g, '');\npage += `<h1>Results for ${shown}</h1>`;",
    choices: [
      'Somebody who looks for "Marks & Spencer" or for 3/4" pipes.',
      'Somebody who attacks the shop.',
      'Nobody: these characters have no place in a search.',
    ],
    answer: 0,
    because: 'Nothing gets in, but honest text comes out wrong. Changing how it is written loses nothing.',
    executes: async ({ run, page }) => {
      const shown = async (query: string) => {
        const { returned } = await run({ page: '', query }, 'return page');
        return page(String(returned));
      };
      const attack = (await shown('<img src=x onerror=alert(1)>')).elements.some((e) => e.name === 'img');
      if (attack) return 'Somebody who attacks the shop.';
      const wanted = ['Marks & Spencer', '3/4" pipes'];
      const found = await Promise.all(wanted.map(async (q) => (await shown(q)).text === `Results for ${q}`));
      return found.includes(false)
        ? 'Somebody who looks for "Marks & Spencer" or for 3/4" pipes.'
        : 'Nobody: these characters have no place in a search.';
    },
  }),
  card({
    id: 'icon-in-a-button',
    mistake: 'escapes-everything',
    themes: ['types-that-carry-meaning'],
    question: 'What does the button show?',
    code: `const icon = (name: string) => \`<svg class="icon"><use href="#\${esc(name)}"/></svg>\`;
const button = (label: string) => \`<button>\${esc(label)}</button>\`;
page += button(icon('save') + ' Save');`,
    choices: ['The icon and "Save".', 'The source of the icon as text, and "Save".', 'An empty button.'],
    answer: 1,
    because:
      'icon() made markup, button() took it for text. With one type for both, nothing can tell them apart.',
    executes: async ({ run, page }) => {
      const { returned } = await run({ page: '', esc }, 'return page');
      const button = page(String(returned)).elements.find((e) => e.name === 'button')!;
      if (button.text.includes('<svg')) return 'The source of the icon as text, and "Save".';
      return button.text === '' ? 'An empty button.' : 'The icon and "Save".';
    },
  }),
  card({
    id: 'escaped-in-the-database',
    mistake: 'double-escape',
    themes: ['types-that-carry-meaning', 'data-kept-true'],
    question: 'A customer is called "Fish & Chips". What does the browser show?',
    code: `db.run('INSERT INTO customer(name) VALUES (?)', esc(form.name));
// … and on another page
page += \`<td>\${esc(row.name)}</td>\`;`,
    choices: ['Fish & Chips', 'Fish &amp; Chips', 'Fish &amp;amp; Chips'],
    answer: 1,
    because:
      'Escaped twice, decoded once: one escape is left to read. Invoices and letters from that table show it too.',
    executes: async ({ run, page }) => {
      const row = { name: '' };
      const db = { run: (_sql: string, name: string) => void (row.name = name) };
      const { returned } = await run(
        { page: '', esc, db, row, form: { name: 'Fish & Chips' } },
        'return page',
      );
      return page(String(returned)).text;
    },
  }),
  card({
    id: 'order-of-replaces',
    mistake: 'double-escape',
    themes: ['nested-languages'],
    question: 'What does a browser show for  esc("1 < 2") ?',
    code: "const esc = (s: string) => s.replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('&', '&amp;');",
    choices: ['1 < 2', '1 &lt; 2', '1 &amp;lt; 2'],
    answer: 1,
    because: 'The last step finds the & that the first one wrote. The escape character goes first.',
    executes: async ({ run, page }) => page(String((await run({}, `return esc('1 < 2')`)).returned)).text,
  }),
  card({
    id: 'only-the-brackets',
    mistake: 'half-escape',
    themes: ['nested-languages'],
    question: 'A forum about HTML shows posts with this. A post says: use &lt; for a bracket. What is shown?',
    code: "const esc = (s: string) => s.replaceAll('<', '&lt;').replaceAll('>', '&gt;');",
    choices: ['use &lt; for a bracket', 'use < for a bracket', 'use &amp;lt; for a bracket'],
    answer: 1,
    because: 'The & of the post was left as it is, so the browser decodes what the author meant literally.',
    executes: async ({ run, page }) =>
      page(String((await run({}, `return esc('use &lt; for a bracket')`)).returned)).text,
  }),
];

const REFERENCES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The escape that the cards speak of. */
function esc(text: string): string {
  return text.replace(/[&<>"']/g, (c) => REFERENCES[c]!);
}

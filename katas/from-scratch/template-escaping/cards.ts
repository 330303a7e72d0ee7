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
  }),
];

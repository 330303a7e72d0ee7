import { answering, desk, ENTRY, type Attack, type Expectation } from './attack.ts';

const source = desk()[ENTRY]!;
const WINS: Expectation = { verdict: 'won', says: /./ };
const illegal = (says: RegExp): Expectation => ({ verdict: 'illegal', says });

/** G: bad, but not meant to be; and strange, but right. */
export const INNOCENT: readonly Attack[] = [
  { id: 'G01', title: 'an honest submission', files: desk(), expect: WINS, honest: true },
  { id: 'G02', title: 'an empty file', files: { [ENTRY]: '' }, expect: illegal(/empty|export/) },
  {
    id: 'G03',
    title: 'a syntax error',
    files: { [ENTRY]: `${source}\nexport const x = (a => ;` },
    expect: illegal(/./),
  },
  {
    id: 'G04',
    title: 'a default export',
    files: { [ENTRY]: 'export default (a, b) => a + b;' },
    expect: illegal(/add|default/),
  },
  {
    id: 'G05',
    title: 'a byte order mark and CRLF',
    files: { [ENTRY]: `\ufeff${source.replaceAll('\n', '\r\n')}` },
    expect: WINS,
    honest: true,
  },
  { id: 'G06', title: 'NUL bytes', files: { [ENTRY]: `${source}\0\0` }, expect: illegal(/./) },
  {
    id: 'G07',
    title: 'UTF-16',
    files: { [ENTRY]: Buffer.from(`\ufeff${source}`, 'utf16le') },
    expect: illegal(/UTF-16|UTF-8/),
  },
  {
    id: 'G08',
    title: 'bytes that are no UTF-8',
    files: {
      [ENTRY]: Buffer.concat([Buffer.from(source), Buffer.from([0x0a, 0x2f, 0x2f, 0xff, 0xc3, 0x28])]),
    },
    expect: illegal(/UTF-8/),
  },
  { id: 'G09', title: 'no file', files: { 'other.ts': source }, expect: illegal(/desk\.ts/) },
  { id: 'G10', title: 'the name in capitals', files: { 'Desk.ts': source }, expect: illegal(/desk\.ts/i) },
  {
    id: 'G11',
    title: 'a type error that runs all the same',
    files: { [ENTRY]: `${source}\nconst n: number = 'text'; void n;` },
    expect: WINS,
    honest: true,
  },
  {
    id: 'G12',
    title: 'types everywhere, and an enum',
    files: {
      [ENTRY]: `${source}\nenum Colour { Red = 1, Blue }\nexport const colour: Colour = Colour.Blue;\nexport type Pair<T extends object> = readonly [T, T];`,
    },
    expect: WINS,
    honest: true,
  },
  {
    id: 'G13',
    title: 'CommonJS',
    files: { [ENTRY]: 'module.exports = { add: (a, b) => a + b };' },
    expect: illegal(/CommonJS|export/),
  },
  {
    id: 'G14',
    title: 'a package that is not there',
    files: { [ENTRY]: `import _ from 'lodash';\n${source}\nvoid _;` },
    expect: illegal(/lodash/),
  },
  {
    id: 'G15',
    title: 'prints a good deal',
    files: desk({}, "for (let i = 0; i < 200; i++) console.log('line', i);"),
    expect: { verdict: 'won', says: /line 199/ },
    honest: true,
  },
  {
    id: 'G16',
    title: 'an export that is missing',
    files: { [ENTRY]: source.replace('export const card', 'const card') },
    expect: illegal(/card/),
  },
  {
    id: 'G17',
    title: 'throws when it is loaded',
    files: desk({}, "throw new TypeError('not ready');"),
    expect: illegal(/TypeError: not ready|not ready/),
  },
  {
    id: 'G18',
    title: 'throws null',
    files: answering('throw null;'),
    expect: { verdict: 'lost', outcome: { adds: 'crashed' }, says: /null/ },
  },
  {
    id: 'G19',
    title: 'the plain case is wrong',
    files: desk({ add: 'export const add = (a, b) => a - b;' }),
    expect: illegal(/add\(1, 2\)/),
  },
  {
    id: 'G20',
    title: 'changes the list that it was given',
    files: desk({
      evens:
        'export const evens = list => { list.sort((a, b) => a - b); return list.filter(n => n % 2 === 0); };',
    }),
    expect: { verdict: 'lost', outcome: { evens: 'refuted' }, says: /even/ },
  },
  {
    id: 'G21',
    title: 'two files that import each other',
    files: {
      [ENTRY]: `import { two } from './two.ts';\n${source.replace('n * 2', 'n * two()')}\nexport const one = () => 1;`,
      'two.ts': "import { one } from './desk.ts';\nexport const two = () => one() + 1;",
    },
    expect: WINS,
    honest: true,
  },
  {
    id: 'G22',
    title: 'an import that leads out of the folder',
    files: { [ENTRY]: `import '../../../etc/passwd';\n${source}` },
    expect: illegal(/./),
  },
  {
    id: 'G23',
    title: 'a file of five megabytes',
    files: { [ENTRY]: `${source}\n// ${'x'.repeat(5_000_000)}` },
    expect: { verdict: ['illegal', 'won'], says: /./ },
  },
  {
    id: 'G24',
    title: 'brackets a hundred thousand deep',
    files: { [ENTRY]: `${source}\nexport const deep = ${'['.repeat(100_000)}${']'.repeat(100_000)};` },
    expect: illegal(/./),
  },
  {
    id: 'G25',
    title: 'a database of its own in memory',
    files: desk(
      { add: "export const add = (a, b) => db.prepare('select ? + ? as sum').get(a, b).sum;" },
      "import { DatabaseSync } from 'node:sqlite'; const db = new DatabaseSync(':memory:');",
    ),
    expect: WINS,
    honest: true,
  },
];

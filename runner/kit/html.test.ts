import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { HtmlKit } from './html.ts';

const html = new HtmlKit();

test('a page is the tree that a browser makes of it', () => {
  const page = html.parse(
    '<ul><li class="entry odd" data-colour=red onmouseover=alert(1)>one<li class=entry>two</ul>',
  );
  expect(page.root.name).toBe('html');
  expect(page.elements.map((e) => e.name)).toEqual(['html', 'head', 'body', 'ul', 'li', 'li']);
  const [first, second] = page.withClass('entry');
  expect({ ...first?.attributes }).toEqual({
    class: 'entry odd',
    'data-colour': 'red',
    onmouseover: 'alert(1)',
  });
  expect(second?.text).toBe('two');
  expect(second?.parent?.name).toBe('ul');
  expect(page.named('ul')[0]?.children).toHaveLength(2);
  expect(page.named('body')[0]?.withClass('odd')).toHaveLength(1);
  expect(page.named('p')).toEqual([]);
  expect(page.byId('none')).toBeNull();
});

test('the first of two equal attributes counts, references in values are decoded', () => {
  const [a] = html.parse('<a href="?a=1&amp;b=2&copy=3" HREF=x>').named('a');
  expect(a?.attributes.href).toBe('?a=1&b=2&copy=3');
});

test('attribute names of objects are no attributes', () => {
  const [p] = html.parse('<p __proto__=x>').named('p');
  expect(p?.attributes.toString).toBeUndefined();
  expect(Object.keys(p!.attributes)).toEqual(['__proto__']);
});

test('script data is source: nothing decoded, ends at its end tag only', () => {
  const page = html.parse('<script id="d">["&lt;", "</p>"]</script><p>a</p><script>1</script>');
  expect(page.byId('d')?.text).toBe('["&lt;", "</p>"]');
  const early = html.parse('<script id="d">["</SCRIPT x><script>alert(1)</script>"]</script>');
  expect(early.byId('d')?.text).toBe('["');
  expect(early.named('script')[1]?.text).toBe('alert(1)');
  const late = html.parse('<script id="d">["<!--<script>"]</script><p>swallowed</p>');
  expect(late.byId('d')?.text).toContain('swallowed');
  expect(late.named('p')).toEqual([]);
});

test('visible text leaves out what nobody reads', () => {
  const page = html.parse(
    '<title>T</title><style>s{}</style><p>Tom &amp; <b>Ann</b></p><script>x</script><template>t</template>',
  );
  expect(page.text).toBe('Tom & Ann');
  expect(page.named('title')[0]?.text).toBe('T');
});

test('textOf reads a piece of markup', () => {
  expect(html.textOf('Tom &amp;amp; <b>Ann</b> <3 &#128172; & co')).toBe('Tom &amp; Ann <3 💬 & co');
});

test('an outline is one short line', () => {
  const page = html.parse(
    '<p class="message">\n <img src=x onerror=alert(1)> and\n a text that goes on for quite a while and longer\u0007</p>',
  );
  const [p] = page.named('p');
  expect(p?.outline()).toBe(
    '<p class="message"><img src="x" onerror="alert(1)"> and a text that goes on for quite a wh…</p>',
  );
  expect(p?.outline(20)).toBe('<p class="message">…');
  expect(p?.tag).toBe('<p class="message">');
});

test('an outline shows quotes in values, and makes control characters visible', () => {
  const [p] = html.parse(`<p title='a"b' lang="\u0007\u2028">`).named('p');
  expect(p?.tag).toBe(`<p title='a"b' lang="\\u0007\\u2028">`);
});

test('the parser is loaded with the first page, not before', () => {
  const program = `
    const { HtmlKit } = await import(${JSON.stringify(new URL('./html.ts', import.meta.url).href)});
    const { createRequire } = await import('node:module');
    const loaded = () => Object.keys(createRequire(import.meta.url).cache).some(f => f.includes('parse5'));
    const kit = new HtmlKit(); const before = loaded(); kit.parse('<p>'); console.log(before, loaded());`;
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  expect(out.trim()).toBe('false true');
});

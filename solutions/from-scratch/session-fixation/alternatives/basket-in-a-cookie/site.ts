import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Deps } from './world.ts';

const FLAGS = 'Path=/; HttpOnly; SameSite=Lax';

/** Nobody has a session before the login: a visitor's basket travels in a cookie that the site has signed. */
export function createSite({ check }: Deps): RequestListener {
  const secret = randomBytes(32);
  const readers = new Map<string, { name: string; basket: string[] }>();

  const signature = (text: string): Buffer => createHmac('sha256', secret).update(text).digest();

  function seal(basket: readonly string[]): string {
    const text = Buffer.from(JSON.stringify(basket)).toString('base64url');
    return `${text}.${signature(text).toString('base64url')}`;
  }

  function open(sealed: string | undefined): string[] {
    const [text = '', signed = ''] = (sealed ?? '').split('.');
    const [given, right] = [Buffer.from(signed, 'base64url'), signature(text)];
    if (given.length !== right.length || !timingSafeEqual(given, right)) return [];
    return JSON.parse(Buffer.from(text, 'base64url').toString()) as string[];
  }

  return async (request, response) => {
    const form = await formOf(request);
    const cookies = cookiesOf(request);
    const sid = cookies.get('sid') ?? '';
    const session = readers.get(sid);
    const basket = session?.basket ?? open(cookies.get('basket'));
    const page = `${request.method} ${request.url}`;

    if (page === 'GET /') return say(response, 200, 'Welcome to the library');
    if (page === 'GET /basket') return say(response, 200, basket.join('\n'));
    if (page === 'GET /me')
      return session ? say(response, 200, session.name) : say(response, 401, 'Log in, please');
    if (page === 'POST /basket') {
      basket.push(form.get('item') ?? '');
      if (!session) response.setHeader('Set-Cookie', `basket=${seal(basket)}; ${FLAGS}`);
      return goTo(response, '/basket');
    }
    if (page === 'POST /login') {
      const name = check(form.get('name') ?? '', form.get('password') ?? '');
      if (name === null) return say(response, 401, 'No such reader');
      readers.delete(sid);
      const key = randomBytes(24).toString('hex');
      readers.set(key, { name, basket: session ? [] : basket });
      response.setHeader('Set-Cookie', [`sid=${key}; ${FLAGS}`, `basket=; ${FLAGS}; Max-Age=0`]);
      return goTo(response, '/me');
    }
    if (page === 'POST /logout') {
      readers.delete(sid);
      response.setHeader('Set-Cookie', `sid=; ${FLAGS}; Max-Age=0`);
      return goTo(response, '/');
    }
    return say(response, 404, 'No such page');
  };
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return new URLSearchParams(body);
}

function cookiesOf(request: IncomingMessage): Map<string, string> {
  const pairs = (request.headers.cookie ?? '').split('; ');
  return new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(text);
}

function goTo(response: ServerResponse, path: string): void {
  response.writeHead(303, { Location: path }).end();
}

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Deps, Random } from './world.ts';

interface Session {
  reader: string | null;
  basket: string[];
}

/** Sessions by keys that were made here, each of which opens one session until it ends. */
function sessionStore(random: Random) {
  const sessions = new Map<string, Session>();
  // requests of the same page may still be under way with the old key
  const moved = new Map<string, string>();

  function begin(session: Session): string {
    const key = Buffer.from(random.bytes(32)).toString('base64url');
    sessions.set(key, session);
    return key;
  }

  return {
    find: (key = '') => sessions.get(key) ?? sessions.get(moved.get(key) ?? ''),
    begin,
    /** The session goes on under a new key; the old one opens nothing any more. */
    rotate(old: string | undefined, session: Session): string {
      const key = begin(session);
      if (old !== undefined && sessions.delete(old)) moved.set(old, key);
      return key;
    },
    end(key: string | undefined): void {
      if (key !== undefined) sessions.delete(key);
    },
  };
}

export function createSite({ random, check }: Deps): RequestListener {
  const sessions = sessionStore(random);

  return async (request, response) => {
    const form = await formOf(request);
    const key = cookie(request, 'sid');
    const session = sessions.find(key) ?? { reader: null, basket: [] };
    switch (`${request.method} ${request.url}`) {
      case 'GET /':
        return say(response, 200, 'Welcome to the library');
      case 'POST /login': {
        const reader = check(form.get('name') ?? '', form.get('password') ?? '');
        if (reader === null) return say(response, 401, 'No such reader');
        // what a visitor has put there comes along; what belongs to another reader does not
        const basket = session.reader === null || session.reader === reader ? session.basket : [];
        giveKey(response, sessions.rotate(key, { reader, basket }));
        return goTo(response, '/me');
      }
      case 'GET /me':
        if (session.reader === null) return say(response, 401, 'Nobody is logged in');
        return say(response, 200, session.reader);
      case 'POST /logout':
        sessions.end(key);
        takeKey(response);
        return goTo(response, '/');
      case 'POST /basket':
        if (sessions.find(key) === undefined) giveKey(response, sessions.begin(session));
        session.basket.push(form.get('item') ?? '');
        return goTo(response, '/basket');
      case 'GET /basket':
        return say(response, 200, session.basket.join('\n'));
      default:
        return say(response, 404, 'No such page');
    }
  };
}

function giveKey(response: ServerResponse, key: string): void {
  response.setHeader('Set-Cookie', `sid=${key}; Path=/; HttpOnly; SameSite=Lax`);
}

function takeKey(response: ServerResponse): void {
  response.setHeader('Set-Cookie', 'sid=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0');
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return new URLSearchParams(body);
}

function cookie(request: IncomingMessage, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split('; ');
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(text);
}

function goTo(response: ServerResponse, path: string): void {
  response.writeHead(303, { Location: path }).end();
}

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Deps } from './world.ts';

interface Session {
  reader: string | null;
  basket: string[];
}

export function createSite({ clock, check }: Deps): RequestListener {
  const sessions = new Map<string, Session>();
  let visits = 0;

  function sessionOf(request: IncomingMessage, response: ServerResponse): Session {
    const id = cookie(request, 'sid') ?? `${clock.now()}-${++visits}`;
    let session = sessions.get(id);
    if (!session) {
      session = { reader: null, basket: [] };
      sessions.set(id, session);
      response.setHeader('Set-Cookie', `sid=${id}; Path=/`);
    }
    return session;
  }

  return async (request, response) => {
    const form = await formOf(request);
    const session = sessionOf(request, response);
    switch (`${request.method} ${request.url}`) {
      case 'GET /':
        return say(response, 200, 'Welcome to the library');
      case 'POST /login': {
        const reader = check(form.get('name') ?? '', form.get('password') ?? '');
        if (reader === null) return say(response, 401, 'No such reader');
        session.reader = reader;
        return goTo(response, '/me');
      }
      case 'GET /me':
        if (session.reader === null) return say(response, 401, 'Nobody is logged in');
        return say(response, 200, session.reader);
      case 'POST /logout':
        response.setHeader('Set-Cookie', 'sid=; Path=/; Max-Age=0');
        return goTo(response, '/');
      case 'POST /basket':
        session.basket.push(form.get('item') ?? '');
        return goTo(response, '/basket');
      case 'GET /basket':
        return say(response, 200, session.basket.join('\n'));
      default:
        return say(response, 404, 'No such page');
    }
  };
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

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Deps } from './world.ts';

interface Login {
  reader: string;
  basket: string[];
}

/** A cookie `visit` for the basket of a visitor, a cookie `sid` for a login, and a table for each. */
export function createSite({ check }: Deps): RequestListener {
  const visits = new Map<string, string[]>();
  const logins = new Map<string, Login>();

  return async (request, response) => {
    const form = await formOf(request);
    const [visit, sid] = [cookie(request, 'visit'), cookie(request, 'sid')];
    const login = logins.get(sid);
    const basket = login?.basket ?? visits.get(visit);
    switch (`${request.method} ${request.url}`) {
      case 'GET /':
        return say(response, 200, 'Welcome to the library');
      case 'POST /login': {
        const reader = check(form.get('name') ?? '', form.get('password') ?? '');
        if (reader === null) return say(response, 401, 'No such reader');
        logins.delete(sid);
        const key = randomUUID();
        logins.set(key, { reader, basket: visits.get(visit) ?? [] });
        visits.delete(visit);
        setCookies(response, { sid: key, visit: null });
        return goTo(response, '/me');
      }
      case 'GET /me':
        return login ? say(response, 200, login.reader) : say(response, 401, 'Nobody is logged in');
      case 'POST /logout':
        logins.delete(sid);
        setCookies(response, { sid: null });
        return goTo(response, '/');
      case 'POST /basket': {
        const item = form.get('item') ?? '';
        if (basket) basket.push(item);
        else {
          const key = randomUUID();
          visits.set(key, [item]);
          setCookies(response, { visit: key });
        }
        return goTo(response, '/basket');
      }
      case 'GET /basket':
        return say(response, 200, (basket ?? []).join('\n'));
      default:
        return say(response, 404, 'No such page');
    }
  };
}

/** Null takes a cookie back. */
function setCookies(response: ServerResponse, values: Readonly<Record<string, string | null>>): void {
  const lines = Object.entries(values).map(
    ([name, value]) =>
      `${name}=${value ?? ''}; Path=/; HttpOnly; SameSite=Strict${value === null ? '; Max-Age=0' : ''}`,
  );
  response.setHeader('Set-Cookie', lines);
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const parts: Uint8Array[] = [];
  for await (const part of request) parts.push(part as Uint8Array);
  return new URLSearchParams(Buffer.concat(parts).toString());
}

/** The value of a cookie, or the empty string, which opens nothing. */
function cookie(request: IncomingMessage, name: string): string {
  return new RegExp(`(?:^|; )${name}=([^;]*)`).exec(request.headers.cookie ?? '')?.[1] ?? '';
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(text);
}

function goTo(response: ServerResponse, path: string): void {
  response.writeHead(303, { Location: path }).end();
}

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Deps } from './world.ts';

interface Session {
  reader: string | null;
  basket: string[];
}

export function createSite({ check }: Deps): RequestListener {
  const secret = randomBytes(32);

  function seal(session: Session): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', secret, iv);
    const text = Buffer.concat([cipher.update(JSON.stringify(session), 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url');
  }

  function unseal(cookie: string | undefined): Session {
    try {
      const sealed = Buffer.from(cookie ?? '', 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', secret, sealed.subarray(0, 12));
      decipher.setAuthTag(sealed.subarray(12, 28));
      const text = decipher.update(sealed.subarray(28), undefined, 'utf8') + decipher.final('utf8');
      return JSON.parse(text) as Session;
    } catch {
      return { reader: null, basket: [] };
    }
  }

  function save(response: ServerResponse, session: Session): void {
    response.setHeader('Set-Cookie', `sid=${seal(session)}; Path=/; HttpOnly; SameSite=Lax`);
  }

  return async (request, response) => {
    const form = await formOf(request);
    const session = unseal(cookie(request, 'sid'));
    switch (`${request.method} ${request.url}`) {
      case 'GET /':
        return say(response, 200, 'Welcome to the library');
      case 'POST /login': {
        const reader = check(form.get('name') ?? '', form.get('password') ?? '');
        if (reader === null) return say(response, 401, 'No such reader');
        save(response, { reader, basket: session.reader === null ? session.basket : [] });
        return goTo(response, '/me');
      }
      case 'GET /me':
        if (session.reader === null) return say(response, 401, 'Nobody is logged in');
        return say(response, 200, session.reader);
      case 'POST /logout':
        response.setHeader('Set-Cookie', 'sid=; Path=/; Max-Age=0');
        return goTo(response, '/');
      case 'POST /basket':
        save(response, { ...session, basket: [...session.basket, form.get('item') ?? ''] });
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

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Deps } from './world.ts';

/** What the cookie says, under the site's signature: who it is, and in which of all visits. */
interface Ticket {
  visit: number;
  reader: string | null;
}

const NOBODY: Ticket = { visit: 0, reader: null };

/** The site keeps no sessions. It signs tickets, and keeps a list of the visits that are over. */
export function createSite({ random, check }: Deps): RequestListener {
  const secret = random.bytes(32);
  const over = new Set<number>();
  const baskets = new Map<number, string[]>();
  let visits = 0;

  const sign = (text: string): Buffer => createHmac('sha256', secret).update(text).digest();

  function write(ticket: Ticket): string {
    const text = Buffer.from(JSON.stringify(ticket)).toString('base64url');
    return `${text}.${sign(text).toString('base64url')}`;
  }

  function read(value: string): Ticket {
    const [text, signed] = value.split('.').map((part) => part ?? '');
    const given = Buffer.from(signed ?? '', 'base64url');
    const right = sign(text ?? '');
    if (given.length !== right.length || !timingSafeEqual(given, right)) return NOBODY;
    const ticket = JSON.parse(Buffer.from(text ?? '', 'base64url').toString()) as Ticket;
    return over.has(ticket.visit) ? NOBODY : ticket;
  }

  /** A visit ends, another one begins, under a number that no ticket has had. */
  function next(ticket: Ticket, reader: string | null): Ticket {
    const visit = ++visits;
    const basket = baskets.get(ticket.visit) ?? [];
    baskets.set(visit, ticket.reader === null ? basket : []);
    finish(ticket);
    return { visit, reader };
  }

  function finish(ticket: Ticket): void {
    over.add(ticket.visit);
    baskets.delete(ticket.visit);
  }

  return async (request, response) => {
    const form = await formOf(request);
    const ticket = read(cookie(request, 'sid'));
    const give = (value: string, more = ''): void => {
      response.setHeader('Set-Cookie', `sid=${value}; Path=/; HttpOnly; SameSite=Lax${more}`);
    };
    switch (`${request.method} ${request.url}`) {
      case 'GET /':
        return say(response, 200, 'Welcome to the library');
      case 'POST /login': {
        const reader = check(form.get('name') ?? '', form.get('password') ?? '');
        if (reader === null) return say(response, 401, 'No such reader');
        give(write(next(ticket, reader)));
        return goTo(response, '/me');
      }
      case 'GET /me':
        return ticket.reader === null ? say(response, 401, 'Nobody') : say(response, 200, ticket.reader);
      case 'POST /logout':
        finish(ticket);
        give('', '; Max-Age=0');
        return goTo(response, '/');
      case 'POST /basket': {
        const mine = ticket.visit === 0 ? next(ticket, null) : ticket;
        if (mine !== ticket) give(write(mine));
        baskets.get(mine.visit)?.push(form.get('item') ?? '');
        return goTo(response, '/basket');
      }
      case 'GET /basket':
        return say(response, 200, (baskets.get(ticket.visit) ?? []).join('\n'));
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

function cookie(request: IncomingMessage, name: string): string {
  const pairs = (request.headers.cookie ?? '').split('; ');
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(text);
}

function goTo(response: ServerResponse, path: string): void {
  response.writeHead(303, { Location: path }).end();
}

import { createHash } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import type { Deps } from './world.ts';

const FLAGS = 'Path=/; HttpOnly; SameSite=Lax';

/** Sessions in a table, by the hash of their key: who reads the table has no key in his hands. */
export function createSite({ random, check }: Deps): RequestListener {
  const db = new DatabaseSync(':memory:');
  db.exec(`CREATE TABLE session(id INTEGER PRIMARY KEY, key TEXT UNIQUE, reader TEXT);
    CREATE TABLE basket(session INTEGER REFERENCES session ON DELETE CASCADE, item TEXT);
    PRAGMA foreign_keys = ON`);
  const hash = (key: string): string => createHash('sha256').update(key).digest('hex');
  const make = (): string => Buffer.from(random.bytes(16)).toString('hex');

  return async (request, response) => {
    const form = await formOf(request);
    const sid = hash(cookie(request, 'sid') ?? '');
    const row = db.prepare('SELECT id, reader FROM session WHERE key = ?').get(sid) as
      | { id: number; reader: string | null }
      | undefined;
    const give = (key: string): void => void response.setHeader('Set-Cookie', `sid=${key}; ${FLAGS}`);
    switch (`${request.method} ${request.url}`) {
      case 'GET /':
        return say(response, 200, 'Welcome to the library');
      case 'POST /login': {
        const reader = check(form.get('name') ?? '', form.get('password') ?? '');
        if (reader === null) return say(response, 401, 'No such reader');
        const key = make();
        if (row?.reader === null)
          db.prepare('UPDATE session SET key = ?, reader = ? WHERE id = ?').run(hash(key), reader, row.id);
        else {
          db.prepare('DELETE FROM session WHERE key = ?').run(sid);
          db.prepare('INSERT INTO session(key, reader) VALUES (?, ?)').run(hash(key), reader);
        }
        give(key);
        return goTo(response, '/me');
      }
      case 'GET /me':
        if (typeof row?.reader !== 'string') return say(response, 401, 'Nobody is logged in');
        return say(response, 200, row.reader);
      case 'POST /logout':
        db.prepare('DELETE FROM session WHERE key = ?').run(sid);
        return goTo(response, '/');
      case 'POST /basket': {
        let id: number | bigint | undefined = row?.id;
        if (id === undefined) {
          const key = make();
          id = db.prepare('INSERT INTO session(key) VALUES (?)').run(hash(key)).lastInsertRowid;
          give(key);
        }
        db.prepare('INSERT INTO basket VALUES (?, ?)').run(id, form.get('item') ?? '');
        return goTo(response, '/basket');
      }
      case 'GET /basket': {
        const items = db.prepare('SELECT item FROM basket WHERE session = ?').all(row?.id ?? 0);
        return say(response, 200, items.map((i) => String(i.item)).join('\n'));
      }
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

import http, { type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { duplexPair } from 'node:stream';
import type { Fact, Site } from '../core/facts.ts';
import { Cookies, type From } from './cookies.ts';
import type { LearnerServer, Said } from './http-server.ts';

export type HttpFact = Extract<Fact, { kind: 'http' }>;

/** Where every served site is, as far as its browsers know: over TLS, which ends before the learner's server. */
const ORIGIN = 'https://site.example';
/** Redirects that a browser follows before it gives up. */
const REDIRECTS = 10;
/** Headers worth showing as evidence. */
const SHOWN = ['cookie', 'origin', 'set-cookie', 'location', 'authorization'];
/** Characters of a body shown as evidence. */
const BODY_SHOWN = 200;

export interface RequestOptions {
  headers?: Readonly<Record<string, string>>;
  /** whether redirects are followed, as a browser does; on unless said otherwise */
  follow?: boolean;
  /** a remark beside the exchange, when it is shown as evidence */
  note?: string;
}

/** An answer, read by a true HTTP client. */
export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
  /** this exchange as evidence; its site is the line that ended the answer */
  fact: HttpFact;
  /** the exchanges of redirects that led here, oldest first, and this one */
  trail: readonly Reply[];
  /** the line that said something of the answer: a header's name, `status` or `end`; the last one, if several did */
  saidAt(what: string): Site | null;
  /** the line that read the request's `cookie`, `origin` or `authorization` as `request.headers` has it; the last one */
  readAt(header: string): Site | null;
}

/** Sends requests to a served site as a browser does, and keeps its cookies. */
export interface Browser {
  readonly name: string;
  readonly cookies: Cookies;
  get(path: string, o?: RequestOptions): Promise<Reply>;
  /** posts a form */
  post(path: string, form: Readonly<Record<string, string>>, o?: RequestOptions): Promise<Reply>;
  /** what a page of another site can make this browser send: cookies as SameSite allows it, no header of its own choice */
  fromSite(origin: string): Pick<Browser, 'get' | 'post'>;
}

/** A site made of the learner's listener. */
export interface Served {
  /** a further browser; its name stands beside its exchanges */
  browser(name: string): Browser;
  /** sends bytes as a hand-made client does. @returns what came back, as text (latin1) */
  raw(bytes: string): Promise<string>;
  close(): void;
}

/** Browsers, attackers and the server between them. Requests, cookies and the reading of answers are the probe's. */
export class HttpKit {
  readonly #serve: (listener: RequestListener) => LearnerServer;
  readonly #now: () => number;
  readonly #servers: LearnerServer[] = [];

  /** @param serve starts a server where the learner's code runs; @param now the browsers' clock */
  constructor(serve: (listener: RequestListener) => LearnerServer, now: () => number) {
    this.#serve = serve;
    this.#now = now;
  }

  /** Serves the learner's listener: a true node:http server, whose bytes go through streams and not through a port. */
  serve(listener: RequestListener): Served {
    const server = this.#serve(listener);
    this.#servers.push(server);
    const now = this.#now;
    return {
      browser: (name) => browser(name, server, new Cookies(ORIGIN, now)),
      raw: async (bytes) => (await server.exchange(Buffer.from(bytes, 'latin1').toString('latin1'))).bytes,
      close: () => server.close(),
    };
  }

  /** Closes what was served; the kit calls it when the probe ends. */
  dispose(): void {
    for (const server of this.#servers.splice(0)) server.close();
  }
}

interface Outgoing {
  method: 'GET' | 'POST';
  path: string;
  form?: Readonly<Record<string, string>> | undefined;
  headers: Readonly<Record<string, string>>;
  note?: string | undefined;
}

function browser(name: string, server: LearnerServer, cookies: Cookies): Browser {
  const send = async (
    first: Omit<Outgoing, 'headers'>,
    start: (method: string) => { from: From; headers: Record<string, string> },
    o: RequestOptions = {},
  ): Promise<Reply> => {
    const trail: Reply[] = [];
    let next: Omit<Outgoing, 'headers'> = first;
    for (;;) {
      const { from, headers } = start(next.method);
      const cookie = cookies.header(next.path, from);
      const reply = await ask(name, server, {
        ...next,
        headers: { ...headers, ...o.headers, ...(cookie ? { cookie } : {}) },
        note: o.note,
      });
      for (const set of reply.headers['set-cookie'] ?? []) cookies.receive(set, pathOf(next.path));
      trail.push(reply);
      reply.trail = [...trail];
      const to = (o.follow ?? true) && trail.length <= REDIRECTS ? redirect(reply, next) : null;
      if (!to) return reply;
      next = to;
    }
  };
  const asFrom = (
    start: (method: string) => { from: From; headers: Record<string, string> },
    own: boolean,
  ): Pick<Browser, 'get' | 'post'> => ({
    get: (path, o) => send({ method: 'GET', path }, start, own ? o : withoutHeaders(o)),
    post: (path, form, o) => send({ method: 'POST', path, form }, start, own ? o : withoutHeaders(o)),
  });
  return {
    name,
    cookies,
    ...asFrom(
      (method) => ({
        from: { site: 'own' },
        headers: {
          'sec-fetch-site': 'same-origin',
          'sec-fetch-mode': 'navigate',
          ...(method === 'POST' ? { origin: ORIGIN } : {}),
        },
      }),
      true,
    ),
    fromSite: (origin) =>
      asFrom(
        (method) => ({
          from: { site: 'other', origin, method },
          headers: {
            'sec-fetch-site': 'cross-site',
            'sec-fetch-mode': 'navigate',
            referer: `${origin}/`,
            ...(method === 'POST' ? { origin } : {}),
          },
        }),
        false,
      ),
  };
}

/** A form of another site has no way to add headers. */
function withoutHeaders(o: RequestOptions = {}): RequestOptions {
  const { headers: _none, ...rest } = o;
  return rest;
}

function pathOf(target: string): string {
  return new URL(target, ORIGIN).pathname;
}

/** Where a redirect leads on this site, or null. */
function redirect(reply: Reply, asked: Omit<Outgoing, 'headers'>): Omit<Outgoing, 'headers'> | null {
  const { location } = reply.headers;
  if (![301, 302, 303, 307, 308].includes(reply.status) || location === undefined) return null;
  const to = URL.parse(location, ORIGIN + asked.path);
  if (to?.origin !== ORIGIN) return null;
  const path = to.pathname + to.search;
  return reply.status >= 307 ? { ...asked, path } : { method: 'GET', path };
}

/** One request and its answer. The request is on its way when this returns. */
async function ask(
  who: string,
  server: LearnerServer,
  out: Outgoing,
): Promise<{ -readonly [K in keyof Reply]: Reply[K] }> {
  const form = out.form && new URLSearchParams(out.form).toString();
  const { bytes, said: all } = await server.exchange(serialise(out, form));
  const { status, headers, body } = await parse(out.method, bytes);
  const said: readonly Said[] = [...(all[0] ?? [])];
  const saidAt = (what: string): Site | null =>
    said.findLast((s) => s.what === what.toLowerCase())?.site ?? null;
  const fact: HttpFact = {
    kind: 'http',
    who,
    request: shown(`${out.method} ${out.path}`, out.headers, form ?? ''),
    response: shown(String(status), headers, body),
    ...(out.note === undefined ? {} : { note: out.note }),
    site: saidAt('end') ?? saidAt('status'),
  };
  const readAt = (header: string): Site | null => saidAt(`read ${header}`);
  return { status, headers, body, fact, trail: [], saidAt, readAt };
}

/** A request as it goes over the wire (RFC 9112). */
function serialise(out: Outgoing, form: string | undefined): string {
  const body = form === undefined ? '' : Buffer.from(form).toString('latin1');
  const headers = {
    host: new URL(ORIGIN).host,
    connection: 'close',
    ...out.headers,
    ...(form === undefined
      ? {}
      : { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length) }),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `${out.method} ${out.path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** An answer as Node's own client reads it. @throws Error when the bytes are no whole answer */
async function parse(method: string, bytes: string): Promise<Pick<Reply, 'status' | 'headers' | 'body'>> {
  const [near, far] = duplexPair();
  far.resume().on('error', () => {});
  const request = http.request({ createConnection: () => near, method });
  try {
    return await new Promise((done, fail) => {
      request.once('error', (cause) => fail(new Error('the answer cannot be read as HTTP', { cause })));
      request.once('response', (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (body += chunk));
        response.once('error', (cause) => fail(new Error('the answer breaks off', { cause })));
        response.once('end', () =>
          done({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      });
      request.end();
      far.end(bytes, 'latin1');
    });
  } finally {
    near.destroy();
  }
}

/** A message as evidence shows it: first line, headers that matter, the beginning of the body. */
function shown(
  first: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: string,
): string {
  const lines = SHOWN.flatMap((name) =>
    [headers[name] ?? []]
      .flat()
      .map((value) => `${name.replaceAll(/\b[a-z]/g, (c) => c.toUpperCase())}: ${value}`),
  );
  const text = body.length > BODY_SHOWN ? `${body.slice(0, BODY_SHOWN)}…` : body;
  return [first, ...lines, ...(text === '' ? [] : [text])].join('\n');
}

import type httpModule from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type streamModule from 'node:stream';
import type { Site } from '../core/facts.ts';
import { settle } from './clock.ts';
import { learnerSite } from './frames.ts';

/** A line of learner code that said something of an answer, or read something of the request. */
export interface Said {
  /** `end`, `status`, or the name of a header in small letters; `read cookie` for a header of the request */
  what: string;
  /** the header's value; of several, one for each */
  value: string;
  site: Site | null;
}

/** What the server made of the bytes of one exchange. */
export interface Exchanged {
  /** what came back, one character a byte (latin1) */
  bytes: string;
  /** for each request in them, what learner code said of its answer, in order */
  said: Said[][];
}

/** A true HTTP server with the learner's listener, as functions that the probe's side calls over the board. */
export interface LearnerServer {
  /**
   * Opens a connection, sends bytes and waits until everything asked for in them is answered. What is not answered is
   * waited for; bytes that make no request bring none.
   * @param request one character a byte (latin1)
   */
  exchange(request: string): Promise<Exchanged>;
  close(): void;
}

/**
 * Serves a listener. Nothing listens on a port: the bytes go through a pair of streams.
 * @param listener what `http.createServer` takes
 */
export function serveListener(listener: RequestListener): LearnerServer {
  // fetched at use: a player that serves nothing need not load them
  const http = process.getBuiltinModule('node:http') as typeof httpModule;
  const { duplexPair } = process.getBuiltinModule('node:stream') as typeof streamModule;
  const open: Connection[] = [];
  const server: Server = http.createServer(
    { ServerResponse: attributed(http), connectionsCheckingInterval: 2 ** 30 },
    (request, response) => {
      const connection = open.find((c) => c.side === (request.socket as unknown));
      const said = saidOf(response);
      connection?.begun(said);
      watchHeaders(request, said);
      response.once('close', () => connection?.ended());
      listener(request, response);
    },
  );
  return {
    async exchange(request) {
      const [near, far] = duplexPair();
      const connection = new Connection(far);
      open.push(connection);
      let bytes = '';
      near.setEncoding('latin1');
      near.on('data', (chunk: string) => (bytes += chunk));
      near.once('close', () => connection.closed());
      near.once('end', () => connection.closed());
      near.on('error', () => connection.closed());
      server.emit('connection', far);
      near.write(request, 'latin1');
      await connection.quiet();
      near.destroy();
      open.splice(open.indexOf(connection), 1);
      return { bytes, said: connection.said };
    },
    close() {
      server.close();
      for (const { side } of open) side.destroy();
    },
  };
}

/** The requests of one connection. */
class Connection {
  readonly side: ReturnType<typeof streamModule.duplexPair>[1];
  readonly said: Said[][] = [];
  #running = 0;
  #closed = false;
  #wake: () => void = () => {};

  constructor(side: Connection['side']) {
    this.side = side;
  }

  begun(said: Said[]): void {
    this.said.push(said);
    this.#running++;
  }

  ended(): void {
    this.#running--;
    this.#wake();
  }

  closed(): void {
    this.#closed = true;
    this.#wake();
  }

  /** Waits until the connection is closed, or every request that came is answered and nothing further moves. */
  async quiet(): Promise<void> {
    for (;;) {
      await settle(5);
      if (this.#closed || this.#running <= 0) return;
      await new Promise<void>((done) => (this.#wake = done));
    }
  }
}

const records = new WeakMap<object, Said[]>();

function saidOf(response: object): Said[] {
  const known = records.get(response);
  if (known) return known;
  const made: Said[] = [];
  records.set(response, made);
  return made;
}

/** Headers of a request by which somebody says who they are. */
const WATCHED = ['cookie', 'origin', 'authorization'];

/** Notes where learner code reads them; the headers stay plain data. */
function watchHeaders({ headers }: IncomingMessage, said: Said[]): void {
  for (const name of WATCHED) {
    let value = headers[name];
    if (value === undefined) continue;
    Object.defineProperty(headers, name, {
      enumerable: true,
      configurable: true,
      get() {
        const site = learnerSite();
        if (site) said.push({ what: `read ${name}`, value: String(value), site });
        return value;
      },
      set(next: string) {
        value = next;
      },
    });
  }
}

let Attributed: typeof ServerResponse | undefined;

/** The server's answers, with a note of the line that set each header and of the one that ended it. */
function attributed(http: typeof httpModule): typeof ServerResponse {
  Attributed ??= class extends http.ServerResponse {
    #inside = false;

    override setHeader(name: string, value: number | string | readonly string[]): this {
      this.#note(name, value);
      return super.setHeader(name, value);
    }

    override appendHeader(name: string, value: string | readonly string[]): this {
      this.#note(name, value);
      return super.appendHeader(name, value);
    }

    override writeHead(status: number, ...rest: unknown[]): this {
      this.#note('status', String(status));
      const headers = rest.find((r) => typeof r === 'object' && r !== null) ?? [];
      for (const [name, value] of pairsOf(headers)) this.#note(name, value);
      const inside = this.#inside;
      this.#inside = true;
      try {
        return super.writeHead(status, ...(rest as []));
      } finally {
        this.#inside = inside;
      }
    }

    override end(...args: unknown[]): this {
      this.#note('end', '');
      const inside = this.#inside;
      this.#inside = true;
      try {
        return super.end(...(args as []));
      } finally {
        this.#inside = inside;
      }
    }

    #note(what: string, value: unknown): void {
      if (this.#inside) return;
      const values = Array.isArray(value) ? value : [value];
      const site = learnerSite();
      for (const one of values)
        saidOf(this).push({ what: String(what).toLowerCase(), value: String(one), site });
    }
  } as typeof ServerResponse;
  return Attributed;
}

/** Headers as writeHead takes them: an object, or a flat list of names and values. */
function pairsOf(headers: object): (readonly [string, unknown])[] {
  if (!Array.isArray(headers)) return Object.entries(headers);
  if (Array.isArray(headers[0])) return headers as [string, unknown][];
  const pairs: [string, unknown][] = [];
  for (let i = 0; i + 1 < headers.length; i += 2) pairs.push([String(headers[i]), headers[i + 1]]);
  return pairs;
}

export interface Request {
  method: 'GET' | 'PUT' | 'POST';
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/** Rejects with an error named 'ConnectionLost' when no answer came: nobody knows what became of the request. */
export interface Transport {
  send(request: Request, signal: AbortSignal): Promise<Reply>;
}

/** Milliseconds; `sleep` rejects with the signal's reason when that aborts. */
export interface Clock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Random {
  /** from 0 up to but not including 1 */
  float(): number;
  /** a whole number from 0 up to but not including `below` */
  int(below: number): number;
  bytes(n: number): Uint8Array;
}

export interface Log {
  debug(message: string, data?: object): void;
  info(message: string, data?: object): void;
  warn(message: string, data?: object): void;
  error(message: string, data?: object): void;
}

/**
 * What Node's permission model leaves open inside a player, closed before learner code is loaded. It happens when this
 * module is imported, which has to be before kit/sql.ts, which builds on node:sqlite. This is a seat belt as the
 * permission model itself is one: it runs in the process that it confines. Nothing of the verdict rests on it.
 */
import nodeModule, { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import type sqliteModule from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { WORLD_VARIABLE } from './confinement.ts';

type Sqlite = typeof sqliteModule;
type Database = InstanceType<Sqlite['DatabaseSync']>;
interface Permission {
  has(scope: string, reference?: string): boolean;
  drop?(scope: string): void;
}

/** A method as a function of its object: still itself when learner code has replaced it on the prototype. */
function uncurried<T, A extends unknown[], R>(method: (this: T, ...args: A) => R): (on: T, ...args: A) => R {
  return Function.prototype.call.bind(method) as (on: T, ...args: A) => R;
}

function denied(what: string): Error {
  return Object.assign(new Error(`${what} is not allowed here`), { code: 'ERR_ACCESS_DENIED' });
}

const { permission } = process as unknown as { permission?: Permission };
const world = process.env[WORLD_VARIABLE];
if (permission && world !== undefined) {
  closeInspector();
  closeSignals();
  guardSqlite(world);
  guardImports();
  syncBuiltinESMExports();
}

/** Forbids further threads, once the watchdog's runs. The inspector's permission stays: its pause needs it. */
export function closeThreads(): void {
  permission?.drop?.('worker');
}

function closeInspector(): void {
  // the second builds on the first: both are loaded before either is closed
  const both = [
    process.getBuiltinModule('node:inspector'),
    process.getBuiltinModule('node:inspector/promises'),
  ];
  for (const inspector of both as unknown as Record<string, unknown>[]) {
    for (const part of ['Session', 'open']) {
      inspector[part] = function refused() {
        throw denied('the inspector');
      };
    }
  }
}

/** A player may signal itself and nobody else. */
function closeSignals(): void {
  const own = process.pid;
  const ways = process as unknown as Record<string, (...args: unknown[]) => unknown>;
  for (const way of ['kill', '_kill', '_debugProcess', '_debugEnd']) {
    const real = ways[way]?.bind(process);
    if (!real) continue;
    ways[way] = (...args) => {
      const pid = Number(args[0]);
      if (pid !== own) throw denied('a signal to another process');
      return real(own, ...args.slice(1));
    };
  }
}

/** SQLite opens files by itself, past the permission model: by name, by ATTACH, by VACUUM INTO, by backup. */
function guardSqlite(world: string): void {
  const sqlite = process.getBuiltinModule('node:sqlite') as unknown as {
    -readonly [K in keyof Sqlite]: Sqlite[K];
  };
  const { DatabaseSync: Native, constants } = sqlite;
  const { prototype } = Native;
  const { setAuthorizer, prepare, exec } = prototype;
  const { construct } = Reflect;
  const root = path.resolve(world) + path.sep;
  const { resolve } = path;
  const begins = uncurried(String.prototype.startsWith);
  const contains = uncurried(String.prototype.includes);
  const lower = uncurried(String.prototype.toLowerCase);
  const inside = (file: string): boolean =>
    file === '' || file === ':memory:' || (!begins(file, 'file:') && begins(resolve(file), root));
  const named = (location: unknown): string => {
    const text = `${location as string}`;
    return begins(text, 'file:') ? fileURLToPath(text) : text;
  };
  const guarded = new WeakSet<Database>();
  const guard = (db: Database): void => {
    if (guarded.has(db)) return;
    guarded.add(db);
    setAuthorizer.call(db, (action, file) => {
      if (action !== constants.SQLITE_ATTACH) return constants.SQLITE_OK;
      return file !== null && inside(file) ? constants.SQLITE_OK : constants.SQLITE_DENY;
    });
  };
  // an authorizer is asked at every statement: only a connection that wants another file gets one
  const watched = (db: Database, sql: unknown): string => {
    const text = `${sql as string}`;
    const small = lower(text);
    if (contains(small, 'attach') || contains(small, 'vacuum')) guard(db);
    return text;
  };
  prototype.prepare = function (sql, ...rest) {
    return prepare.call(this, watched(this, sql), ...rest);
  };
  prototype.exec = function (sql) {
    exec.call(this, watched(this, sql));
  };
  prototype.setAuthorizer = function () {
    throw denied('an authorizer');
  };
  const Guarded = new Proxy(Native, {
    construct(target, [location, options], newTarget) {
      const file = named(location);
      const given = { ...(options as { readOnly?: boolean } | undefined) };
      if (!inside(file) && given.readOnly !== true)
        throw denied('a database outside the world of this player');
      return construct(target, [file, given], newTarget) as object;
    },
  });
  Object.defineProperty(prototype, 'constructor', { value: Guarded, writable: true, configurable: true });
  sqlite.DatabaseSync = Guarded;
  const { backup } = sqlite;
  sqlite.backup = async (source, to, ...rest) => {
    const file = named(to);
    if (!inside(file)) throw denied('a backup outside the world of this player');
    return backup(source, file, ...rest);
  };
}

/** Node does not tell importers of node:sqlite that its exports have changed: they get a module made from them. */
function guardImports(): void {
  const url = 'kibitzer:sqlite';
  const names = Object.keys(process.getBuiltinModule('node:sqlite')).filter((name) => name !== 'default');
  const source = [
    "const sqlite = process.getBuiltinModule('node:sqlite');",
    ...names.map((name) => `export const ${name} = sqlite.${name};`),
    'export default sqlite;',
  ].join('\n');
  const { registerHooks } = nodeModule;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'node:sqlite' ? { url, format: 'module', shortCircuit: true } : next(specifier, context),
    load: (asked, context, next) =>
      asked === url ? { format: 'module', source, shortCircuit: true } : next(asked, context),
  });
  // later hooks come first: the kit has one, for the learner's files, and after that there are no more
  let left = 1;
  nodeModule.registerHooks = (hooks) => {
    if (left-- <= 0) throw denied('a module hook');
    return registerHooks(hooks);
  };
  nodeModule.register = () => {
    throw denied('a module hook');
  };
}

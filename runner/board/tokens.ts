/**
 * The closed format of what crosses the board. A frame is one JSON array; values in it are flat tokens, and
 * every object stands once, as a definition, in the frame that first mentions it: nothing nests, so that
 * cycles need no care and depth cannot hurt.
 */

/** Anything that JSON.parse can return; every token is checked where it is read. */
export type Token = unknown;

/**
 * A value:
 *
 *   null, boolean, string, finite number    themselves
 *   ['u']                                   undefined
 *   ['n', 'NaN' | 'Infinity' | …  | '-0']   other numbers
 *   ['b', digits]                           bigint, hexadecimal
 *   ['y', 'w', name] ['y', 'f', key]        well-known symbol, Symbol.for(key)
 *   ['i', name]                             an intrinsic that both sides have
 *   ['m', id]                               an object, function or symbol of the sender ("mine")
 *   ['t', id]                               one of the receiver ("thine")
 *   ['h']                                   a hole, inside arrays only
 *
 * The answer to `get` may also be ['x'], look at your own prototypes, and ['f', answer] or ['w', answer] when it lasts:
 * for ever, or in this stretch until a payload says that it is stale.
 *
 * A definition is [id, kind, …]:
 *
 *   A level tokens · D N level [key, token, …]   array, object, object without prototype; tokens null = read later
 *   M level [key, token, …] · S level tokens     Map, Set
 *   T level ms · B level base64 type · R level lastIndex source flags     Date, bytes, RegExp
 *   F constructs proto · O proto isArray brand · E proto [key, token, enumerable, …]   function, instance, error
 *   P · Y description · W type token              promise, symbol, boxed primitive
 */
export type Definition = Token[];

/**
 * What goes with a frame: definitions, plain objects found unchanged, changes of shared data, and, where there are any,
 * exports that are no longer what was told, as number and key in turn.
 */
export type Payload = [definitions: Definition[], fresh: number[], changes: Token[][], stale?: Token[]] | 0;

/** The operations that one side may ask of an object of the other. */
export type Operation =
  | 'call'
  | 'new'
  | 'get'
  | 'set'
  | 'has'
  | 'delete'
  | 'keys'
  | 'describe'
  | 'define'
  | 'setProto'
  | 'isExtensible'
  | 'preventExtensions'
  | 'read'
  | 'copy'
  | 'iterate'
  | 'collect';

export type Frame =
  | { kind: 'ask'; seq: number; rung: boolean; op: Operation; target: number; args: Token[]; payload: Token }
  | { kind: 'answer'; seq: number; ok: boolean; value: Token; payload: Token }
  | { kind: 'settle'; id: number; rung: boolean; ok: boolean; value: Token; payload: Token }
  | { kind: 'note'; rung: boolean; text: string }
  | { kind: 'open'; seq: number; read: number; op: Operation; target: number; args: Token[]; payload: Token }
  | { kind: 'part' }
  | { kind: 'want' }
  | { kind: 'taken'; payload: Token }
  | { kind: 'yield'; payload: Token };

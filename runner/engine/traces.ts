/** Objects of the language that code could change for everybody who comes after it in the same process. */
const SHARED: readonly object[] = [
  Object,
  Array,
  String,
  Number,
  Promise,
  Date,
  Math,
  JSON,
  Reflect,
  Object.prototype,
  Function.prototype,
  Array.prototype,
  String.prototype,
  Number.prototype,
  Promise.prototype,
  Date.prototype,
  RegExp.prototype,
  Map.prototype,
  Set.prototype,
  Error.prototype,
];

type Look = readonly { on: object; key: PropertyKey; value: unknown; get: unknown }[];

function look(): Look {
  return SHARED.flatMap((on) =>
    Reflect.ownKeys(on).map((key) => {
      const { value, get } = Object.getOwnPropertyDescriptor(on, key)!;
      return { on, key, value: value as unknown, get };
    }),
  );
}

/** Names only: Node puts the values of many globals there when they are first asked for. */
function globals(): string {
  return Reflect.ownKeys(globalThis).map(String).join();
}

/**
 * Remembers how the objects that all code shares are now.
 * @returns tells later whether they have been changed
 */
export function watchShared(): () => boolean {
  const before = look();
  const names = globals();
  return () => {
    const now = look();
    return (
      now.length !== before.length ||
      globals() !== names ||
      now.some((n, i) => {
        const b = before[i]!;
        return n.on !== b.on || n.key !== b.key || !Object.is(n.value, b.value) || n.get !== b.get;
      })
    );
  };
}

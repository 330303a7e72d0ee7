import { inspect, types, type InspectOptionsStylized } from 'node:util';

/** What is being printed: each stand-in is printed by an inspect of its own, which cannot know of cycles. */
const open = new Set<object>();

/**
 * The prototype of the targets behind stand-ins, through which util.inspect prints what they stand for: inspect
 * looks at a proxy's target and not through its traps, so the printer has to wait there.
 */
export const inspectable: object = Object.create(null, {
  [inspect.custom]: {
    value(this: object, depth: number, options: InspectOptionsStylized): unknown {
      if (open.has(this)) return options.stylize('[Circular]', 'special');
      open.add(this);
      try {
        return describe(this, depth, options);
      } catch (error) {
        return `[remote: ${types.isNativeError(error) ? error.message : 'unreadable'}]`;
      } finally {
        open.delete(this);
      }
    },
  },
}) as object;

function describe(standIn: object, depth: number, options: InspectOptionsStylized): unknown {
  const name = className(standIn);
  if (typeof standIn === 'function') return options.stylize(`[${name || 'Function'}]`, 'special');
  if (depth < 0)
    return options.stylize(`[${Array.isArray(standIn) ? 'Array' : name || 'Object'}]`, 'special');
  const shown = Array.isArray(standIn) ? [] : (Object.create(named(name)) as object);
  for (const key of Reflect.ownKeys(standIn)) {
    const d = Reflect.getOwnPropertyDescriptor(standIn, key);
    if (d) Reflect.defineProperty(shown, key, d);
  }
  return inspect(shown, { ...options, depth });
}

function className(standIn: object): string {
  if (typeof standIn === 'function') {
    const name: unknown = Reflect.get(standIn, 'name');
    return typeof name === 'string' && name ? `Function: ${name}` : '';
  }
  const proto = Object.getPrototypeOf(standIn) as object | null;
  const made: unknown = proto && Reflect.get(proto, 'constructor');
  const name: unknown = typeof made === 'function' && Reflect.get(made, 'name');
  return typeof name === 'string' ? name : '';
}

/** inspect prints the name of the constructor that it finds on a prototype. */
function named(name: string): object | null {
  if (!name || name === 'Object') return name ? Object.prototype : null;
  const made = { [name]: class {} }[name]!;
  return made.prototype as object;
}

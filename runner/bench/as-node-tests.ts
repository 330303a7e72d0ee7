/**
 * Runs the probes of KIBITZER_PROBES as tests of node:test, for the bench: `import … from 'vitest'` means the few names
 * that probes use, put on top of it.
 */
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'vitest') return next(specifier, context);
    return { url: new URL('./node-test-shim.ts', import.meta.url).href, shortCircuit: true };
  },
});
await import(pathToFileURL(process.env.KIBITZER_PROBES!).href);

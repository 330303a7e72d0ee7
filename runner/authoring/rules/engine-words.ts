/** What V8 says when code takes nothing for an object: no author wrote it, whatever text it ends up in. */
const ENGINE_SAYS =
  /Cannot (?:read|set|delete|convert|destructure) [^.\n]*?\b(?:undefined|null)\b(?: \((?:reading|setting) '[^']*'\)| to object)?|\S+ is not (?:a function|defined|iterable|a constructor)/g;

/** A text without what the engine says in it. */
export const withoutEngineWords = (text: string): string => text.replaceAll(ENGINE_SAYS, '…');

/** Whether a text passes on what the engine says. */
export const hasEngineWords = (text: string): boolean => withoutEngineWords(text) !== text;

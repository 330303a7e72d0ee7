import { describe, expect, it } from 'vitest';
import { languageOf } from './language.ts';

describe('the language', () => {
  it.each([
    [[], {}, 'en'],
    [[], { LANG: 'de_AT.UTF-8' }, 'de'],
    [[], { LANG: 'C.UTF-8' }, 'en'],
    [[], { LANG: 'fr_FR.UTF-8' }, 'en'],
    [[], { LC_ALL: 'C', LANG: 'de_DE' }, 'en'],
    [[], { LC_ALL: '', LC_MESSAGES: 'de_DE', LANG: 'en_GB' }, 'de'],
    [[], { KIBITZER_LANG: 'de', LC_ALL: 'en_US' }, 'de'],
    [[], { KIBITZER_LANG: '', LANG: 'de_DE' }, 'de'],
    [['list', '--lang', 'en'], { KIBITZER_LANG: 'de' }, 'en'],
    [['--lang=de', 'list'], {}, 'de'],
    [['--lang', 'en', '--lang=DE'], {}, 'de'],
    [['judge', '--', '--lang=de'], {}, 'en'],
  ] as const)('%j with %j is %s', (argv, env, language) => {
    expect(languageOf(argv, env)).toEqual({ language });
  });

  it('that was asked for by name and does not exist is no other', () => {
    expect(languageOf(['--lang', 'fr'], { LANG: 'de_DE' })).toEqual({ unknown: 'fr' });
    expect(languageOf([], { KIBITZER_LANG: 'klingon' })).toEqual({ unknown: 'klingon' });
  });
});

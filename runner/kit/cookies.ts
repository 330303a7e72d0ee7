import { createRequire } from 'node:module';
import type { Cookie as ToughCookie, CookieJar } from 'tough-cookie';

/** A cookie as a browser keeps it. */
export interface Cookie {
  name: string;
  value: string;
  path: string;
  secure: boolean;
  httpOnly: boolean;
  /** `lax` also where the server said nothing, as browsers take it */
  sameSite: 'strict' | 'lax' | 'none';
  /** milliseconds since 1970, or null for one that lasts as long as the browser runs */
  expires: number | null;
}

/** Who starts a request: the site's own page, or a page of another site. */
export type From = { site: 'own' } | { site: 'other'; origin: string; method: string };

const require = createRequire(import.meta.url);

/**
 * The cookies that one browser keeps for one site: RFC 6265bis by tough-cookie, and what browsers do beyond it: without
 * SameSite a cookie is Lax, and SameSite=None without Secure is refused.
 */
export class Cookies {
  readonly #jar: CookieJar;
  readonly #parse: typeof ToughCookie.parse;
  readonly #origin: string;
  readonly #now: () => number;

  /** @param origin `https://site.example`; @param now the browser's clock */
  constructor(origin: string, now: () => number) {
    // loaded at use: few katas speak HTTP, and it costs a tenth of a second
    const tough = require('tough-cookie') as typeof import('tough-cookie');
    this.#parse = tough.Cookie.parse;
    this.#jar = new tough.CookieJar(undefined, {
      rejectPublicSuffixes: false,
      allowSpecialUseDomain: true,
      prefixSecurity: 'silent',
    });
    this.#origin = origin;
    this.#now = now;
  }

  /** What a server sent as Set-Cookie; what a browser would not keep is passed over. */
  receive(header: string, path: string): void {
    const cookie = this.#parse(header);
    if (!cookie || (cookie.sameSite === 'none' && !cookie.secure)) return;
    const now = this.#now();
    // as an instant: the jar would count an age from the last time the cookie was sent
    if (cookie.maxAge !== null) {
      cookie.setExpires(new Date(typeof cookie.maxAge === 'number' ? now + cookie.maxAge * 1000 : 0));
      cookie.maxAge = null;
    }
    this.#jar.setCookieSync(cookie, this.#origin + path, { now: new Date(now), ignoreError: true });
  }

  /** The value of a cookie, as the page `/` would get it. */
  get(name: string): string | undefined {
    return this.all().find((c) => c.name === name)?.value;
  }

  /** Puts a cookie there by hand, for the whole site, as somebody at this computer can; an empty value removes it. */
  set(name: string, value: string): void {
    for (const old of this.#kept('/'))
      if (old.key === name) this.#jar.store.removeCookie(old.domain!, old.path!, name, () => {});
    if (value !== '') this.receive(`${name}=${value}; Path=/; Secure; SameSite=Lax`, '/');
  }

  all(): readonly Cookie[] {
    return this.#kept('/').map((c) => ({
      name: c.key,
      value: c.value,
      path: c.path ?? '/',
      secure: c.secure,
      httpOnly: c.httpOnly,
      sameSite: sameSiteOf(c),
      expires: finite(c.expiryTime()),
    }));
  }

  /** The Cookie header of a request, or the empty string. */
  header(path: string, from: From): string {
    const sent = this.#kept(path).filter((c) => {
      if (from.site === 'own') return true;
      // the page of another site: only a GET that leads there counts as coming along a link
      return sameSiteOf(c) === 'none' || (sameSiteOf(c) === 'lax' && from.method === 'GET');
    });
    return sent.map((c) => c.cookieString()).join('; ');
  }

  #kept(path: string): ToughCookie[] {
    return this.#jar
      .getCookiesSync(this.#origin + path, { expire: false })
      .filter((c) => (finite(c.expiryTime()) ?? Infinity) > this.#now());
  }
}

function sameSiteOf(c: ToughCookie): Cookie['sameSite'] {
  return c.sameSite === 'strict' || c.sameSite === 'none' ? c.sameSite : 'lax';
}

function finite(at: number | undefined): number | null {
  return at !== undefined && Number.isFinite(at) ? at : null;
}

/** Paths that are not the web app's: what nothing answers there is not found. */
const ownedByServer = /^\/(?:api|plugins|static|files|hooks)(?:\/|$)/;

/**
 * The web app of the installation. A real server answers every other address with the app's page, which reads from the
 * address what to show; this one has no page and leads to where its web app is, if there is one.
 */
export class WebApp {
  /** Without a trailing slash. */
  url: string | undefined;

  /** The answer to a request that no route takes. */
  answer(request: Request): Response | undefined {
    const { pathname, search } = new URL(request.url);
    const isPage = request.method === "GET" && !ownedByServer.test(pathname);
    return isPage && this.url !== undefined
      ? Response.redirect(`${this.url}${pathname}${search}`, 302)
      : undefined;
  }
}

/** A page as a browser has it after following nothing: forms and `location` are for the test to use. */
export interface BrowserPage {
  readonly url: string;
  readonly status: number;
  readonly html: string;
  /** Where a redirect points, absolute. */
  readonly location: URL | undefined;
}

export type Fetch = (request: Request) => Response | Promise<Response>;

const unescapeHtml = (text: string): string =>
  text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

function attributes(tag: string): ReadonlyMap<string, string> {
  const found = [...tag.matchAll(/([a-z-]+)="([^"]*)"/g)];
  return new Map(found.map(([, name = "", value = ""]) => [name, unescapeHtml(value)]));
}

interface Form {
  readonly action: string;
  readonly fields: ReadonlyMap<string, string>;
  /** `name=value` of each button, and its text. */
  readonly buttons: readonly { readonly name: string; readonly value: string; readonly text: string }[];
}

/** The forms of a page, in order. */
export function formsOf(page: BrowserPage): readonly Form[] {
  return [...page.html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = "", content = ""]) => {
    const inputs = [...content.matchAll(/<input([^>]*)>/g)].map(([, tag = ""]) => attributes(tag));
    const buttons = [...content.matchAll(/<button([^>]*)>([\s\S]*?)<\/button>/g)].map(
      ([, tag = "", label = ""]) => {
        const found = attributes(tag);
        return {
          name: found.get("name") ?? "",
          value: found.get("value") ?? "",
          text: unescapeHtml(label.replaceAll(/<[^>]*>/g, " "))
            .replaceAll(/\s+/g, " ")
            .trim(),
        };
      },
    );
    return {
      action: attributes(head).get("action") ?? page.url,
      fields: new Map(inputs.map((input) => [input.get("name") ?? "", input.get("value") ?? ""])),
      buttons,
    };
  });
}

/** As much of a browser as signing in needs: cookies of one host, pages, forms pressed by their button's text. */
export class Browser {
  readonly #fetch: Fetch;
  readonly #cookies = new Map<string, string>();

  constructor(fetch: Fetch) {
    this.#fetch = fetch;
  }

  open(url: string | URL): Promise<BrowserPage> {
    return this.#load(new Request(url, { redirect: "manual" }));
  }

  /** Presses the button whose text contains `label`, with `typed` over the form's fields. */
  press(
    page: BrowserPage,
    label: string,
    typed: Readonly<Record<string, string>> = {},
  ): Promise<BrowserPage> {
    for (const form of formsOf(page)) {
      const button = form.buttons.find(({ text }) => text.includes(label));
      if (button === undefined) continue;
      const body = new URLSearchParams(
        [...form.fields, ...Object.entries(typed)].filter(([name]) => name !== ""),
      );
      for (const [name, value] of Object.entries(typed)) body.set(name, value);
      if (button.name !== "") body.set(button.name, button.value);
      return this.#load(
        new Request(new URL(form.action, page.url), { method: "POST", body, redirect: "manual" }),
      );
    }
    throw new Error(`The page ${page.url} has no button "${label}".`);
  }

  async #load(request: Request): Promise<BrowserPage> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    if (cookie !== "") request.headers.set("cookie", cookie);
    const response = await this.#fetch(request);
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const equals = pair.indexOf("=");
      if (/max-age=0/i.test(line)) this.#cookies.delete(pair.slice(0, equals));
      else this.#cookies.set(pair.slice(0, equals), pair.slice(equals + 1));
    }
    const target = response.headers.get("location");
    return {
      url: request.url,
      status: response.status,
      html: await response.text(),
      location: target === null ? undefined : new URL(target, request.url),
    };
  }
}

/** Opens `authorizeUrl`, chooses the account whose button contains `account`, and answers the redirect back to the app. */
export async function chooseAccount(
  browser: Browser,
  authorizeUrl: string | URL,
  account: string,
): Promise<URL> {
  const picker = await browser.open(authorizeUrl);
  const next = picker.location === undefined ? await browser.press(picker, account) : picker;
  if (next.location === undefined) throw new Error(`The sign-in did not return to the app: ${next.html}`);
  return next.location;
}

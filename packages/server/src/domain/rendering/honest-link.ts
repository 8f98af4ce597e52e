import type { PhrasingContent } from "mdast";
import { claimedHosts, hostOf, webAddress } from "./text/address.ts";
import { cleanText } from "./text/clean-text.ts";

/**
 * A link that shows where it leads. A label that names its own host stays alone; one that names none gets the host
 * behind it; one that names another is text, and the true host is the link. What cannot be linked is text.
 */
export function honestLink(label: string, address: string): PhrasingContent[] {
  const text = cleanText(label).trim();
  const url = webAddress(address);
  if (url === undefined) return unlinked(text, address);
  const host = hostOf(url);
  if (text === "") return [linkTo(host, url.href)];
  if (isAddressOf(text, url)) return [linkTo(text, url.href)];
  const claimed = claimedHosts(text);
  const hostname = url.hostname.replace(/^www\./, "");
  if (claimed.some((each) => each !== hostname))
    return [plain(`${text} (`), linkTo(host, url.href), plain(")")];
  return claimed.length > 0 ? [linkTo(text, url.href)] : [linkTo(text, url.href), plain(` (${host})`)];
}

/** An e-mail address or a telephone number is what a link of that kind is about. */
function unlinked(text: string, address: string): PhrasingContent[] {
  const [, to = ""] = /^(?:mailto|tel):([\w.+@-]{1,254})(?:\?|$)/i.exec(address.trim()) ?? [];
  if (to === "" || text.includes(to)) return text === "" ? [] : [plain(text)];
  return [plain(text === "" ? to : `${text} (${to})`)];
}

/** The address itself, in letters that cannot be mistaken, with nothing in front of its host. */
function isAddressOf(text: string, url: URL): boolean {
  if (!/^https?:\/\/[\w.:-]+(?:[/?#][!-~]*)?$/i.test(text)) return false;
  return webAddress(text)?.href === url.href;
}

/** A link whose label is ours. */
export function linkTo(label: string, url: string): PhrasingContent {
  return { type: "link", url, children: [plain(label)] };
}

export function plain(value: string): PhrasingContent {
  return { type: "text", value };
}

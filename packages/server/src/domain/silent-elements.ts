/** Elements whose content nobody sees, or nothing but what others say as well. */
export const unseenElements: ReadonlySet<string> = new Set(
  [
    "area base basefont bgsound col colgroup command datalist frame frameset isindex keygen link",
    "menuitem meta nextid noembed noframes noscript optgroup option param script source spacer style template title track",
  ].flatMap((line) => line.split(" ")),
);

/** Elements that give a form to what they hold, and show nothing when they hold nothing. */
const layoutElements: ReadonlySet<string> = new Set(
  [
    "a abbr acronym address article aside b bdi bdo big blink blockquote body br caption center cite code codeblock data dd del",
    "details dfn dialog dir div dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hgroup html",
    "i ins kbd label legend li listing main map mark marquee menu nav nobr ol output p picture plaintext pre q rb rbc rp rt rtc",
    "ruby s samp search section slot small span strike strong sub summary sup systemeventmessage table tbody td tfoot th",
    "thead time tr tt u ul var wbr xmp",
  ].flatMap((line) => line.split(" ")),
);

/** Word and Outlook mark paragraphs and places with elements of their own. */
const officeElement = /^(?:o|w|st\d+):/;

/** Whether an element without content is known to show nothing. All others, also those of a later day, may show something. */
export function isSilent(tagName: string): boolean {
  return layoutElements.has(tagName) || unseenElements.has(tagName) || officeElement.test(tagName);
}

/** Attributes that say what an element shows, the most telling first. */
export const labelAttributes = ["alt", "title", "aria-label"] as const;

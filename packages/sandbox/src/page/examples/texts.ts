import { type Example, says } from "./example.ts";

const mooring = `const berths = new Map<string, Ship>();

export function moor(ship: Ship, berth: string): boolean {
  if (berths.has(berth)) return false;
  berths.set(berth, ship);
  return true;
}`;

const row = (cell: "th" | "td", ...cells: readonly string[]) =>
  `<tr>${cells.map((text) => `<${cell}>${text}</${cell}>`).join("")}</tr>`;

const paragraph =
  "The dredging of the north basin begins on Monday at six. Ships of more than nine metres draught wait in the outer roads until the pilot calls them; smaller ones pass on the south side, one at a time, at no more than five knots. ";

/** What people write. */
export const texts: readonly Example[] = [
  {
    kind: "text",
    label: "Text with emphasis",
    shows: "The berth is confirmed",
    acts: says({
      html: "<p>The berth is <strong>confirmed for Thursday</strong>, <em>if the tide allows</em>. The <s>old plan</s> no longer counts.</p><p>Who tells the pilots?</p>",
    }),
  },
  {
    kind: "lists",
    label: "Headings, lists, a quote",
    shows: "Handover of the night shift",
    acts: says({
      html: "<h3>Handover of the night shift</h3><ol><li>Lock two is closed for repair<ul><li>open again on Friday</li><li>divers are informed</li></ul></li><li>The tug <em>Aurora</em> has a new crew</li></ol><p>The harbour master wrote:</p><blockquote>No passage of lock two before the inspection is signed.</blockquote>",
    }),
  },
  {
    kind: "table",
    label: "A table",
    shows: "Berths of the day",
    acts: says({
      html: `<p>Berths of the day:</p><table><tbody>${row("th", "Ship", "Berth", "Arrives")}${row("td", "<strong>Aurora</strong>", "North 2", "06:40")}${row("td", "Meridian", "South 1", "09:15")}${row("td", "Halcyon", "waits", "11:00")}</tbody></table>`,
    }),
  },
  {
    kind: "table-wide",
    label: "A table that is too wide",
    shows: "Cargo by berth",
    acts: says({
      html: `<p>Cargo by berth:</p><table><tbody>${row("th", "Ship", "Flag", "Agent", "From", "To", "Cargo", "Tonnes", "Draught", "Berth")}${row("td", "Aurora", "NO", "Lindqvist", "Bergen", "Porto", "Timber", "4,200", "6.1 m", "North 2")}${row("td", "Meridian", "PT", "Tavares", "Sines", "Gdansk", "Cork", "1,150", "5.4 m", "South 1")}${row("td", "Halcyon", "NL", "de Wit", "Rotterdam", "Faro", "Steel", "9,800", "8.7 m", "waits")}</tbody></table>`,
    }),
  },
  {
    kind: "code",
    label: "Code with its language",
    shows: "refuses a berth twice",
    acts: says({
      html: `<p>Now <code>moor</code> refuses a berth twice:</p><codeblock class="TypeScript"><code>${mooring.replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\n", "<br>")}</code></codeblock>`,
    }),
  },
  {
    kind: "link",
    label: "A link that says something else",
    shows: "the tide table",
    acts: says({
      html: '<p>Please read <a href="https://tides.harbour.example/2026/week-48">the tide table</a> first. It is not at <a href="https://copy.invalid/tides">https://tides.harbour.example</a>.</p>',
    }),
  },
  {
    kind: "emoji",
    label: "Emoji, an emoji of one's own, a GIF",
    shows: "First ship through the new lock",
    acts: says({
      html: '<p>First ship through the new lock <emoji id="1f389_partypopper" alt="🎉" title="Party popper"></emoji><emoji id="yes" alt="👍" title="Yes"></emoji> <customemoji id="bGlnaHRob3VzZQ==" alt="lighthouse" source="https://graph.microsoft.com/v1.0/emoji/lighthouse"></customemoji></p><p><img itemtype="http://schema.skype.com/Giphy" alt="Crew waving" src="https://media.giphy.example/crew.gif"></p>',
    }),
  },
  {
    kind: "right-to-left",
    label: "Writing from right to left",
    shows: "השיט",
    acts: says({
      html: '<p dir="rtl">שלום, <strong>השיט</strong> של יום חמישי נדחה לשעה 14:30.</p><p>هل يمكنك إبلاغ الطاقم؟</p>',
    }),
  },
  {
    kind: "long",
    label: "A text too long for a post",
    shows: "The message is longer",
    acts: says({
      html: Array.from({ length: 80 }, (_, index) => `<p>${index + 1}. ${paragraph}</p>`).join(""),
    }),
  },
];

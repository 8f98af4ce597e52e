/** Words that several answers share, Markdown. */

export const notConnected = "You are not connected to Microsoft Teams. Connect with `/msteams connect`.";

/** What a person typed, as a code span that neither ends early nor fills the screen. */
export function typedCommand(typed: string): string {
  const said = typed.length > 60 ? `${typed.slice(0, 60)}…` : typed;
  return `\`/msteams ${said.replaceAll("`", "'")}\``;
}

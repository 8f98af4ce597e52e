/** Marks that reorder the characters around them: with these a name or an address can be made to read as another. */
const reordering = /[\u202a-\u202e\u2066-\u2069]/g;
/** Nothing a reader can see, and some of it ends a line for one renderer and not for another. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
const invisible = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufeff\ufff9-\ufffb]/g;
/** U+2424, the picture of a line end, is one to Mattermost's web app and would leave the quote. */
const lineEnds = /\r\n|[\n\v\f\r\u0085\u2028\u2029\u2424]/g;

/** Foreign text over several lines, without control characters. Line ends become `\n`; direction marks of scripts stay. */
export function cleanLines(text: string): string {
  return text.toWellFormed().replace(lineEnds, "\n").replace(reordering, "").replace(invisible, "");
}

/** Foreign text within a line: white space of any kind, no-break spaces too, becomes single spaces. */
export function cleanText(text: string): string {
  return cleanLines(text).replace(/\s+/g, " ");
}

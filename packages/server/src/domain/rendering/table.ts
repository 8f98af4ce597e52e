import type { BlockContent, PhrasingContent, Table, TableCell, TableRow } from "mdast";
import { tidyPhrasing } from "./phrasing.ts";
import { textIn } from "./safe-tree.ts";

/** Wider ones wrap within their columns until nobody can read them; as code they scroll. */
const maxTableChars = 110;
const maxTableColumns = 8;

/**
 * A table as Mattermost shows it: the first row with content is its head, a cell is one line. Wide ones become code with
 * aligned columns, single columns become their content.
 */
export function tableBlocks(
  table: Table,
  contentOf: (cell: TableCell | TableRow) => readonly BlockContent[],
): BlockContent[] {
  const content = table.children
    // A link around a table stands where its rows should be.
    .map((row) => (row.type === "tableRow" ? row.children.map(contentOf) : [contentOf(row)]))
    .filter((row) => row.some((cell) => cell.length > 0));
  const columns = Math.max(0, ...content.map((row) => row.length));
  if (columns < 2) return content.flat(2);
  const rows = content.map((row) =>
    Array.from({ length: columns }, (_, column) => tidyPhrasing(cellLine(row[column] ?? []))),
  );
  const texts = rows.map((row) => row.map((cell) => cell.map(textIn).join("")));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...texts.map((row) => [...(row[column] ?? "")].length)),
  );
  const width = widths.reduce((sum, each) => sum + each, 0);
  if (width > maxTableChars || columns > maxTableColumns) return [asCode(texts, widths)];
  return [
    {
      type: "table",
      align: table.align?.slice(0, columns) ?? null,
      children: rows.map((row) => ({
        type: "tableRow",
        children: row.map((children) => ({ type: "tableCell", children })),
      })),
    },
  ];
}

/** Paragraphs, lists and lines of a cell, one behind the other. */
function cellLine(blocks: readonly BlockContent[]): PhrasingContent[] {
  return blocks.flatMap((block, index) => [...(index === 0 ? [] : [separator]), ...phrasingIn(block)]);
}

const separator: PhrasingContent = { type: "text", value: " / " };

function phrasingIn(block: BlockContent): PhrasingContent[] {
  switch (block.type) {
    case "paragraph":
    case "heading":
      return block.children.map(cellPhrasing);
    case "list":
      return block.children.flatMap((item, index) => [
        ...(index === 0 ? [] : [separator]),
        ...cellLine(
          item.children.filter((child) => child.type !== "definition" && child.type !== "footnoteDefinition"),
        ),
      ]);
    case "blockquote":
      return cellLine(
        block.children.filter((child) => child.type !== "definition" && child.type !== "footnoteDefinition"),
      );
    default:
      return [{ type: "text", value: textIn(block).replace(/\s+/g, " ") }];
  }
}

/** Within a table the web app takes a pipe in code for the end of the cell. */
function cellPhrasing(node: PhrasingContent): PhrasingContent {
  if (node.type === "break") return separator;
  return node.type === "inlineCode" && node.value.includes("|") ? { type: "text", value: node.value } : node;
}

function asCode(rows: readonly (readonly string[])[], widths: readonly number[]): BlockContent {
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - [...cell].length))
      .join("  ")
      .trimEnd(),
  );
  return { type: "code", value: lines.join("\n") };
}

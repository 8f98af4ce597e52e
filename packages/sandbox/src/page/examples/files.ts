import { type Example, says } from "./example.ts";

const report = "Inspection of lock two\n\nGates: sound\nPumps: one of three to be replaced\n";

const snippet = `SELECT ship, berth, arrives
  FROM berths
 WHERE arrives::date = current_date
 ORDER BY arrives;
`;

/** What comes with a message. An administrator chooses whether pictures and files are copied. */
export const files: readonly Example[] = [
  {
    kind: "picture",
    label: "A picture amid words",
    shows: "The plan of the moorings",
    acts: says({
      html: '<p>The plan of the moorings:<img src="../hostedContents/plan/$value" alt="Plan of the moorings">and tell me which is ours.</p>',
      pictures: [{ id: "plan", address: "/examples/mooring-plan.png" }],
    }),
  },
  {
    kind: "file",
    label: "A file",
    shows: "The report on lock two",
    acts: says({
      html: "<p>The report on lock two:</p>",
      files: [{ name: "lock-two.txt", contentType: "text/plain", bytesBase64: btoa(report) }],
    }),
  },
  {
    kind: "code-snippet",
    label: "A code snippet",
    shows: "The query behind the board",
    acts: says({
      html: "<p>The query behind the board:</p>",
      attachments: [
        {
          contentType: "application/vnd.microsoft.card.codesnippet",
          content: JSON.stringify({ language: "SQL", codeSnippetUrl: "../hostedContents/code/$value" }),
        },
      ],
      hostedContents: [{ id: "code", contentType: "text/plain", bytesBase64: btoa(snippet) }],
    }),
  },
];

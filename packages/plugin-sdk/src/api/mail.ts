import { type Call, row } from "../contract/row.ts";
import { string } from "../gob/schema.ts";

/** API methods for e-mail (Mattermost plugin API). */
export const mailRows = {
  SendMail: row([string, string, string], [], "appError"),
};

/** The author's view of {@link mailRows}. */
export function mail(call: Call<typeof mailRows>) {
  return {
    send: (to: string, subject: string, htmlBody: string) => call("SendMail", to, subject, htmlBody),
  };
}

import type { Hono } from "hono";
import { entraCases } from "./entra-cases.ts";
import { errorNumberPage } from "./pages/notices.ts";

/** `GET /error?code=n`: what an AADSTS number means. */
export function addErrorNumberRoute(app: Hono): void {
  app.get("/error", (context) => {
    const number = Number(context.req.query("code"));
    const row = Object.values(entraCases).find((candidate) => candidate.number === number);
    return row === undefined
      ? context.html(
          errorNumberPage("Unknown error number", "This simulated tenant never gives that number."),
          404,
        )
      : context.html(errorNumberPage(`AADSTS${number}`, `${row.text}.`));
  });
}

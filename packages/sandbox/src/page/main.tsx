import { render } from "preact";
import type { PageStart } from "../page-server.ts";
import { App } from "./app.tsx";
import { request } from "./http.ts";

const root = document.getElementById("page");
if (root !== null) {
  request<PageStart>("GET", "/start").then(
    (start) => render(<App start={start} />, root),
    (error: unknown) => {
      root.textContent = `The sandbox does not answer: ${error}. Is npm start still running?`;
    },
  );
}

import { runPlugin } from "../../go-plugin/run-plugin.ts";

await runPlugin(() => Promise.reject(new Error("a module is missing")));

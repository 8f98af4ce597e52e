import { answerRow } from "../contract/answer-row.ts";
import { AppError } from "../contract/app-error.ts";
import type { Implementations, Row } from "../contract/row.ts";
import type { RpcMethod } from "../netrpc/rpc-method.ts";
import { type ApiTable, apiTable } from "./api-table.ts";
import { type PluginHttpAnswer, servePluginHttp } from "./plugin-http.ts";

/** A host's API by Go names; parameters arrive decoded, failure is thrown as `AppError` or any other error. */
export interface ApiImplementation extends Implementations<ApiTable> {
  /** A request from this plugin to another one. */
  readonly PluginHTTP?: PluginHttpAnswer;
}

/** Mattermost's status for "this server has no such thing". */
const NOT_IMPLEMENTED_STATUS = 501;

/** net/rpc methods for the API connection. A method that `implementation` lacks fails with status 501 and its name. */
export function serveApi(implementation: ApiImplementation): Map<string, RpcMethod> {
  const methods = new Map<string, RpcMethod>();
  for (const [name, row] of Object.entries<Row>(apiTable)) {
    methods.set(
      `Plugin.${name}`,
      answerRow(name, row, (...args) => {
        const method: unknown = Reflect.get(implementation, name);
        if (typeof method === "function") return Reflect.apply(method, implementation, args);
        throw new AppError({
          id: "api.not_implemented",
          message: `This server does not implement the plugin API method ${name}`,
          statusCode: NOT_IMPLEMENTED_STATUS,
          where: name,
        });
      }),
    );
  }
  const answer = implementation.PluginHTTP;
  if (answer !== undefined)
    methods.set(...servePluginHttp((request) => answer.call(implementation, request)));
  return methods;
}

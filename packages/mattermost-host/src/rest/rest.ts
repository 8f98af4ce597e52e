import type { HttpBindings } from "@hono/node-server";
import type { Context, Hono } from "hono";
import { AppError } from "../app-error.ts";
import type { Session } from "../model/user.ts";
import type { NodeParts } from "../node/node-parts.ts";

/** What every route of the REST interface has at hand; `session` is there behind `requireSession`. */
export interface RestEnvironment {
  Variables: { session: Session };
  Bindings: HttpBindings;
}

export type Rest = Hono<RestEnvironment>;
export type RestContext<Path extends string = string> = Context<RestEnvironment, Path>;

/** The answer of routes that have nothing to say. */
export const statusOk = { status: "OK" } as const;

/** A user id in a path, where `me` stands for the caller. */
export function userParam(context: RestContext, name = "user_id"): string {
  const value = context.req.param(name) ?? "";
  return value === "me" ? context.get("session").userId : value;
}

export function forbidden(permission: string): AppError {
  return new AppError("api.context.permissions.app_error", { detail: `It needs ${permission}.` });
}

export function requirePermission(parts: NodeParts, context: RestContext, permission: string): void {
  if (!parts.system.permissions.has(context.get("session").userId, permission)) throw forbidden(permission);
}

/** The caller acts on their own account or is an administrator. */
export function requireSelf(parts: NodeParts, context: RestContext, userId: string): void {
  if (context.get("session").userId !== userId) requirePermission(parts, context, "edit_other_users");
}

export function requireInChannel(
  parts: NodeParts,
  context: RestContext,
  channelId: string,
  permission: string,
): void {
  const { userId } = context.get("session");
  if (!parts.system.permissions.hasInChannel(userId, channelId, permission)) throw forbidden(permission);
}

export function requireInTeam(
  parts: NodeParts,
  context: RestContext,
  teamId: string,
  permission: string,
): void {
  const { userId } = context.get("session");
  if (!parts.system.permissions.hasInTeam(userId, teamId, permission)) throw forbidden(permission);
}

/** Pages of lists: 60 rows unless asked, never more than 200 (web.PerPageDefault, …Maximum). */
export function pageOf(context: RestContext): { readonly page: number; readonly perPage: number } {
  const number = (name: string, otherwise: number) => {
    const value = Number.parseInt(context.req.query(name) ?? "", 10);
    return Number.isNaN(value) || value < 0 ? otherwise : value;
  };
  return { page: number("page", 0), perPage: Math.min(number("per_page", 60), 200) };
}

export function cutPage<T>(rows: readonly T[], { page, perPage }: ReturnType<typeof pageOf>): T[] {
  return rows.slice(page * perPage, (page + 1) * perPage);
}

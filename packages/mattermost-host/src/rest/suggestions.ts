import { isRecord } from "../json.ts";
import type { AutocompleteListItem, AutocompleteNode, Command } from "../model/command.ts";
import type { Session } from "../model/user.ts";
import type { NodeParts } from "../node/node-parts.ts";
import { argumentSuggestions, type ListedItems } from "./argument-suggestions.ts";
import { askPlugin, pluginAddress } from "./local-request.ts";
import type { Suggestion } from "./suggestion.ts";

/** Where a command is being typed. */
export interface TypedAt {
  readonly teamId: string;
  readonly channelId: string;
  readonly rootId: string;
  readonly siteURL: string;
}

/**
 * Completions of a half typed command (App.GetSuggestions). A node is offered when its role equals the caller's or the
 * caller is an administrator; a node without a role is therefore hidden from everybody else.
 */
export async function suggestionsFor(
  parts: NodeParts,
  session: Session,
  userInput: string,
  at: TypedAt,
): Promise<Suggestion[]> {
  const user = parts.system.users.get(session.userId);
  const role = user.roles.split(" ").includes("system_admin") ? "system_admin" : "system_user";
  const listed: ListedItems = (url, parsed) => dynamicItems(parts, session, url, userInput, parsed, at);
  const found: Suggestion[] = [];
  for (const { command } of parts.plugins.commands()) {
    if (!command.autoComplete || (command.teamId !== "" && command.teamId !== at.teamId)) continue;
    const lines = await walk([rootOf(command)], "", userInput.replace(/^\//, ""), role, listed);
    found.push(...lines.map((line) => ({ ...line, IconData: command.autocompleteIconData })));
  }
  return found.toSorted((a, b) => Number(a.Suggestion > b.Suggestion) - Number(a.Suggestion < b.Suggestion));
}

function rootOf(command: Command): AutocompleteNode {
  return (
    command.autocomplete ?? {
      trigger: command.trigger,
      hint: command.autoCompleteHint,
      helpText: command.autoCompleteDesc,
      roleId: "system_user",
      arguments: [],
      subCommands: [],
    }
  );
}

async function walk(
  nodes: readonly AutocompleteNode[],
  parsed: string,
  rest: string,
  role: string,
  listed: ListedItems,
): Promise<Suggestion[]> {
  const visible = nodes.filter((node) => role === "system_admin" || node.roleId === role);
  const space = rest.indexOf(" ");
  if (space < 0) {
    return visible
      .filter((node) => node.trigger.startsWith(rest.toLowerCase()))
      .map((node) => ({
        Complete: parsed + node.trigger,
        Suggestion: node.trigger,
        Hint: node.hint,
        Description: node.helpText,
        IconData: "",
      }));
  }
  const found: Suggestion[] = [];
  for (const node of visible) {
    if (node.trigger.toLowerCase() !== rest.slice(0, space).toLowerCase()) continue;
    const nowParsed = parsed + rest.slice(0, space + 1);
    const left = rest.slice(space + 1);
    found.push(
      ...(node.arguments.length > 0
        ? await argumentSuggestions(node.arguments, nowParsed, left, listed)
        : await walk(node.subCommands, nowParsed, left, role, listed)),
    );
  }
  return found;
}

/** Asks the plugin for a dynamic list; a plugin that fails offers nothing. */
async function dynamicItems(
  parts: NodeParts,
  session: Session,
  url: string,
  userInput: string,
  parsed: string,
  at: TypedAt,
): Promise<readonly AutocompleteListItem[]> {
  const address = pluginAddress(url, parts.system.configuration.current.ServiceSettings.SiteURL);
  if (!address) return [];
  const query = new URLSearchParams({
    user_input: userInput,
    parsed,
    request_id: parts.system.newId(),
    session_id: session.id,
    channel_id: at.channelId,
    team_id: at.teamId,
    root_id: at.rootId,
    user_id: session.userId,
    site_url: at.siteURL,
  });
  const answer = await askPlugin(
    parts,
    session,
    { ...address, path: `${address.path}?${query}` },
    {
      method: "GET",
      headers: new Headers(),
      body: undefined,
      signal: AbortSignal.timeout(dynamicListTimeoutMs),
    },
  );
  if (!answer) return [];
  const items: unknown = await answer.json().catch(() => []);
  return Array.isArray(items) ? items.filter(isRecord).map(itemOf) : [];
}

/** Local requests to plugins get the server's time limit for outgoing requests (ServiceSettings.OutgoingIntegrationRequestsTimeout). */
const dynamicListTimeoutMs = 30_000;

function itemOf(json: Record<string, unknown>): AutocompleteListItem {
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return { item: text(json.Item), hint: text(json.Hint), helpText: text(json.HelpText) };
}

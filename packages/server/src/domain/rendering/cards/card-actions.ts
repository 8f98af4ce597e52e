import type { PhrasingContent, RootContent } from "mdast";
import { type JsonObject, listOf, objectOf, textOf } from "../../graph-json.ts";
import { linkInTeams } from "../html/teams-elements.ts";
import { linkTo, row } from "./card-nodes.ts";

/** What can be done with a card: addresses are links, everything else is done in Teams and leads there. */
export function actionRow(actions: unknown): RootContent[] {
  return row(listOf(actions).flatMap((action) => actionLink(objectOf(action) ?? {})));
}

/**
 * Where a press on a part of a card leads, unless one of the card's buttons, of which `said` are the
 * {@link meaningOf|meanings}, says so as well.
 */
export function pressLink(json: unknown, said: ReadonlySet<string>): PhrasingContent[] {
  const action = objectOf(json) ?? {};
  const meaning = meaningOf(action);
  return meaning === undefined || said.has(meaning) ? [] : actionLink(action);
}

/** What tells two actions apart for whoever reads them. */
export function meaningOf(action: JsonObject): string | undefined {
  return addressOf(action) ?? textOf(action.title);
}

/** Actions of adaptive cards, buttons of bot cards and actions of connector cards alike. */
function actionLink(action: JsonObject): PhrasingContent[] {
  const title = textOf(action.title) ?? textOf(action.name);
  const url = addressOf(action);
  if (url !== undefined) return [linkTo(title ?? "Open", url)];
  if (title === undefined || isLocal(action)) return [];
  return [linkInTeams(`${title} (in Teams)`)];
}

/** Where an action leads. Connector cards name a target per system; any of them is the page for a browser. */
export function addressOf(action: JsonObject): string | undefined {
  switch (textOf(typeOf(action))?.toLowerCase()) {
    case "action.openurl":
    case "action.openurldialog":
      return textOf(action.url);
    case "openurl":
    case "signin":
    case "playvideo":
    case "playaudio":
    case "showimage":
    case "downloadfile":
      return textOf(action.value);
    case "openuri": {
      const targets = listOf(action.targets).map((target) => objectOf(target) ?? {});
      const target = targets.find(({ os }) => os === "default") ?? targets[0];
      return textOf(target?.uri);
    }
    case "viewaction":
      return listOf(action.target).map(textOf).find(Boolean) ?? textOf(action.target);
    default:
      return undefined;
  }
}

function typeOf(action: JsonObject): unknown {
  return action.type ?? action["@type"];
}

/** Changes only what the card shows, and hidden parts that can be shown are shown here; or empties fields. */
function isLocal(action: JsonObject): boolean {
  return /^Action\.(?:ToggleVisibility|ResetInputs)$/i.test(textOf(typeOf(action)) ?? "");
}

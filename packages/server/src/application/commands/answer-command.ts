import type { ConnectionStatus } from "../connections/connection-status.ts";
import type { Administrators, Integration, Setup } from "../integration.ts";
import type { Log } from "../log.ts";
import { answerAdministrator, onlyAdministratorsText } from "./administrator-answers.ts";
import { overviewText, setupProblemsText } from "./administrator-status.ts";
import { type Chosen, choiceText, chosenText, settingsText, unknownChoiceText } from "./choice-texts.ts";
import {
  disconnectedText,
  failedText,
  helpText,
  notSetUpText,
  startedText,
  statusText,
  unknownText,
} from "./command-answers.ts";
import { notConnected } from "./command-texts.ts";
import { type AdministratorCommand, type Command, parseCommand } from "./parse-command.ts";

export interface CommandParts {
  readonly setup: () => Setup;
  readonly administrators: Administrators;
  readonly log: Log;
}

export interface CommandRequest {
  readonly userId: string;
  readonly channelId: string;
  /** The thread in which it was typed. */
  readonly rootId: string | undefined;
  /** The whole line, `/msteams` included. */
  readonly line: string;
  /** Id of the ephemeral post that will hold the answer, so that a link in it can be replaced later. */
  readonly ephemeralPostId: string;
}

/** Does what a person typed and resolves to what the bot says to it, Markdown. Never rejects. */
export async function answerCommand(parts: CommandParts, request: CommandRequest): Promise<string> {
  const command = parseCommand(request.line);
  try {
    return await answer(parts, request, command);
  } catch (error) {
    const cause = error instanceof Error ? error.name : "unknown";
    parts.log.error("A command failed", { command: command.kind, cause });
    return failedText;
  }
}

async function answer(parts: CommandParts, request: CommandRequest, command: Command): Promise<string> {
  const isAdministrator =
    concernsAdministrators(command) && (await parts.administrators.isAdministrator(request.userId));
  if (command.kind === "help") return helpText(isAdministrator);
  if (command.kind === "unknown") return unknownText(command.typed, isAdministrator);
  if (command.kind === "choice-unknown") return unknownChoiceText(command.typed, command.names);
  const isAdministration = isAdministratorCommand(command);
  if (isAdministration && !isAdministrator) return onlyAdministratorsText;
  const setup = parts.setup();
  if (setup.kind !== "ready") return isAdministrator ? setupProblemsText(setup.problems) : notSetUpText;
  if (isAdministration) return answerAdministrator(setup.integration, command);
  const said = await run(setup.integration, request, command);
  return isAdministrator ? `${said}\n\n${overviewText(await setup.integration.overview())}` : said;
}

/** Whether the answer depends on who asks; for the others nobody is looked up. */
function concernsAdministrators(command: Command): boolean {
  return ["status", "help", "unknown"].includes(command.kind) || isAdministratorCommand(command);
}

function isAdministratorCommand(command: Command): command is AdministratorCommand {
  return command.kind.startsWith("admin-");
}

async function run(
  integration: Integration,
  { userId, channelId, rootId, ephemeralPostId }: CommandRequest,
  command: Exclude<Command, AdministratorCommand | { kind: "help" | "unknown" | "choice-unknown" }>,
): Promise<string> {
  switch (command.kind) {
    case "connect":
      return startedText(await integration.start({ userId, channelId, rootId, ephemeralPostId }));
    case "disconnect":
      return disconnectedText(await integration.disconnect(userId));
    case "status":
      return statusText(await integration.connectionOf(userId));
    case "settings":
      return ifConnected(await integration.connectionOf(userId), settingsText);
    case "choice-status":
      return ifConnected(await integration.connectionOf(userId), (chosen) =>
        choiceText(command.name, chosen),
      );
    case "choose":
      return chosenText(command, await integration.choose(userId, { [command.name]: command.value }));
  }
}

function ifConnected(status: ConnectionStatus, text: (chosen: Chosen) => string): string {
  return status.kind === "connected" ? text(status) : notConnected;
}

import type { ChatReference } from "../chats/mute-chat.ts";
import type { ConnectionStatus } from "../connections/connection-status.ts";
import type { Administrators, Integration, Setup } from "../integration.ts";
import type { Log } from "../log.ts";
import type { Reply } from "../mattermost/ephemeral-posts.ts";
import { answerAdministrator, onlyAdministratorsText } from "./administrator-answers.ts";
import { overviewText, setupProblemsText } from "./administrator-status.ts";
import { chatsReply, mutedReply, unmutedReply } from "./chat-answers.ts";
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
import { quietText } from "./quiet-answers.ts";
import { snoozedText } from "./snooze-answers.ts";
import { whyText } from "./why-answers.ts";

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

/** Does what a person typed and resolves to what the bot says to it. Never rejects. */
export async function answerCommand(parts: CommandParts, request: CommandRequest): Promise<Reply> {
  const command = parseCommand(request.line);
  try {
    return await answer(parts, request, command);
  } catch (error) {
    const cause = error instanceof Error ? error.name : "unknown";
    parts.log.error("A command failed", { command: command.kind, cause });
    return { message: failedText };
  }
}

async function answer(parts: CommandParts, request: CommandRequest, command: Command): Promise<Reply> {
  const isAdministrator =
    concernsAdministrators(command) && (await parts.administrators.isAdministrator(request.userId));
  if (command.kind === "help") return { message: helpText(isAdministrator) };
  if (command.kind === "unknown") return { message: unknownText(command.typed, isAdministrator) };
  if (command.kind === "choice-unknown") return { message: unknownChoiceText(command.typed, command.names) };
  const isAdministration = isAdministratorCommand(command);
  if (isAdministration && !isAdministrator) return { message: onlyAdministratorsText };
  const setup = parts.setup();
  if (setup.kind !== "ready")
    return { message: isAdministrator ? setupProblemsText(setup.problems) : notSetUpText };
  if (isAdministration) return { message: await answerAdministrator(setup.integration, command) };
  const said = await run(setup.integration, request, command);
  if (!isAdministrator) return said;
  return { ...said, message: `${said.message}\n\n${overviewText(await setup.integration.overview())}` };
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
): Promise<Reply> {
  switch (command.kind) {
    case "connect":
      return {
        message: startedText(await integration.start({ userId, channelId, rootId, ephemeralPostId })),
      };
    case "disconnect":
      return { message: disconnectedText(await integration.disconnect(userId)) };
    case "status":
      return { message: statusText(await integration.connectionOf(userId)) };
    case "settings":
      return ifConnected(await integration.connectionOf(userId), settingsText);
    case "choice-status":
      return ifConnected(await integration.connectionOf(userId), (chosen) =>
        choiceText(command.name, chosen),
      );
    case "choose":
      return {
        message: chosenText(command, await integration.choose(userId, { [command.name]: command.value })),
      };
    case "snooze":
      return { message: snoozedText(await integration.snooze(userId, command.until)) };
    case "quiet":
      return { message: quietText(await integration.quietHours(userId, command.hours)) };
    case "why":
      return { message: whyText(await integration.decisions(userId)) };
    case "chats":
      return chatsReply(await integration.chats(userId));
    case "mute": {
      const { name, until, mentions } = command;
      return mutedReply(await integration.mute(userId, { chat: chatMeant(name, rootId), until, mentions }));
    }
    case "unmute":
      return unmutedReply(await integration.unmute(userId, chatMeant(command.name, rootId)));
  }
}

function ifConnected(status: ConnectionStatus, text: (chosen: Chosen) => string): Reply {
  return { message: status.kind === "connected" ? text(status) : notConnected };
}

/** Without a name it is the chat of the thread in which the command was typed. */
function chatMeant(name: string, rootId: string | undefined): ChatReference {
  return name === "" && rootId !== undefined ? { kind: "post", postId: rootId } : { kind: "typed", name };
}

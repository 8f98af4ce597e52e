import type { Command } from "../model/command.ts";

export interface RegisteredCommand {
  readonly pluginId: string;
  readonly command: Command;
}

/** The slash commands of one node's plugins. They live in memory only: whoever starts again registers again. */
export class CommandRegistry {
  #commands: readonly RegisteredCommand[] = [];

  /** Takes the place of the plugin's own command of that trigger and team; another plugin's stays, and comes first. */
  register(pluginId: string, command: Command): void {
    const { teamId, trigger } = command;
    const index = this.#commands.findIndex(
      (one) => one.pluginId === pluginId && matches(one, teamId, trigger),
    );
    const entry = { pluginId, command };
    this.#commands = index < 0 ? [...this.#commands, entry] : this.#commands.with(index, entry);
  }

  /** Mattermost does not ask whose the command is. */
  unregister(teamId: string, trigger: string): void {
    this.#commands = this.#commands.filter((one) => !matches(one, teamId, trigger));
  }

  unregisterAll(pluginId: string): void {
    this.#commands = this.#commands.filter((one) => one.pluginId !== pluginId);
  }

  all(): readonly RegisteredCommand[] {
    return this.#commands;
  }

  /** Who answers `line` in that team: the first registered for the team or for all of them. */
  find(line: string, teamId: string): RegisteredCommand | undefined {
    const trigger = line.slice(1).split(/\s/, 1)[0]?.toLowerCase() ?? "";
    return this.#commands.find((one) => matches(one, teamId, trigger) || matches(one, "", trigger));
  }
}

function matches({ command }: RegisteredCommand, teamId: string, trigger: string): boolean {
  return command.teamId === teamId && command.trigger === trigger;
}

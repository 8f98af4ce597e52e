import type { Command } from "../model/command.ts";

export interface RegisteredCommand {
  readonly pluginId: string;
  readonly command: Command;
}

/** The slash commands of one node's plugins. They live in memory only: whoever starts again registers again. */
export class CommandRegistry {
  #commands: readonly RegisteredCommand[] = [];

  /** Takes the place of whatever had the trigger in that team before. */
  register(pluginId: string, command: Command): void {
    this.#commands = [...this.#without(command.teamId, command.trigger), { pluginId, command }];
  }

  unregister(pluginId: string, teamId: string, trigger: string): void {
    const own = this.#commands.some((one) => one.pluginId === pluginId && matches(one, teamId, trigger));
    if (own) this.#commands = this.#without(teamId, trigger);
  }

  unregisterAll(pluginId: string): void {
    this.#commands = this.#commands.filter((one) => one.pluginId !== pluginId);
  }

  all(): readonly RegisteredCommand[] {
    return this.#commands;
  }

  /** Who answers `line` in that team: the command of the team itself or the one of all teams. */
  find(line: string, teamId: string): RegisteredCommand | undefined {
    const trigger = line.slice(1).split(/\s/, 1)[0]?.toLowerCase() ?? "";
    return this.#commands.find((one) => matches(one, teamId, trigger) || matches(one, "", trigger));
  }

  #without(teamId: string, trigger: string): RegisteredCommand[] {
    return this.#commands.filter((one) => !matches(one, teamId, trigger));
  }
}

function matches({ command }: RegisteredCommand, teamId: string, trigger: string): boolean {
  return command.teamId === teamId && command.trigger === trigger;
}

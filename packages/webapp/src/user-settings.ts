import { pluginId } from "@msteams-notifications/server/contract";
import { choiceSections } from "./choice-sections.ts";
import type { ConnectionView } from "./connection-client.ts";
import type { SettingsAction, SettingsSection, UserSettings } from "./registry.ts";

export interface SettingsActions {
  connect(): void;
  disconnect(): void;
  retry(): void;
}

/** The page Settings > Plugin Preferences > MS Teams for one state of the connection. */
export function userSettings(
  view: ConnectionView,
  actions: SettingsActions,
  icon: string,
  further: readonly SettingsSection[] = [],
): UserSettings {
  return {
    id: pluginId,
    uiName: "MS Teams",
    icon,
    action: action(view, actions),
    sections: [...choiceSections(view.state === "connected" ? view.limits : undefined), ...further],
  };
}

function action(view: ConnectionView, actions: SettingsActions): SettingsAction {
  switch (view.state) {
    case "checking":
      return {
        title: "Checking your connection",
        text: "MS Teams notifications is asked whether your Microsoft Teams account is connected.",
        buttonText: "Check again",
        onClick: actions.retry,
      };
    case "not-set-up":
      return {
        title: "Not set up yet",
        text: "An administrator has to finish the settings of MS Teams notifications in the System Console first.",
        buttonText: "Check again",
        onClick: actions.retry,
      };
    case "not-connected":
      return {
        title: "Connect your Microsoft Teams account",
        text: "Sign in at Microsoft once, with the same e-mail address as in Mattermost, to be notified here about Teams chats.",
        buttonText: "Connect account",
        onClick: actions.connect,
      };
    case "connected":
      return {
        title: "Connected",
        text: `Your Microsoft Teams account is ${view.account}.`,
        buttonText: "Disconnect account",
        onClick: actions.disconnect,
      };
    case "unreachable":
      return {
        title: "The connection could not be checked",
        text: "MS Teams notifications did not answer. Your choice is kept.",
        buttonText: "Try again",
        onClick: actions.retry,
      };
  }
}

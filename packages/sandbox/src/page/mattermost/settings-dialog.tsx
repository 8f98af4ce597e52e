import type { UserSettings } from "@msteams-notifications/webapp/registry";
import { useEffect, useRef, useState } from "preact/hooks";
import { PluginPreferences } from "./plugin-preferences.tsx";

/** Settings > Plugin Preferences, drawn from what the plugins registered, as Mattermost draws it. */
export function SettingsDialog(props: {
  readonly userId: string;
  readonly plugins: readonly UserSettings[];
  onClose(): void;
  report(error: unknown): void;
}) {
  const { plugins, userId, onClose, report } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const [chosen, setChosen] = useState<string>();
  useEffect(() => dialog.current?.showModal(), []);
  const open = plugins.find(({ id }) => id === chosen) ?? plugins[0];
  return (
    <dialog ref={dialog} class="settings" aria-label="Settings" onClose={onClose}>
      <h2>Settings</h2>
      <div class="columns">
        <nav aria-label="Plugin preferences">
          <h3>Plugin preferences</h3>
          {plugins.map((each) => (
            <button
              type="button"
              key={each.id}
              aria-current={each.id === open?.id}
              onClick={() => setChosen(each.id)}
            >
              <Icon settings={each} /> {each.uiName}
            </button>
          ))}
        </nav>
        {open === undefined ? (
          <p>No plugin has preferences.</p>
        ) : (
          <PluginPreferences key={open.id} settings={open} userId={userId} report={report} />
        )}
      </div>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}

/** A path or an address is a picture; anything else would be a class of Mattermost's icon font. */
function Icon({ settings: { icon = "", uiName } }: { readonly settings: UserSettings }) {
  return icon.startsWith("/") || URL.canParse(icon) ? <img src={icon} alt={uiName} /> : <span>🔌</span>;
}

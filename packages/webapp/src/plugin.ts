import { connectionChangedEvent, type Place, pluginId } from "@msteams-notifications/server/contract";
import { type Browser, ConnectionClient, type ConnectionView } from "./connection-client.ts";
import { mutedChatsSection } from "./muted-chats.ts";
import { type PostChoice, registerPostMenu } from "./post-menu.ts";
import { quietHoursSection } from "./quiet-hours.ts";
import type { ComponentSection, PluginRegistry, Store, WebappPlugin } from "./registry.ts";
import { snoozeSection } from "./snooze.ts";
import { userSettings } from "./user-settings.ts";

const websocketEvent = `custom_${pluginId}_${connectionChangedEvent}`;

/**
 * The web half: keeps the preferences page in step with the connection of whoever is signed in. Mattermost initializes
 * plugins on its sign-in page already, and people come and go without the page being loaded again.
 */
export class MsTeamsPlugin implements WebappPlugin {
  readonly #browser: Browser;
  readonly #client: ConnectionClient;
  #registry: PluginRegistry | undefined;
  #unsubscribe: (() => void) | undefined;
  #removeMenu: (() => void) | undefined;
  readonly #drawn: readonly ComponentSection[];
  readonly #listeners = new Set<() => void>();
  /** Who is signed in; empty while nobody is. */
  #userId = "";
  /** Counts questions and changes of the person: an answer counts only while nothing came after its question. */
  #turn = 0;

  constructor(browser: Browser) {
    this.#browser = browser;
    const client = new ConnectionClient(browser);
    this.#client = client;
    const { react } = browser;
    const onChange = (listener: () => void) => {
      this.#listeners.add(listener);
      return () => this.#listeners.delete(listener);
    };
    this.#drawn =
      react === undefined
        ? []
        : [
            snoozeSection({
              ...{ react, onChange },
              snoozed: () => client.snoozed(),
              snooze: (snoozing) => client.snooze(snoozing),
            }),
            quietHoursSection({
              ...{ react, onChange },
              quietHours: () => client.quietHours(),
              chooseQuietHours: (choosing) => client.chooseQuietHours(choosing),
            }),
            mutedChatsSection({
              ...{ react, onChange },
              chats: () => client.chats(),
              muteChat: (muting) => client.muteChat(muting),
            }),
          ];
  }

  initialize(registry: PluginRegistry, store: Store): void {
    // Mattermost initializes the same plugin again after its landing page.
    this.uninitialize();
    this.#registry = registry;
    registry.registerWebSocketEventHandler(websocketEvent, () => void this.refresh());
    // Events that came while the websocket was down are gone for good.
    registry.registerReconnectHandler(() => void this.refresh());
    this.#removeMenu = registerPostMenu(registry, {
      store,
      choose: (choice, postId, place) => void this.#askAboutPost(choice, postId, place),
    });
    const follow = () => this.#follow(store.getState().entities.users.currentUserId);
    this.#unsubscribe = store.subscribe(follow);
    follow();
  }

  uninitialize(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#registry?.unregisterWebSocketEventHandler?.(websocketEvent);
    this.#registry?.unregisterReconnectHandler?.();
    this.#removeMenu?.();
    this.#removeMenu = undefined;
    this.#registry = undefined;
    this.#userId = "";
    this.#turn += 1;
  }

  /** Asks the server about whoever is signed in and registers their page anew. */
  async refresh(): Promise<void> {
    if (this.#userId === "") return;
    this.#turn += 1;
    const turn = this.#turn;
    const view = await this.#client.current();
    if (turn !== this.#turn) return;
    this.#show(view);
    for (const listener of [...this.#listeners]) listener();
  }

  #follow(userId: string): void {
    if (userId === this.#userId) return;
    this.#userId = userId;
    this.#turn += 1;
    // A page cannot be taken back, only replaced: nobody sees that of the person before.
    this.#show({ state: "checking" });
    void this.refresh();
  }

  #show(view: ConnectionView): void {
    const actions = {
      connect: () => void this.#connect(),
      disconnect: () => void this.#disconnect(),
      retry: () => void this.refresh(),
    };
    this.#registry?.registerUserSettings?.(
      userSettings(
        view,
        actions,
        `${this.#browser.basePath()}/plugins/${pluginId}/public/icon.svg`,
        this.#drawn,
      ),
    );
  }

  async #connect(): Promise<void> {
    const userId = this.#userId;
    const tab = this.#browser.openTab();
    try {
      const url = await this.#client.connect();
      if (userId !== this.#userId) tab?.close();
      else if (tab) tab.navigate(url);
      else this.#browser.navigate(url);
    } catch (error) {
      tab?.close();
      await this.#failed(userId, error);
    }
  }

  async #askAboutPost(choice: PostChoice, postId: string, place: Place): Promise<void> {
    const userId = this.#userId;
    try {
      await this.#client.askAboutPost(choice, postId, place);
    } catch (error) {
      await this.#failed(userId, error);
    }
  }

  async #disconnect(): Promise<void> {
    if (
      !this.#browser.confirm(
        "Disconnect your Microsoft Teams account? You will no longer be notified here about Teams chats.",
      )
    )
      return;
    const userId = this.#userId;
    try {
      await this.#client.disconnect();
      await this.refresh();
    } catch (error) {
      await this.#failed(userId, error);
    }
  }

  /** What went wrong is only for the person who asked for it. */
  async #failed(userId: string, error: unknown): Promise<void> {
    if (userId !== this.#userId) return;
    this.#browser.alert(error instanceof Error ? error.message : String(error));
    await this.refresh();
  }
}

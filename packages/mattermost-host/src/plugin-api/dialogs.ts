import type { ApiImplementation } from "@msteams-notifications/plugin-sdk/host";
import type { JsonObject } from "../json.ts";
import { taggedJson } from "./any-value.ts";
import type { Caller } from "./caller.ts";

/** Dialogs: the person behind the trigger id gets one on all of their clients. */
export function dialogsApi({ system }: Caller): ApiImplementation {
  return {
    OpenInteractiveDialog(request) {
      const { clientTriggerId, userId } = system.triggers.verify(request.triggerId);
      const dialog = taggedJson({ ...request, triggerId: clientTriggerId }) as JsonObject;
      system.events.publish("open_dialog", { dialog: JSON.stringify(dialog) }, { userId });
    },
  };
}

import type { Integration } from "../../../application/integration.ts";

type Answers = {
  -readonly [Name in keyof Integration as Integration[Name] extends (...args: never) => unknown
    ? Name
    : never]?: Integration[Name];
};

/** An integration in which only what a test tells answers; everything else fails the request, visibly. */
export function toldIntegration(
  answers: Answers,
  pluginUrl = "https://chat.example.com/plugins/msteams-notifications",
): Integration {
  const untold = (name: string) => async (): Promise<never> => {
    throw new Error(`${name} was not expected`);
  };
  return {
    loginUrl: "https://login.example.com",
    pluginUrl,
    start: untold("start"),
    open: untold("open"),
    finish: untold("finish"),
    disconnect: untold("disconnect"),
    disconnectOther: untold("disconnectOther"),
    connectionOf: untold("connectionOf"),
    choose: untold("choose"),
    snooze: untold("snooze"),
    quietHours: untold("quietHours"),
    reconsiderHeld: untold("reconsiderHeld"),
    decisions: untold("decisions"),
    decisionOfPost: untold("decisionOfPost"),
    chats: untold("chats"),
    chatOfPost: untold("chatOfPost"),
    mute: untold("mute"),
    unmute: untold("unmute"),
    notificationsSwitched: untold("notificationsSwitched"),
    backlog: untold("backlog"),
    failures: untold("failures"),
    replay: untold("replay"),
    catchUp: untold("catchUp"),
    receiveChanges: untold("receiveChanges"),
    receiveLifecycle: untold("receiveLifecycle"),
    recentDeliveries: untold("recentDeliveries"),
    overview: untold("overview"),
    ...answers,
  };
}

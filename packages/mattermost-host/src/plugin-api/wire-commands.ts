import {
  ATTACHMENTS_GO_TYPE,
  GoValue,
  type Input,
  type CommandResponse as ReceivedResponse,
  type CommandResponse as ResponseSchema,
} from "@msteams-notifications/plugin-sdk";
import type { CommandResponse } from "../model/command.ts";
import { jsonObjectOf, jsonOf } from "./any-value.ts";

/** What a plugin answered to a command. */
export function receivedResponse(response: ReceivedResponse): CommandResponse {
  const attachments = jsonOf(new GoValue(ATTACHMENTS_GO_TYPE, response.attachments ?? []));
  return {
    responseType: response.responseType || "ephemeral",
    text: response.text,
    username: response.username,
    iconURL: response.iconURL,
    channelId: response.channelId,
    type: response.type,
    props: jsonObjectOf(response.props ?? {}),
    gotoLocation: response.gotoLocation,
    skipSlackParsing: response.skipSlackParsing,
    attachments: Array.isArray(attachments) ? attachments : [],
    extraResponses: (response.extraResponses ?? []).map(receivedResponse),
  };
}

/** Another plugin's answer, for a plugin that ran its command; without attachments, which only clients read. */
export function sentResponse(response: CommandResponse): Input<typeof ResponseSchema> {
  const { attachments: _, extraResponses, ...sent } = response;
  return { ...sent, extraResponses: extraResponses.map(sentResponse) };
}

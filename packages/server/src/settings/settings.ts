import { z } from "zod";
import { choice, onOff, type Setting, text, wholeNumber } from "./setting.ts";

/** AES-256 takes 32 bytes, and the System Console's Regenerate button makes 32 characters. */
export const encryptionKeyCharacters = 32;

/** Subscriptions' client states are keyed with it: 16 random characters are beyond guessing. */
export const minWebhookSecretCharacters = 16;

const guid = z
  .string()
  .regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, "is not an ID of 32 hexadecimal digits");

/** Blank unless the cloud is custom; then scheme and host, and plain http only where nothing can listen in. */
const address = z
  .string()
  .refine((value) => value === "" || isAddress(value), "is not an https address without a path");

const customCloudOnly = "Used only when the cloud is *Custom*.";

/**
 * Every setting of the plugin, in the System Console's order. This one value yields the type of the configuration, its
 * checks, the manifest's `settings_schema` and docs/configuration.md.
 */
export const settings = {
  cloud: choice({
    displayName: "Microsoft cloud",
    helpText: "The cloud that holds your Microsoft 365 tenant. Most organisations are in *Global*.",
    remedy: "Choose one of the clouds in the list.",
    default: "global",
    choices: [
      { value: "global", displayName: "Global (also GCC)" },
      { value: "gcchigh", displayName: "US Government GCC High" },
      { value: "dod", displayName: "US Government DoD" },
      { value: "china", displayName: "China (21Vianet)" },
      { value: "custom", displayName: "Custom" },
    ],
  }),
  loginUrl: text({
    displayName: "Custom sign-in address",
    helpText: `Address of the Microsoft identity platform. ${customCloudOnly}`,
    placeholder: "https://login.example.com",
    remedy: "Enter scheme and host, such as https://login.example.com.",
    schema: address,
  }),
  graphUrl: text({
    displayName: "Custom Graph address",
    helpText: `Address of Microsoft Graph. ${customCloudOnly}`,
    placeholder: "https://graph.example.com",
    remedy: "Enter scheme and host, such as https://graph.example.com.",
    schema: address,
  }),
  teamsUrl: text({
    displayName: "Custom Teams address",
    helpText: `Address of Teams on the web, for links to messages. ${customCloudOnly}`,
    placeholder: "https://teams.example.com",
    remedy: "Enter scheme and host, such as https://teams.example.com.",
    schema: address,
  }),
  tenantId: text({
    displayName: "Tenant ID",
    helpText: "*Directory (tenant) ID* on the overview page of your app registration in Microsoft Entra.",
    placeholder: "00000000-0000-0000-0000-000000000000",
    remedy:
      "Copy the Directory (tenant) ID from the overview page of the app registration in Microsoft Entra.",
    schema: guid,
  }),
  clientId: text({
    displayName: "Client ID",
    helpText: "*Application (client) ID* on the overview page of your app registration in Microsoft Entra.",
    placeholder: "00000000-0000-0000-0000-000000000000",
    remedy:
      "Copy the Application (client) ID from the overview page of the app registration in Microsoft Entra.",
    schema: guid,
  }),
  clientSecret: text({
    displayName: "Client secret",
    helpText:
      "*Value* of a client secret of your app registration. Microsoft Entra shows it once, when the secret is made.",
    remedy: "Create a client secret in the app registration and paste its Value here.",
    secret: true,
    schema: z
      .string()
      .min(1, "is empty")
      .refine((value) => !guid.safeParse(value).success, "looks like the ID of a secret, not its value"),
  }),
  webhookSecret: text({
    displayName: "Webhook secret",
    helpText:
      "Proves that a change notification belongs to a subscription of this plugin. Made when the plugin first starts. After regenerating it, subscriptions are made anew.",
    remedy: "Press Regenerate and save.",
    secret: true,
    generated: true,
    schema: z
      .string()
      .min(minWebhookSecretCharacters, `is shorter than ${minWebhookSecretCharacters} characters`),
  }),
  encryptionKey: text({
    displayName: "Encryption key",
    helpText:
      "Encrypts what the plugin keeps secret in the database. Made when the plugin first starts. **Keep it:** with another key the plugin cannot read what it stored.",
    remedy: `Restore the key of ${encryptionKeyCharacters} characters that the plugin made when it first started.`,
    secret: true,
    generated: true,
    schema: z
      .string()
      .refine(
        (value) => Buffer.byteLength(value) === encryptionKeyCharacters,
        `is not ${encryptionKeyCharacters} characters long`,
      ),
  }),
  syncNotifications: onOff({
    displayName: "Sync notifications",
    helpText:
      "Forward chat messages of connected people while they are away from Teams. When off, nothing is received from Microsoft; connections stay.",
    remedy: "Choose true or false.",
    default: true,
  }),
  subscriptionScope: choice({
    displayName: "Subscription scope",
    helpText:
      "*Connected people* receives only chats of people who connected, with one subscription each. *Whole tenant* needs a single subscription and receives every chat of the tenant; choose it when Microsoft's limit of subscriptions is reached.",
    remedy: "Choose one of the scopes in the list.",
    default: "users",
    choices: [
      { value: "users", displayName: "Connected people" },
      { value: "tenant", displayName: "Whole tenant" },
    ],
  }),
  mostShown: choice({
    displayName: "Shown of messages",
    helpText:
      "The most that people are shown of a message in Mattermost; each of them can choose less. With less than the whole message, nothing of what was written is stored in Mattermost, and no pictures and files are copied. What has arrived stays as it is until it is edited in Teams.",
    remedy: "Choose one of the values in the list.",
    default: "whole",
    choices: [
      { value: "whole", displayName: "The whole message" },
      { value: "sender", displayName: "Who wrote, and in which chat" },
      { value: "notice", displayName: "That there is a message" },
    ],
  }),
  copyAttachments: onOff({
    displayName: "Copy attachments",
    helpText:
      "Copy the pictures and files of forwarded messages into Mattermost. When off, they are named and linked. For files, people are asked at connecting to let the plugin read files as them, and what they agreed to is stored, encrypted; the app registration needs the delegated permissions *Files.Read.All* and *offline_access*. People who connected earlier get pictures only until they type `/msteams connect` again.",
    remedy: "Choose true or false.",
    default: false,
  }),
  largestCopyMegabytes: wholeNumber({
    displayName: "Largest copied file (MB)",
    helpText:
      "Larger pictures and files stay in Teams and are linked. Mattermost's own *Maximum File Size* counts too. Two files at most are in the plugin's memory at once.",
    remedy: "Enter a number from 1 to 100.",
    default: 20,
    min: 1,
    max: 100,
  }),
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;

/** The value of each setting after its check. */
export type SettingValues = {
  readonly [Name in SettingName]: (typeof settings)[Name]["schema"] extends z.ZodType<infer Value>
    ? Value
    : never;
};

/** Hosts that never leave the machine, where plain http gives nothing away. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

function isAddress(value: string): boolean {
  const url = URL.parse(value);
  if (url === null || url.pathname !== "/" || url.search !== "" || url.hash !== "" || url.username !== "")
    return false;
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
}

import { z } from "zod";

/** One choice of a {@link ChoiceSetting}: what is stored, and what the System Console shows for it. */
export interface Choice<Value extends string> {
  readonly value: Value;
  readonly displayName: string;
}

interface Described {
  readonly displayName: string;
  /** Markdown; shown below the field in the System Console and on the configuration page. */
  readonly helpText: string;
  /** What an administrator does when the stored value does not fit, one sentence. */
  readonly remedy: string;
}

export interface ChoiceSetting<Value extends string> extends Described {
  readonly type: "choice";
  readonly choices: readonly Choice<Value>[];
  readonly default: Value;
  readonly secret: false;
  readonly schema: z.ZodType<Value>;
}

export interface SwitchSetting extends Described {
  readonly type: "switch";
  readonly default: boolean;
  readonly secret: false;
  readonly schema: z.ZodType<boolean>;
}

export interface NumberSetting extends Described {
  readonly type: "number";
  readonly default: number;
  readonly secret: false;
  readonly schema: z.ZodType<number>;
}

export interface TextSetting extends Described {
  readonly type: "text" | "generated";
  readonly default: "";
  readonly placeholder: string;
  readonly secret: boolean;
  readonly schema: z.ZodType<string>;
}

export type Setting = ChoiceSetting<string> | SwitchSetting | NumberSetting | TextSetting;

export function choice<const Value extends string>(
  options: Described & { choices: readonly Choice<Value>[]; default: NoInfer<Value> },
): ChoiceSetting<Value> {
  return {
    ...options,
    type: "choice",
    secret: false,
    schema: z.enum(options.choices.map(({ value }) => value)),
  };
}

export function onOff(options: Described & { default: boolean }): SwitchSetting {
  return { ...options, type: "switch", secret: false, schema: z.stringbool().or(z.boolean()) };
}

/** A whole number between `min` and `max`. Mattermost may store it as text. */
export function wholeNumber(
  options: Described & { readonly default: number; readonly min: number; readonly max: number },
): NumberSetting {
  const { min, max, ...described } = options;
  const message = `is not a whole number from ${min} to ${max}`;
  const schema = z.coerce.number(message).int(message).min(min, message).max(max, message);
  return { ...described, type: "number", secret: false, schema };
}

export function text(
  options: Described & {
    schema: z.ZodType<string>;
    placeholder?: string;
    secret?: boolean;
    generated?: boolean;
  },
): TextSetting {
  const { generated = false, ...described } = options;
  return {
    placeholder: "",
    secret: false,
    ...described,
    type: generated ? "generated" : "text",
    default: "",
  };
}

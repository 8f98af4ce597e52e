import type { ChoiceSection, RadioSetting } from "@msteams-notifications/webapp/registry";
import { useState } from "preact/hooks";
import { PostText } from "./post-text.tsx";

/** A section whose settings can be changed; nothing is saved before Save. */
export function OpenSection(props: {
  readonly section: ChoiceSection;
  readonly saved: ReadonlyMap<string, string>;
  onSave(changes: ReadonlyMap<string, string>): void;
  onCancel(): void;
}) {
  const { section, saved } = props;
  const [changes, setChanges] = useState<ReadonlyMap<string, string>>(new Map());
  return (
    <fieldset class="section">
      <legend>{section.title}</legend>
      {section.settings.map((setting) => (
        <Radio
          key={setting.name}
          setting={setting}
          value={changes.get(setting.name) ?? saved.get(setting.name) ?? setting.default}
          onChange={(value) => setChanges(new Map([...changes, [setting.name, value]]))}
        />
      ))}
      <button type="button" class="save" onClick={() => props.onSave(changes)}>
        Save
      </button>{" "}
      <button type="button" onClick={props.onCancel}>
        Cancel
      </button>
    </fieldset>
  );
}

function Radio(props: {
  readonly setting: RadioSetting;
  readonly value: string;
  onChange(value: string): void;
}) {
  const { setting, value } = props;
  return (
    <>
      <p>{setting.title}</p>
      {setting.options.map((option) => (
        <label key={option.value} class="radio">
          <input
            type="radio"
            name={setting.name}
            checked={option.value === value}
            onChange={() => props.onChange(option.value)}
          />{" "}
          {option.text} {option.helpText !== undefined && <small>{option.helpText}</small>}
        </label>
      ))}
      <div class="help">
        <PostText message={setting.helpText} />
      </div>
    </>
  );
}

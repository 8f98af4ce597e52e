import { bool, field, type Infer, int, slice, string, struct } from "../gob/schema.ts";
import { PostActionOptions } from "./attachment.ts";

/** Mattermost's `model.DialogElement`. */
export const DialogElement = struct("DialogElement", {
  displayName: string,
  name: string,
  type: string,
  subType: string,
  default: string,
  placeholder: string,
  helpText: string,
  optional: bool,
  minLength: int,
  maxLength: int,
  dataSource: string,
  dataSourceURL: string,
  options: slice(PostActionOptions),
  multiSelect: bool,
  refresh: bool,
  minDate: string,
  maxDate: string,
  timeInterval: int,
});
export interface DialogElement extends Infer<typeof DialogElement> {}

/** Mattermost's `model.Dialog`. */
export const Dialog = struct("Dialog", {
  callbackId: string,
  title: string,
  introductionText: string,
  iconURL: string,
  elements: slice(DialogElement),
  submitLabel: string,
  notifyOnCancel: bool,
  state: string,
  sourceURL: string,
});
export interface Dialog extends Infer<typeof Dialog> {}

/** Mattermost's `model.OpenDialogRequest`. */
export const OpenDialogRequest = struct("OpenDialogRequest", {
  triggerId: string,
  url: field("URL", string),
  dialog: Dialog,
});
export interface OpenDialogRequest extends Infer<typeof OpenDialogRequest> {}

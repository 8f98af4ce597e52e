import { expect, test } from "bun:test";
import { keyProp } from "../mattermost/posts.ts";
import { postKeyProp } from "./contract.ts";

test("the web half looks for posts of ours by the property that they are made with", () => {
  expect(postKeyProp).toBe(keyProp);
});

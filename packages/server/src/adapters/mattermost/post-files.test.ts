import { describe, expect, test } from "bun:test";
import type { Post } from "@msteams-notifications/plugin-sdk";
import { MattermostFileUploads } from "./file-uploads.ts";
import { Posts } from "./posts.ts";

type PostsApi = ConstructorParameters<typeof Posts>[0];

/** One post in a Mattermost that counts how often it is written. */
function onePost(given: Partial<Post> = {}) {
  const state = {
    post: { id: "p", message: "text", userId: "bot", deleteAt: 0, ...given } as Post,
    writes: 0,
  };
  const api = {
    posts: {
      get: async () => state.post,
      update: async (post: Post) => {
        state.writes += 1;
        state.post = post;
        return post;
      },
    },
  } as unknown as PostsApi;
  return { state, posts: new Posts(api, "bot") };
}

const addition = { key: "19:a/1", fileIds: ["f1", "f2"], note: "" };

describe("attaching", () => {
  test("adds files to those of the post and leaves everything else", async () => {
    const props = { msteams_notifications_key: "19:a/1", from_bot: "true" };
    const { state, posts } = onePost({ fileIds: ["f0"], props, isPinned: true });
    expect(await posts.attach("p", addition)).toEqual(["f0", "f1", "f2"]);
    expect(state.post).toMatchObject({ message: "text", isPinned: true, fileIds: ["f0", "f1", "f2"], props });
    expect(state.post.props).toEqual(props);
  });

  test("twice is once, without a second writing", async () => {
    const { state, posts } = onePost();
    await posts.attach("p", { ...addition, note: 'Not copied (gone): "b.txt"' });
    const once = state.post;
    await posts.attach("p", { ...addition, note: 'Not copied (gone): "b.txt"' });
    expect([state.writes, state.post]).toEqual([1, once]);
  });

  test("changes the text in the same writing, by what hangs on the post then", async () => {
    const { state, posts } = onePost({ fileIds: ["f0"], props: { from_bot: "true" } });
    const retell = (post: { readonly message: string }, fileIds: readonly string[]) => ({
      message: `${post.message} with ${fileIds.join()}`,
      props: { told: true },
    });
    await posts.attach("p", { ...addition, note: 'Not copied (gone): "b.txt"' }, retell);
    expect([state.writes, state.post.message]).toEqual([1, "text with f0,f1,f2"]);
    expect(state.post.props).toMatchObject({ from_bot: "true", told: true, attachments: [{}] });
    await posts.attach("p", { ...addition, note: 'Not copied (gone): "b.txt"' }, () => undefined);
    expect([state.writes, state.post.message]).toEqual([1, "text with f0,f1,f2"]);
  });

  test("leaves out what a post has no room for", async () => {
    const fileIds = Array.from({ length: 9 }, (_, index) => `other-${index}`);
    const { posts } = onePost({ fileIds });
    expect(await posts.attach("p", addition)).toEqual([...fileIds, "f1"]);
  });
});

describe("a note", () => {
  const textsOf = (post: Post) =>
    (Array.isArray(post.props?.attachments) ? post.props.attachments : []).map(
      (each) => (each as { text?: string }).text,
    );

  test("stands below the text, and one message's beside another's", async () => {
    const { state, posts } = onePost();
    await posts.attach("p", { key: "19:a/1", fileIds: [], note: 'Not copied (gone): "a"' });
    await posts.attach("p", { key: "19:a/2", fileIds: [], note: 'Not copied (gone): "b"' });
    expect(textsOf(state.post)).toEqual(['Not copied (gone): "a"\nNot copied (gone): "b"']);
    expect(state.post.message).toBe("text");
    await posts.attach("p", { key: "19:a/1", fileIds: [], note: "" });
    expect(textsOf(state.post)).toEqual(['Not copied (gone): "b"']);
    await posts.attach("p", { key: "19:a/2", fileIds: [], note: "" });
    expect(state.post.props).toEqual({});
  });

  test("leaves attachments of others alone", async () => {
    const { state, posts } = onePost({ props: { attachments: [{ text: "somebody else's" }] } });
    await posts.attach("p", { key: "19:a/1", fileIds: [], note: 'Not copied (gone): "a"' });
    expect(textsOf(state.post)).toEqual(["somebody else's", 'Not copied (gone): "a"']);
  });
});

describe("uploads", () => {
  const mattermost = (fileSettings: { enableFileAttachments?: boolean; maxFileSize?: number }) => {
    const asked = { count: 0 };
    const clock = { nowMs: 0, now: () => clock.nowMs };
    const uploaded: unknown[] = [];
    const api = {
      configuration: {
        get: async () => {
          asked.count += 1;
          return { fileSettings };
        },
      },
      files: {
        upload: async (...given: unknown[]) => {
          uploaded.push(given);
          return { id: "file" };
        },
      },
    } as unknown as ConstructorParameters<typeof MattermostFileUploads>[0];
    return { uploads: new MattermostFileUploads(api, clock), asked, clock, uploaded };
  };

  test("heed what Mattermost allows, asked for once a minute", async () => {
    const { uploads, asked, clock } = mattermost({ enableFileAttachments: true, maxFileSize: 5 });
    expect([await uploads.limits(), await uploads.limits()]).toEqual([
      { maxFileBytes: 5 },
      { maxFileBytes: 5 },
    ]);
    clock.nowMs += 60_000;
    await uploads.limits();
    expect(asked.count).toBe(2);
  });

  test("are none where files are turned off, and as large as by default where nothing is said", async () => {
    expect(await mattermost({ enableFileAttachments: false }).uploads.limits()).toBeUndefined();
    expect(await mattermost({}).uploads.limits()).toEqual({ maxFileBytes: 104_857_600 });
  });

  test("bring the whole file", async () => {
    const { uploads, uploaded } = mattermost({});
    expect(await uploads.upload("dm", "a.txt", Uint8Array.of(1))).toBe("file");
    expect(uploaded).toEqual([[Uint8Array.of(1), "dm", "a.txt"]]);
  });
});

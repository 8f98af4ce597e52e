import { useEffect, useRef } from "preact/hooks";
import { type Me, mattermost, type Post } from "./client.ts";
import { PostFiles } from "./post-files.tsx";
import { PostMenu } from "./post-menu.tsx";
import { PostText } from "./post-text.tsx";
import type { WebPluginHost } from "./web-plugin-host.ts";

/** The posts of a channel, the newest at the end and in sight. */
export function Posts(props: {
  readonly posts: readonly Post[];
  readonly users: ReadonlyMap<string, Me>;
  readonly plugins: WebPluginHost;
  report(error: unknown): void;
}) {
  const { posts, users } = props;
  const list = useRef<HTMLOListElement>(null);
  const last = posts.at(-1);
  // Files and notes join the newest post a moment after it.
  const height = [posts.length, last?.metadata?.files?.length, last?.props?.attachments?.length].join();
  useEffect(() => list.current?.scrollTo(0, list.current.scrollHeight), [height]);
  return (
    <ol class="posts" ref={list} aria-label="Posts">
      {posts.map((post) => (
        <li key={post.id} class={classOf(post)}>
          <img class="portrait" src={`/mattermost/api/v4/users/${post.user_id}/image`} alt="" />
          <div class="post">
            {post.root_id !== "" && (
              <small class="thread">{threadName(posts.find(({ id }) => id === post.root_id))}</small>
            )}
            <Author post={post} author={users.get(post.user_id)} />
            <PostMenu entries={props.plugins.postMenu(post.id)} postId={post.id} />
            <PostText message={post.message} />
            {(post.props?.attachments ?? []).map((attachment) => (
              <aside key={attachment.text}>
                <PostText message={attachment.text ?? ""} />
                {(attachment.actions ?? []).map((action) => (
                  <button
                    type="button"
                    key={action.id}
                    onClick={() => void mattermost.press(post.id, action).catch(props.report)}
                  >
                    {action.name}
                  </button>
                ))}
              </aside>
            ))}
            <PostFiles files={post.metadata?.files ?? []} />
          </div>
        </li>
      ))}
    </ol>
  );
}

/** Mattermost's words for what a post's metadata calls its priority. */
const priorities: Readonly<Record<string, string>> = { important: "Important", urgent: "Urgent" };

function Author({ post, author }: { readonly post: Post; readonly author: Me | undefined }) {
  const priority = post.metadata?.priority?.priority ?? "";
  return (
    <div class="author">
      <strong>{author?.username ?? "…"}</strong> {author?.is_bot === true && <span class="tag">Bot</span>}{" "}
      <time>{new Date(post.create_at).toLocaleTimeString()}</time>{" "}
      {priorities[priority] !== undefined && <span class={`tag ${priority}`}>{priorities[priority]}</span>}
      {post.edit_at > 0 && <em>Edited</em>}
      {post.type === "system_ephemeral" && <small>Only visible to you</small>}
    </div>
  );
}

function classOf({ type, root_id }: Post): string {
  if (type === "system_ephemeral") return "ephemeral";
  return root_id === "" ? "" : "reply";
}

/** The first words of a thread's root, without their marks. */
function threadName(root: Post | undefined): string {
  const [title = ""] = root?.message.split(" · ") ?? [];
  return `↳ ${title.replaceAll("**", "") || "a thread"}`;
}

import { useState } from "preact/hooks";
import type { PostMenuEntry } from "./web-plugin-host.ts";

/** The menu "…" of a post, as far as plugins have something in it. */
export function PostMenu(props: { readonly entries: readonly PostMenuEntry[]; readonly postId: string }) {
  const { entries, postId } = props;
  const [isOpen, setOpen] = useState(false);
  if (entries.length === 0) return null;
  return (
    <div class="post-menu">
      <button
        type="button"
        aria-label="More actions"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        …
      </button>
      {isOpen && (
        <div role="menu" aria-label="Post actions">
          {entries.map(({ id, text, action }) => (
            <button
              type="button"
              role="menuitem"
              key={id}
              onClick={() => {
                setOpen(false);
                action(postId);
              }}
            >
              {text}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

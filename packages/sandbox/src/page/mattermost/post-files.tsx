import type { PostFile } from "./client.ts";

const base = "/mattermost/api/v4/files";

/** The files of a post: pictures to be seen, others to be opened. */
export function PostFiles({ files }: { readonly files: readonly PostFile[] }) {
  if (files.length === 0) return null;
  return (
    <ul class="files" aria-label="Files">
      {files.map(({ id, name, size, mime_type }) => (
        <li key={id}>
          <a href={`${base}/${id}`} target="_blank" rel="noopener noreferrer">
            {mime_type.startsWith("image/") ? (
              <img src={`${base}/${id}`} alt={name} />
            ) : (
              `${name} (${Math.max(1, Math.round(size / 1024))} kB)`
            )}
          </a>
        </li>
      ))}
    </ul>
  );
}

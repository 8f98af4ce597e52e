import { AppError } from "../app-error.ts";
import type { RestContext } from "./rest.ts";

/** Parts around the files of a form: boundaries, headers and short fields. */
const formOverheadBytes = 64 * 1024;

/** A multipart form whose files fit the server's MaxFileSize; beyond it Mattermost answers 413. */
export async function readFileForm(context: RestContext, maxFileBytes: number): Promise<FormData> {
  const limitBytes = maxFileBytes + formOverheadBytes;
  const tooLarge = () => new AppError("api.file.upload_file.too_large.app_error");
  if (Number(context.req.header("content-length") ?? "0") > limitBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let held = 0;
  for await (const chunk of context.req.raw.body ?? []) {
    held += chunk.length;
    if (held > limitBytes) throw tooLarge();
    chunks.push(chunk);
  }
  try {
    const contentType = context.req.header("content-type") ?? "";
    return await new Response(Buffer.concat(chunks), { headers: { "content-type": contentType } }).formData();
  } catch (cause) {
    throw new AppError("api.context.invalid_body_param.app_error", {
      detail: "It is no multipart form.",
      cause,
    });
  }
}

import { AppError } from "../app-error.ts";
import { fileInfoJson } from "../model/file.ts";
import type { NodeParts } from "../node/node-parts.ts";
import { type Rest, type RestContext, requireInChannel } from "./rest.ts";
import { readFileForm } from "./uploads.ts";

/** Files that people attach to their posts. */
export function fileRoutes(rest: Rest, parts: NodeParts): void {
  const { system } = parts;

  rest.post("/files", async (context) => {
    const { userId } = context.get("session");
    const uploaded = await upload(context);
    requireInChannel(parts, context, uploaded.channelId, "upload_file");
    const infos = [];
    for (const file of uploaded.files) {
      const content = new Uint8Array(await file.arrayBuffer());
      infos.push(fileInfoJson(system.files.add(content, uploaded.channelId, file.name, userId)));
    }
    return context.json({ file_infos: infos, client_ids: uploaded.clientIds }, 201);
  });

  const readable = (context: RestContext, fileId: string) => {
    const info = system.files.info(fileId);
    if (info.creatorId !== context.get("session").userId) {
      requireInChannel(parts, context, info.channelId, "read_channel_content");
    }
    return info;
  };

  rest.get("/files/:file_id", (context) => {
    const info = readable(context, context.req.param("file_id"));
    return new Response(Buffer.from(system.files.content(info.id)), {
      headers: {
        "content-type": info.mimeType,
        "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(info.name)}`,
        "x-content-type-options": "nosniff",
      },
    });
  });

  rest.get("/files/:file_id/info", (context) =>
    context.json(fileInfoJson(readable(context, context.req.param("file_id")))),
  );

  async function upload(context: RestContext) {
    const limit = system.configuration.current.FileSettings.MaxFileSize;
    const form = await readFileForm(context, limit);
    const channelId = context.req.query("channel_id") ?? textOf(form.get("channel_id"));
    const files = form.getAll("files").filter((value): value is File => value instanceof File);
    if (files.some((file) => file.size > limit))
      throw new AppError("api.file.upload_file.too_large.app_error");
    return { channelId, files, clientIds: form.getAll("client_ids").map(textOf) };
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

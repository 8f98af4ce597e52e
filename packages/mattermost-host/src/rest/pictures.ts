import type { NodeParts } from "../node/node-parts.ts";
import { invalid } from "./body.ts";
import { type Rest, requireSelf, statusOk, userParam } from "./rest.ts";
import { readFileForm } from "./uploads.ts";

/** Profile pictures. Without one of their own people are shown by the first letter of their name, drawn as SVG. */
export function pictureRoutes(rest: Rest, parts: NodeParts): void {
  const { system } = parts;

  rest.get("/users/:user_id/image", (context) => {
    const user = system.users.get(userParam(context));
    const picture = system.users.picture(user.id);
    const own =
      picture && new Response(Buffer.from(picture), { headers: { "content-type": typeOf(picture) } });
    return own ?? new Response(letter(user.username), { headers: { "content-type": "image/svg+xml" } });
  });

  rest.post("/users/:user_id/image", async (context) => {
    const userId = userParam(context);
    requireSelf(parts, context, userId);
    const form = await readFileForm(context, system.configuration.current.FileSettings.MaxFileSize);
    const image = form.get("image");
    if (!(image instanceof File)) throw invalid("image", "a file");
    system.users.setPicture(userId, new Uint8Array(await image.arrayBuffer()));
    return context.json(statusOk);
  });
}

function typeOf(picture: Uint8Array): string {
  if (picture[0] === 0x89 && picture[1] === 0x50) return "image/png";
  return picture[0] === 0xff && picture[1] === 0xd8 ? "image/jpeg" : "application/octet-stream";
}

/** Usernames begin with a letter of a to z, so that nothing in here needs escaping. */
function letter(username: string): string {
  const text = `<text x="64" y="84" font-size="64" text-anchor="middle" fill="#fff">${username.charAt(0).toUpperCase()}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128"><rect width="128" height="128" fill="#5d89ea"/>${text}</svg>`;
}

import { expect, test } from "bun:test";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "@msteams-notifications/local-postgres";
import { startMattermost } from "@msteams-notifications/mattermost-host";
import { probeArchive, probeId } from "@msteams-notifications/mattermost-host/testing";
import { administrator } from "../people.ts";
import { MattermostRestClient } from "./rest-client.ts";

test("a plugin that does not start is told with Mattermost's reason", async () => {
  await using postgres = await startPostgres();
  const dataSource = await postgres.createDatabase("mattermost");
  await using server = await startMattermost({ dataSource, administrator });
  const { token } = server.system.tokenFor(server.administrator);
  const admin = new MattermostRestClient(server.url, token);
  const folder = await mkdtemp(join(tmpdir(), "archive-"));
  try {
    const archive = join(folder, "probe.tar.gz");
    await writeFile(archive, await probeArchive({ program: "#!/bin/sh\nexit 1\n" }));
    await admin.uploadPlugin(archive);
    await expect(admin.enablePlugin(probeId)).rejects.toThrow(`could not start ${probeId}: `);
  } finally {
    await rm(folder, { recursive: true });
  }
});

import { spawn } from "node:child_process";
import { chown, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PostgresBinaries } from "./binaries.ts";
import { LocalPostgresError } from "./local-postgres-error.ts";
import type { Owner } from "./unprivileged-user.ts";

export const superuser = "postgres";
/** The server listens on the loopback interface only and holds nothing worth hiding from local users. */
export const superuserPassword = "local";

/** A fresh directory below the system's temporary one, of the owner, who removes it when this process cannot. */
export async function temporaryDirectory(owner: Owner | undefined): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "local-postgres-"));
  if (owner !== undefined) await chown(directory, owner.uid, owner.gid);
  return directory;
}

/** Makes `directory` a database cluster unless it is one. Throws {@link LocalPostgresError} `initialisation-failed`. */
export async function initialiseCluster(
  binaries: PostgresBinaries,
  directory: string,
  owner: Owner | undefined,
): Promise<void> {
  await mkdir(directory, { recursive: true });
  if ((await readdir(directory)).includes("PG_VERSION")) return;
  if (owner !== undefined) await chown(directory, owner.uid, owner.gid);
  const secrets = await temporaryDirectory(owner);
  const passwordFile = join(secrets, "password");
  try {
    await writeFile(passwordFile, `${superuserPassword}\n`);
    await run(binaries.initdb, directory, passwordFile, owner);
  } finally {
    await rm(secrets, { recursive: true, force: true });
  }
}

function run(
  initdb: string,
  directory: string,
  passwordFile: string,
  owner: Owner | undefined,
): Promise<void> {
  const flags = [
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--no-sync",
  ];
  const child = spawn(initdb, [`--pgdata=${directory}`, ...flags, "--locale=C", "--no-instructions"], {
    cwd: "/",
    stdio: ["ignore", "ignore", "pipe"],
    ...owner,
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    const fail = (cause?: Error) =>
      reject(
        new LocalPostgresError(
          "initialisation-failed",
          `A database cluster could not be made in ${directory}. ${said.trim()}`,
          {
            cause,
          },
        ),
      );
    child.once("error", fail);
    child.once("close", (code) => (code === 0 ? resolve() : fail()));
  });
}

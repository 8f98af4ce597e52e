import type { ClientConfig } from "pg";

/**
 * Mattermost's data source is written for Go's lib/pq, whose `sslmode=require` encrypts without checking the
 * certificate; node-postgres would check it and refuse the self-signed certificates that this permits.
 */
export function connectionOptions(dataSource: string): Pick<ClientConfig, "connectionString"> {
  const url = asUrl(dataSource);
  if (url === undefined) return { connectionString: dataSource };
  if (url.searchParams.has("sslmode")) url.searchParams.set("uselibpqcompat", "true");
  // A parameter of lib/pq alone; PostgreSQL would refuse it as an unknown setting.
  url.searchParams.delete("binary_parameters");
  return { connectionString: url.href };
}

/** lib/pq also takes `key=value` pairs; they become the address they stand for. */
function asUrl(dataSource: string): URL | undefined {
  if (/^postgres(ql)?:\/\//.test(dataSource))
    return URL.canParse(dataSource) ? new URL(dataSource) : undefined;
  const pairs = [...dataSource.matchAll(/(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|(\S*))/g)].map(
    ([, key, quoted, plain]): [string, string] => [
      key ?? "",
      quoted?.replaceAll(/\\(.)/g, "$1") ?? plain ?? "",
    ],
  );
  if (pairs.length === 0) return undefined;
  const {
    host = "localhost",
    port = "5432",
    user = "",
    password = "",
    dbname = "",
    ...rest
  } = Object.fromEntries(pairs);
  const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  const url = new URL(
    `postgres://${login}@${host.startsWith("/") ? "localhost" : host}:${port}/${encodeURIComponent(dbname)}`,
  );
  if (host.startsWith("/")) url.searchParams.set("host", host);
  for (const [key, value] of Object.entries(rest)) url.searchParams.set(key, value);
  return url;
}

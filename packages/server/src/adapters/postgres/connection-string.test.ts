import { expect, test } from "bun:test";
import { connectionOptions } from "./connection-string.ts";

const table: readonly (readonly [given: string, used: string])[] = [
  ["postgres://u:p@db:5432/mm", "postgres://u:p@db:5432/mm"],
  [
    "postgres://u:p@db/mm?sslmode=require&connect_timeout=10&binary_parameters=yes",
    "postgres://u:p@db/mm?sslmode=require&connect_timeout=10&uselibpqcompat=true",
  ],
  [
    "host=db port=6432 user=u password='p w' dbname=mm sslmode=disable",
    "postgres://u:p%20w@db:6432/mm?sslmode=disable&uselibpqcompat=true",
  ],
  ["user=u dbname=mm password='a\\'b'", "postgres://u:a'b@localhost:5432/mm"],
  ["host=/run/pg user=u dbname=mm", "postgres://u@localhost:5432/mm?host=%2Frun%2Fpg"],
];

test.each(table)("%s connects as %s", (given, used) => {
  expect(connectionOptions(given).connectionString).toBe(used);
});

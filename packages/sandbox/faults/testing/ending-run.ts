/** Ends in the way that the name of its first trial says, as a run of trials might. */
const names = process.argv.slice(2).filter((arg) => !arg.startsWith("--"));
const result = { expected: 1, lost: 0, repeated: 0, unexpected: 0, misplaced: 0, stale: 0, seconds: 1 };

for (const name of names) {
  process.send?.({ kind: "begun", name });
  switch (name) {
    case "throws":
      throw new Error("nobody waited for this");
    case "crashes":
      process.kill(process.pid, "SIGKILL");
      break;
    case "leaves":
      process.exit(0);
      break;
    case "is silent":
      await new Promise((resolve) => setTimeout(resolve, 2 ** 30));
      break;
    case "tells why":
      process.send?.({ kind: "failed", reason: "the database is gone" });
      process.exit(1);
      break;
    default: {
      const measured = { ...result, footprint: { connections: 1, largestMegabytes: undefined } };
      process.send?.({ kind: "measured", name, result: measured });
    }
  }
}
process.exit(0);

export {};

import type { AccessArea, AccessProblem, AccessProblems } from "../access/access-ports.ts";

export class MemoryAccessProblems implements AccessProblems {
  readonly all: AccessProblem[] = [];
  async record(problem: AccessProblem): Promise<"new" | "known"> {
    const known = this.all.find(({ owner, area }) => owner === problem.owner && area === problem.area);
    if (known?.code === problem.code) return "known";
    await this.clear(problem.owner, problem.area);
    this.all.push(problem);
    return "new";
  }
  async clear(owner: string, area: AccessArea): Promise<boolean> {
    const index = this.all.findIndex((each) => each.owner === owner && each.area === area);
    if (index >= 0) this.all.splice(index, 1);
    return index >= 0;
  }
  async list(): Promise<readonly AccessProblem[]> {
    return this.all;
  }
}

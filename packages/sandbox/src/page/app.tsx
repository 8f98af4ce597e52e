import { useState } from "preact/hooks";
import type { PageStart } from "../page-server.ts";
import { MattermostPanel } from "./mattermost/mattermost-panel.tsx";
import { TeamsPanel } from "./teams/teams-panel.tsx";
import { Timeline } from "./timeline.tsx";

/** Left Teams, right Mattermost, below what happened to each message in between. */
export function App({ start }: { readonly start: PageStart }) {
  const [problem, setProblem] = useState<string>();
  const report = (error: unknown) => setProblem(error instanceof Error ? error.message : String(error));
  return (
    <>
      <header>
        <h1>Teams notifications for Mattermost: sandbox</h1>
        <p>
          Write in Teams as a colleague. The message appears in Mattermost while its reader is Away or Offline
          in Teams.
        </p>
      </header>
      {problem !== undefined && (
        <p class="problem" role="alert">
          {problem}{" "}
          <button type="button" onClick={() => setProblem(undefined)}>
            Dismiss
          </button>
        </p>
      )}
      <main>
        <TeamsPanel report={report} />
        {start.showsMattermost ? (
          <MattermostPanel start={start} report={report} />
        ) : (
          <section class="panel mattermost" aria-label="Mattermost">
            <h2>Mattermost</h2>
            <p class="elsewhere">
              Use your own server in another tab: <a href={start.mattermostUrl}>{start.mattermostUrl}</a>.
              Type <code>/msteams connect</code> there.
            </p>
          </section>
        )}
      </main>
      <Timeline />
    </>
  );
}

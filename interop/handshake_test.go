package interop

import (
	"strings"
	"testing"

	"msteams-notifications/interop/host"
)

func TestGoPluginAcceptsTheHandshakeAndPings(t *testing.T) {
	running, _ := start(t, "everyday", silentAPI())
	for range 3 {
		if err := running.Control.Ping(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAPluginListsItsHooks(t *testing.T) {
	running, _ := start(t, "everyday", silentAPI())
	names, err := running.Implemented()
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, name := range names {
		listed[name] = true
	}
	for _, name := range []string{"OnActivate", "OnDeactivate", "ExecuteCommand", "MessageWillBePosted", "ServeHTTP"} {
		if !listed[name] {
			t.Errorf("%s is missing in %v", name, names)
		}
	}
	if len(names) != 5 {
		t.Errorf("listed %v", names)
	}
}

func TestAnUnknownPluginKindIsRefused(t *testing.T) {
	running, _ := start(t, "everyday", silentAPI())
	_, err := running.Control.Dispense(host.UnknownKind)
	if err == nil || err.Error() != "unknown plugin type: unknown" {
		t.Fatalf("answered %v", err)
	}
}

func TestQuitEndsTheProcessByItself(t *testing.T) {
	running, log := start(t, "everyday", silentAPI())
	running.Kill()
	if !running.Exited() || strings.Contains(log.String(), "failed to exit gracefully") {
		t.Fatalf("had to be killed\n%s", log)
	}
}

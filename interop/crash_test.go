package interop

import (
	"net/http"
	"os/exec"
	"strings"
	"testing"
)

func TestACrashFailsWhatWasRunningAndIsLoggedAsAnError(t *testing.T) {
	running, log := activate(t, "everyday", silentAPI())
	response, err := http.Get(web(t, running) + "/crash")
	content(t, response, err)
	same(t, "status", 500, response.StatusCode)
	if err := running.Control.Ping(); err == nil {
		t.Error("a dead plugin answers pings")
	}
	// Waits for the process and its last words.
	running.Kill()
	if text := log.String(); !strings.Contains(text, "[ERROR]") || !strings.Contains(text, "The plugin crashed.") || !strings.Contains(text, "fatal mistake") {
		t.Fatalf("logged\n%s", text)
	}
}

func TestARefusedActivationIsAnErrorOfGo(t *testing.T) {
	running, _ := start(t, "everyday", silentAPI(), "TEST_REFUSE=1")
	refusal, err := running.Activate()
	if err != nil || refusal == nil || refusal.Error() != "no licence to run" {
		t.Fatalf("%v, %v", refusal, err)
	}
}

func TestAProgramStartedByHandSaysWhatItIs(t *testing.T) {
	words, err := exec.Command(executable("everyday")).CombinedOutput()
	if err == nil || !strings.Contains(string(words), "Mattermost plugin") {
		t.Fatalf("%v: %s", err, words)
	}
}

package interop

import (
	"strings"
	"sync"
	"testing"

	"msteams-notifications/interop/api"
	"msteams-notifications/interop/host"
)

// record is a log that can be read while it is written.
type record struct {
	mutex sync.Mutex
	text  strings.Builder
}

func (r *record) Write(bytes []byte) (int, error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.text.Write(bytes)
}

func (r *record) String() string {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.text.String()
}

// silentAPI answers every call with zero values.
func silentAPI() *api.Server {
	return &api.Server{Answer: func(string, any, any) error { return nil }}
}

// start starts one of the compiled plugins for a test and ends it with the test.
func start(t *testing.T, name string, server any, env ...string) (*host.Plugin, *record) {
	t.Helper()
	return startPath(t, executable(name), server, env...)
}

func startPath(t *testing.T, path string, server any, env ...string) (*host.Plugin, *record) {
	t.Helper()
	log := &record{}
	running, err := host.Start(host.Options{
		Executable:   path,
		Env:          env,
		SocketFolder: t.TempDir(),
		API:          server,
		Log:          log,
	})
	if err != nil {
		t.Fatalf("%v\n%s", err, log)
	}
	t.Cleanup(running.Kill)
	return running, log
}

// activate starts a plugin and activates it.
func activate(t *testing.T, name string, server any) (*host.Plugin, *record) {
	t.Helper()
	return activatePath(t, executable(name), server)
}

func activatePath(t *testing.T, path string, server any) (*host.Plugin, *record) {
	t.Helper()
	running, log := startPath(t, path, server)
	refusal, err := running.Activate()
	if err != nil || refusal != nil {
		t.Fatalf("not activated: %v, %v\n%s", refusal, err, log)
	}
	return running, log
}

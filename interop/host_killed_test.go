package interop

import (
	"io"
	"os"
	"os/exec"
	"testing"
	"time"

	"msteams-notifications/interop/host"
)

// hostedPlugin names the plugin that this program, started again as a host of its own, runs until it is killed.
const hostedPlugin = "INTEROP_HOSTED_PLUGIN"

// lifeline is the descriptor that only the host and its plugin hold open: its other end closes when both are gone.
const lifeline = 3

// hostUntilKilled starts the plugin, says so with one byte, and waits to be killed.
func hostUntilKilled(plugin string) {
	line := os.NewFile(lifeline, "lifeline")
	running, err := host.Start(host.Options{
		Executable:   plugin,
		SocketFolder: os.TempDir(),
		API:          silentAPI(),
		Log:          io.Discard,
		Inherited:    []*os.File{line},
	})
	if err == nil {
		_, err = running.Activate()
	}
	if err != nil {
		panic(err)
	}
	line.Write([]byte{1})
	select {}
}

// endsWithItsHost kills a host and waits for the plugin to end by itself.
func endsWithItsHost(t *testing.T, plugin string) {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), hostedPlugin+"="+plugin, "TMPDIR="+t.TempDir())
	command.ExtraFiles = []*os.File{write}
	command.Stderr = os.Stderr
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	write.Close()
	// The limit only keeps a failing test from waiting for ever.
	read.SetReadDeadline(time.Now().Add(20 * time.Second))
	if _, err := io.ReadFull(read, make([]byte, 1)); err != nil {
		t.Fatalf("the host did not start: %v", err)
	}
	command.Process.Kill()
	command.Wait()
	if rest, err := io.ReadAll(read); err != nil || len(rest) != 0 {
		t.Fatalf("the plugin outlived its host: %v", err)
	}
}

func TestAPluginEndsWhenItsHostIsKilled(t *testing.T) {
	endsWithItsHost(t, executable("everyday"))
}

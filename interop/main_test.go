package interop

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Folder with what TestMain compiles.
var built string

func executable(name string) string { return filepath.Join(built, name) }

func TestMain(m *testing.M) {
	if plugin, asked := os.LookupEnv(hostedPlugin); asked {
		hostUntilKilled(plugin)
	}
	os.Exit(run(m))
}

func run(m *testing.M) int {
	folder, err := os.MkdirTemp("", "interop-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	built = folder
	for name, source := range map[string]string{
		"everyday": "packages/plugin-sdk/src/testing/plugins/everyday.ts",
		"mirror":   "interop/plugins/mirror.ts",
	} {
		if err := compile(source, executable(name)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	return m.Run()
}

func compile(source, output string) error {
	command := bun("build", "--compile", source, "--outfile="+output)
	if words, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("bun could not compile %s: %w\n%s", source, err, words)
	}
	return nil
}

// bun runs the repository's own Bun in the repository's root.
func bun(args ...string) *exec.Cmd {
	root, err := filepath.Abs("..")
	if err != nil {
		panic(err)
	}
	command := exec.Command(filepath.Join(root, "node_modules/.bin/bun"), args...)
	command.Dir = root
	return command
}

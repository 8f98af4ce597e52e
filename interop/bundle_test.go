package interop

import (
	"archive/tar"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
)

// theBundle unpacks the product's bundle once and answers the path of its executable for this machine.
var theBundle = sync.OnceValues(func() (string, error) {
	archive, err := localBundle()
	if err != nil {
		return "", err
	}
	folder := filepath.Join(built, "bundle")
	if err := unpack(archive, folder); err != nil {
		return "", err
	}
	return executableOf(folder)
})

// product is the path of the product's executable, straight from its bundle.
func product(t *testing.T) string {
	t.Helper()
	path, err := theBundle()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// localBundle finds the bundle for this machine and builds it when nobody has yet.
func localBundle() (string, error) {
	const pattern = "../dist/local/*.tar.gz"
	found, err := filepath.Glob(pattern)
	if err == nil && len(found) == 0 {
		if words, err := bun("scripts/bundle.ts", "--local", "--quiet").CombinedOutput(); err != nil {
			return "", errors.New(string(words))
		}
		found, err = filepath.Glob(pattern)
	}
	if err != nil || len(found) != 1 {
		return "", errors.Join(err, errors.New("there is not one bundle in dist/local"))
	}
	return found[0], nil
}

func unpack(archive, folder string) error {
	file, err := os.Open(archive)
	if err != nil {
		return err
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		return err
	}
	root, err := openFolder(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	entries := tar.NewReader(unzipped)
	for {
		entry, err := entries.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if entry.Typeflag == tar.TypeReg {
			if err := write(root, entry, entries); err != nil {
				return err
			}
		}
	}
}

func openFolder(folder string) (*os.Root, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	return os.OpenRoot(folder)
}

func write(root *os.Root, entry *tar.Header, content io.Reader) error {
	if err := root.MkdirAll(filepath.Dir(entry.Name), 0o755); err != nil {
		return err
	}
	file, err := root.OpenFile(entry.Name, os.O_CREATE|os.O_WRONLY, entry.FileInfo().Mode().Perm())
	if err != nil {
		return err
	}
	_, err = io.Copy(file, content)
	return errors.Join(err, file.Close())
}

// executableOf reads the manifest in the bundle's only folder.
func executableOf(folder string) (string, error) {
	manifests, err := filepath.Glob(filepath.Join(folder, "*", "plugin.json"))
	if err != nil || len(manifests) != 1 {
		return "", errors.Join(err, errors.New("the bundle has not one plugin.json in one folder"))
	}
	text, err := os.ReadFile(manifests[0])
	if err != nil {
		return "", err
	}
	var manifest struct {
		Server struct{ Executables map[string]string }
	}
	if err := json.Unmarshal(text, &manifest); err != nil {
		return "", err
	}
	path := manifest.Server.Executables[runtime.GOOS+"-"+runtime.GOARCH]
	return filepath.Join(filepath.Dir(manifests[0]), path), nil
}

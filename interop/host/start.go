// Package host starts Mattermost plugin executables with the real go-plugin, as a Mattermost server does.
package host

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net/rpc"
	"os"
	"os/exec"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
)

// startTimeout is Mattermost's limit for start and handshake together.
const startTimeout = 3 * time.Second

var handshake = plugin.HandshakeConfig{
	ProtocolVersion:  1,
	MagicCookieKey:   "MATTERMOST_PLUGIN",
	MagicCookieValue: "Securely message teams, anywhere.",
}

// UnknownKind is a kind of plugin that go-plugin lets us ask for and no Mattermost plugin offers.
const UnknownKind = "unknown"

// Options says what to start and who answers it.
type Options struct {
	// Executable is the path of the plugin's program; Env is added to this process's environment.
	Executable string
	Env        []string
	// SocketFolder is where the plugin makes its socket.
	SocketFolder string
	// API is the receiver of the plugin's calls, a net/rpc service.
	API any
	// Log takes what go-plugin logs, among it the plugin's stderr.
	Log io.Writer
	// Inherited are open files for the plugin beyond the standard three.
	Inherited []*os.File
}

// Plugin is a running plugin.
type Plugin struct {
	// Hooks calls `Plugin.<Hook>`.
	Hooks *rpc.Client
	// Control answers pings.
	Control plugin.ClientProtocol
	// PID is the id of the plugin's process.
	PID    int
	client *plugin.Client
	broker *plugin.MuxBroker
	api    any
}

// Start starts a plugin and opens its hooks connection. It does not activate it.
func Start(options Options) (*Plugin, error) {
	checksum, err := checksumOf(options.Executable)
	if err != nil {
		return nil, err
	}
	command := exec.Command(options.Executable)
	command.Env = options.Env
	command.ExtraFiles = options.Inherited
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:  handshake,
		Plugins:          map[string]plugin.Plugin{"hooks": hooksPlugin{}, UnknownKind: hooksPlugin{}},
		Cmd:              command,
		SyncStdout:       io.Discard,
		SyncStderr:       io.Discard,
		StartTimeout:     startTimeout,
		SecureConfig:     &plugin.SecureConfig{Checksum: checksum, Hash: sha256.New()},
		UnixSocketConfig: &plugin.UnixSocketConfig{TempDir: options.SocketFolder},
		Logger:           hclog.New(&hclog.LoggerOptions{Output: options.Log, Level: hclog.Trace}),
	})
	running, err := connect(client, options)
	if err != nil {
		client.Kill()
		return nil, err
	}
	running.PID = command.Process.Pid
	return running, nil
}

func connect(client *plugin.Client, options Options) (*Plugin, error) {
	control, err := client.Client()
	if err != nil {
		return nil, fmt.Errorf("start: %w", err)
	}
	dispensed, err := control.Dispense("hooks")
	if err != nil {
		return nil, fmt.Errorf("dispense: %w", err)
	}
	hooks := dispensed.(hooksConnection)
	return &Plugin{Hooks: hooks.client, Control: control, client: client, broker: hooks.broker, api: options.API}, nil
}

func checksumOf(executable string) ([]byte, error) {
	file, err := os.Open(executable)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return nil, err
	}
	return hash.Sum(nil), nil
}

// Kill stops the plugin as go-plugin does: Quit, two seconds, SIGKILL.
func (p *Plugin) Kill() { p.client.Kill() }

// Exited tells whether the process has ended.
func (p *Plugin) Exited() bool { return p.client.Exited() }

// A Mattermost plugin with the least code that does the work of bench/plugin.ts: the yardstick of `npm run bench`. It talks to
// the server as plugins written in Go do: the same calls, in the same order, one stream for each response and body.
package main

import (
	"errors"
	"net/rpc"

	"github.com/hashicorp/go-plugin"
)

type hooksPlugin struct{}

func (hooksPlugin) Server(broker *plugin.MuxBroker) (any, error) {
	return &hooks{broker: broker}, nil
}

func (hooksPlugin) Client(*plugin.MuxBroker, *rpc.Client) (any, error) {
	return nil, errors.New("this side is the plugin")
}

func main() {
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig: plugin.HandshakeConfig{
			ProtocolVersion:  1,
			MagicCookieKey:   "MATTERMOST_PLUGIN",
			MagicCookieValue: "Securely message teams, anywhere.",
		},
		Plugins: map[string]plugin.Plugin{"hooks": hooksPlugin{}},
	})
}

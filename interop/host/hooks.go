package host

import (
	"errors"
	"net/rpc"

	"github.com/hashicorp/go-plugin"
)

// hooksConnection is what Dispense yields: the hooks client and the broker for streams beside it.
type hooksConnection struct {
	client *rpc.Client
	broker *plugin.MuxBroker
}

type hooksPlugin struct{}

func (hooksPlugin) Server(*plugin.MuxBroker) (any, error) {
	return nil, errors.New("this side is the host")
}

func (hooksPlugin) Client(broker *plugin.MuxBroker, client *rpc.Client) (any, error) {
	return hooksConnection{client: client, broker: broker}, nil
}

// Implemented asks for the names of the plugin's hooks.
func (p *Plugin) Implemented() ([]string, error) {
	var names []string
	err := p.Hooks.Call("Plugin.Implemented", struct{}{}, &names)
	return names, err
}

// Call calls one hook.
func (p *Plugin) Call(hook string, args, returns any) error {
	return p.Hooks.Call("Plugin."+hook, args, returns)
}

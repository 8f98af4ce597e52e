package host

import (
	"net/rpc"
)

// ActivateArgs is Mattermost's Z_OnActivateArgs.
type ActivateArgs struct {
	APIMuxId    uint32
	DriverMuxId uint32
}

// ActivateReturns is Mattermost's Z_OnActivateReturns.
type ActivateReturns struct {
	A error
}

// driver stands in for the server's database connection, which must be accepted.
type driver struct{}

// ConnPing is one of the driver's methods.
func (driver) ConnPing(_ string, _ *struct{}) error { return nil }

// Activate hands over the API and the driver connection. The first error is what the plugin answered, the second one
// says that the call itself failed.
func (p *Plugin) Activate() (error, error) {
	args := ActivateArgs{APIMuxId: p.broker.NextId(), DriverMuxId: p.broker.NextId()}
	p.serve(args.APIMuxId, p.api)
	p.serve(args.DriverMuxId, driver{})
	var returns ActivateReturns
	err := p.Call("OnActivate", args, &returns)
	return returns.A, err
}

// serve answers the methods of receiver on a stream the plugin dials.
func (p *Plugin) serve(id uint32, receiver any) {
	server := rpc.NewServer()
	if err := server.RegisterName("Plugin", receiver); err != nil {
		panic(err)
	}
	go func() {
		connection, err := p.broker.Accept(id)
		if err == nil {
			server.ServeConn(connection)
		}
	}()
}

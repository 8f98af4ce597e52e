package main

import (
	"net/rpc"

	"github.com/hashicorp/go-plugin"

	"msteams-notifications/interop/host"
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// hooks is the net/rpc service that the server calls.
type hooks struct {
	broker *plugin.MuxBroker
	api    *rpc.Client
}

// Implemented lists the hooks.
func (h *hooks) Implemented(_ struct{}, names *[]string) error {
	*names = []string{"OnActivate", "ExecuteCommand", "MessageWillBePosted", "ServeHTTP"}
	return nil
}

// OnActivate opens the connections that the server offers.
func (h *hooks) OnActivate(args *host.ActivateArgs, _ *host.ActivateReturns) error {
	api, err := h.broker.Dial(args.APIMuxId)
	if err != nil {
		return err
	}
	if _, err := h.broker.Dial(args.DriverMuxId); err != nil {
		return err
	}
	h.api = rpc.NewClient(api)
	return nil
}

type commandArgs = protocol.AB[*protocol.Context, *model.CommandArgs]
type commandReturns = protocol.AB[*model.CommandResponse, *model.AppError]

// ExecuteCommand calls the API as the command says and answers how often.
func (h *hooks) ExecuteCommand(args *commandArgs, returns *commandReturns) error {
	text, err := h.callAsTold(args.B.Command)
	returns.A = &model.CommandResponse{Text: text}
	return err
}

type postArgs = protocol.AB[*protocol.Context, *model.Post]
type postReturns = protocol.AB[*model.Post, string]

// MessageWillBePosted lets every post through as it is.
func (h *hooks) MessageWillBePosted(args *postArgs, returns *postReturns) error {
	returns.A = args.B
	return nil
}

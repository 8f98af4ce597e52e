// Package api is the server's half of Mattermost's plugin API as a net/rpc service: one method for each API method,
// with the argument and reply structs of Mattermost 11.6.
package api

// Server hands every call to Answer, which fills the reply that returns points to. Calls may come concurrently.
type Server struct {
	Answer func(method string, args, returns any) error
}

func (s *Server) answer(method string, args, returns any) error {
	return s.Answer(method, args, returns)
}

package host

import (
	"bufio"
	"encoding/binary"
	"io"
)

// serveBody gives the request's body to the plugin, which asks for a number of bytes (a signed varint) at a time. Bytes
// are never sent unasked. The channel is closed when the plugin has taken or refused the body.
func (p *Plugin) serveBody(id uint32, body io.Reader) <-chan struct{} {
	done := make(chan struct{})
	go func() {
		defer close(done)
		connection, err := p.broker.Accept(id)
		if err != nil {
			return
		}
		defer connection.Close()
		serveReader(connection, body)
	}()
	return done
}

func serveReader(connection io.ReadWriter, body io.Reader) {
	wishes := bufio.NewReader(connection)
	for {
		wanted, err := binary.ReadVarint(wishes)
		if err != nil {
			return
		}
		if _, err := io.CopyN(connection, body, wanted); err != nil {
			return
		}
	}
}

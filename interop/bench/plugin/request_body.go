package main

import (
	"encoding/binary"
	"io"
)

// requestBody reads a request's body by asking for bytes with Go's signed varints.
type requestBody struct {
	stream io.ReadWriteCloser
	// promised bytes were asked for and have not come yet.
	promised int
}

func (b *requestBody) Read(into []byte) (int, error) {
	if b.promised == 0 {
		wish := binary.AppendVarint(nil, int64(len(into)))
		if _, err := b.stream.Write(wish); err != nil {
			return 0, err
		}
		b.promised = len(into)
	}
	count, err := b.stream.Read(into[:min(len(into), b.promised)])
	b.promised -= count
	return count, err
}

func (b *requestBody) Close() error { return b.stream.Close() }

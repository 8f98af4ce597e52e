package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/rpc"

	"msteams-notifications/interop/protocol"
)

// ServeHTTP answers one request over the streams that the server offers for it.
func (h *hooks) ServeHTTP(args *protocol.ServeHTTPArgs, _ *struct{}) error {
	writer, err := h.broker.Dial(args.ResponseWriterStream)
	if err != nil {
		return err
	}
	w := &responseWriter{client: rpc.NewClient(writer)}
	defer w.client.Close()
	body := io.ReadCloser(http.NoBody)
	if args.RequestBodyStream != 0 {
		stream, err := h.broker.Dial(args.RequestBodyStream)
		if err != nil {
			return err
		}
		body = &requestBody{stream: stream}
	}
	defer body.Close()
	serve(w, body)
	return nil
}

// serve counts the body's bytes.
func serve(w http.ResponseWriter, body io.Reader) {
	content, err := io.ReadAll(body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	answer, _ := json.Marshal(map[string]int{"bytes": len(content)})
	w.Header().Set("Content-Type", "application/json")
	w.Write(answer)
}

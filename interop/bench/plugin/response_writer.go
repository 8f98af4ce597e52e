package main

import (
	"net/http"
	"net/rpc"
)

// responseWriter is an http.ResponseWriter on the server's side of the connection. As with Mattermost's own, headers are
// asked for once and sent before each write.
type responseWriter struct {
	client *rpc.Client
	header http.Header
}

func (w *responseWriter) Header() http.Header {
	if w.header == nil {
		w.client.Call("Plugin.Header", struct{}{}, &w.header)
		if w.header == nil {
			w.header = http.Header{}
		}
	}
	return w.header
}

func (w *responseWriter) Write(part []byte) (int, error) {
	if err := w.client.Call("Plugin.SyncHeader", w.header, nil); err != nil {
		return 0, err
	}
	if err := w.client.Call("Plugin.Write", part, nil); err != nil {
		return 0, err
	}
	return len(part), nil
}

func (w *responseWriter) WriteHeader(status int) {
	if err := w.client.Call("Plugin.SyncHeader", w.header, nil); err != nil {
		return
	}
	w.client.Call("Plugin.WriteHeader", status, nil)
}

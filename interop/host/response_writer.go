package host

import (
	"errors"
	"net/http"
	"sync"
)

// responseWriter is the net/rpc service behind a plugin's http.ResponseWriter.
type responseWriter struct {
	mutex   sync.Mutex
	target  http.ResponseWriter
	written bool
}

func (w *responseWriter) started() bool {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.written
}

// Header answers the headers set so far.
func (w *responseWriter) Header(_ struct{}, reply *http.Header) error {
	*reply = w.target.Header()
	return nil
}

// SyncHeader replaces all headers.
func (w *responseWriter) SyncHeader(header http.Header, _ *struct{}) error {
	target := w.target.Header()
	clear(target)
	for name, values := range header {
		target[name] = values
	}
	return nil
}

// WriteHeader sends the status and the headers.
func (w *responseWriter) WriteHeader(status int, _ *struct{}) error {
	if status < 100 || status > 999 {
		return errors.New("invalid http status code")
	}
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.written = true
	w.target.WriteHeader(status)
	return nil
}

// Write sends a part of the body.
func (w *responseWriter) Write(part []byte, _ *struct{}) error {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.written = true
	_, err := w.target.Write(part)
	return err
}

// Flush pushes what was written to the client.
func (w *responseWriter) Flush(_ struct{}, _ *struct{}) error {
	return http.NewResponseController(w.target).Flush()
}

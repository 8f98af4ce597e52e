package host

import (
	"net/http"

	"msteams-notifications/interop/protocol"
)

// Handler serves HTTP requests by the plugin's hook, ServeHTTP or ServeMetrics.
func (p *Plugin) Handler(hook string, context *protocol.Context) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		args := protocol.ServeHTTPArgs{
			ResponseWriterStream: p.broker.NextId(),
			Request:              subsetOf(r),
			Context:              context,
		}
		var served <-chan struct{}
		writer := &responseWriter{target: w}
		p.serve(args.ResponseWriterStream, writer)
		if r.Body != nil && r.Body != http.NoBody {
			args.RequestBodyStream = p.broker.NextId()
			served = p.serveBody(args.RequestBodyStream, r.Body)
		}
		if err := p.Call(hook, args, nil); err != nil {
			if !writer.started() {
				http.Error(w, err.Error(), http.StatusInternalServerError)
			}
			return
		}
		// Nobody may read the body any more when this function returns.
		if served != nil {
			<-served
		}
	})
}

func subsetOf(r *http.Request) *protocol.HTTPRequestSubset {
	return &protocol.HTTPRequestSubset{
		Method:     r.Method,
		URL:        r.URL,
		Proto:      r.Proto,
		ProtoMajor: r.ProtoMajor,
		ProtoMinor: r.ProtoMinor,
		Header:     r.Header,
		Host:       r.Host,
		RemoteAddr: r.RemoteAddr,
		RequestURI: r.RequestURI,
	}
}

package protocol

import (
	"io"
	"net/http"
	"net/url"
)

// HTTPRequestSubset is Mattermost's plugin.HTTPRequestSubset. Body is part of the type and never set.
type HTTPRequestSubset struct {
	Method     string
	URL        *url.URL
	Proto      string
	ProtoMajor int
	ProtoMinor int
	Header     http.Header
	Host       string
	RemoteAddr string
	RequestURI string
	Body       io.ReadCloser
}

// ServeHTTPArgs is Mattermost's Z_ServeHTTPArgs.
type ServeHTTPArgs struct {
	ResponseWriterStream uint32
	Request              *HTTPRequestSubset
	Context              *Context
	RequestBodyStream    uint32
}

// PluginHTTPArgs is Mattermost's Z_PluginHTTPArgs.
type PluginHTTPArgs struct {
	Request     *HTTPRequestSubset
	RequestBody []byte
}

// PluginHTTPReturns is Mattermost's Z_PluginHTTPReturns.
type PluginHTTPReturns struct {
	Response     *http.Response
	ResponseBody []byte
}

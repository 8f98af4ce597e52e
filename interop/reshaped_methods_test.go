package interop

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"msteams-notifications/interop/protocol"
)

func TestLogLinesArriveWithTheirLevelAndFieldsAsText(t *testing.T) {
	played := &script{reply: &protocol.None{}}
	running := startMirror(t, played.server())
	for _, level := range []string{"Debug", "Info", "Warn", "Error"} {
		fields := map[string]any{"user": "u1", "attempt": 3, "last": true}
		if thrown := running.call(t, "Log"+level, []any{"it happened", fields}).Failure; thrown != nil {
			t.Fatalf("%+v", thrown)
		}
		same(t, "method", "Log"+level, played.method)
		args := played.args.(*protocol.AB[string, []any])
		same(t, "message", "it happened", args.A)
		got := map[any]any{}
		for i := 0; i+1 < len(args.B); i += 2 {
			got[args.B[i]] = args.B[i+1]
		}
		want := map[any]any{"user": "u1", "attempt": "3", "last": "true"}
		same(t, "fields", fmt.Sprintf("%#v", want), fmt.Sprintf("%#v", got))
	}
}

func TestThePluginsConfigurationArrivesParsed(t *testing.T) {
	played := &script{reply: &protocol.A[[]byte]{A: []byte(`{"tenantid":"t1","scope":null,"sync":true}`)}}
	running := startMirror(t, played.server())
	loaded := running.call(t, "LoadPluginConfiguration", []any{})
	same(t, "method", "LoadPluginConfiguration", played.method)
	same(t, "settings", map[string]any{"tenantid": "t1", "scope": nil, "sync": true}, loaded.Result)
	played.reply = &protocol.A[[]byte]{}
	same(t, "no settings", map[string]any{}, running.call(t, "LoadPluginConfiguration", []any{}).Result)
}

func TestARequestToAnotherPluginArrivesWholeAndItsAnswerComesBack(t *testing.T) {
	played := &script{reply: &protocol.PluginHTTPReturns{
		Response:     &http.Response{Status: "201 Created", StatusCode: 201, Header: http.Header{"X-Made-By": {"them"}}},
		ResponseBody: []byte("made"),
	}}
	running := startMirror(t, played.server())
	request, _ := http.NewRequest("POST", running.address+"/fetch/com.example.them/things?b=2&a=1", strings.NewReader("make it"))
	request.Header.Set("X-Asked-By", "us")
	response, err := http.DefaultClient.Do(request)
	same(t, "answer", "made", string(content(t, response, err)))
	same(t, "status", 201, response.StatusCode)
	same(t, "header", "them", response.Header.Get("X-Made-By"))
	args := played.args.(*protocol.PluginHTTPArgs)
	same(t, "method", "POST", args.Request.Method)
	same(t, "address", "/com.example.them/things?b=2&a=1", args.Request.URL.String())
	same(t, "request header", "us", args.Request.Header.Get("X-Asked-By"))
	same(t, "request body", "make it", string(args.RequestBody))
}

func TestAPluginThatDoesNotAnswerIsABadGateway(t *testing.T) {
	played := &script{reply: &protocol.PluginHTTPReturns{Response: &http.Response{}}}
	running := startMirror(t, played.server())
	response, err := http.Get(running.address + "/fetch/com.example.them/")
	content(t, response, err)
	same(t, "status", 502, response.StatusCode)
}

func TestServeMetricsAnswersOverHTTP(t *testing.T) {
	running := startMirror(t, silentAPI())
	metrics := running.Handler("ServeMetrics", &protocol.Context{UserAgent: "scraper"})
	recorder := httptest.NewRecorder()
	request, _ := http.NewRequest("GET", "/metrics?x=1", nil)
	metrics.ServeHTTP(recorder, request)
	body, _ := io.ReadAll(recorder.Result().Body)
	same(t, "answer", "GET /metrics scraper", string(body))
}

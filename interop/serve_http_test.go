package interop

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"msteams-notifications/interop/host"
	"msteams-notifications/interop/protocol"
)

// web puts a plugin behind a real HTTP server and answers its address.
func web(t *testing.T, running *host.Plugin) string {
	t.Helper()
	server := httptest.NewServer(running.Handler("ServeHTTP", &protocol.Context{SessionId: "session"}))
	t.Cleanup(server.Close)
	return server.URL
}

func content(t *testing.T, response *http.Response, err error) []byte {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestServeHTTPEchoesALargeBodyUnchanged(t *testing.T) {
	running, _ := activate(t, "everyday", silentAPI())
	sent := make([]byte, 3_000_001)
	for i := range sent {
		sent[i] = byte(i * i >> 7)
	}
	recorder := httptest.NewRecorder()
	request := httptest.NewRequest("POST", "/echo", bytes.NewReader(sent))
	running.Handler("ServeHTTP", &protocol.Context{}).ServeHTTP(recorder, request)
	if got := recorder.Body.Bytes(); !bytes.Equal(got, sent) {
		t.Fatalf("sent %d bytes, got %d others", len(sent), len(got))
	}
	if kind := recorder.Header().Get("Content-Type"); kind != "application/octet-stream" {
		t.Errorf("content type %q", kind)
	}
}

func TestServeHTTPStreamsBothWaysAtTheSameTime(t *testing.T) {
	running, _ := activate(t, "everyday", silentAPI())
	plugin := running.Handler("ServeHTTP", &protocol.Context{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// Otherwise Go's own server would hold the answer's first byte back until the request is read.
		if err := http.NewResponseController(w).EnableFullDuplex(); err != nil {
			t.Error(err)
		}
		plugin.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	read, write := io.Pipe()
	request, _ := http.NewRequest("POST", server.URL+"/echo", read)
	arrived := make(chan *http.Response, 1)
	go func() {
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Error(err)
		}
		arrived <- response
	}()
	io.WriteString(write, "first\n")
	response := <-arrived
	defer response.Body.Close()
	lines := bufio.NewReader(response.Body)
	for _, next := range []string{"second\n", "third\n", ""} {
		line, err := lines.ReadString('\n')
		if err != nil || line == "" {
			t.Fatalf("%q, %v", line, err)
		}
		io.WriteString(write, next)
	}
	write.Close()
	if rest, err := io.ReadAll(lines); err != nil || len(rest) != 0 {
		t.Fatalf("left %q, %v", rest, err)
	}
}

func TestServeHTTPProducesABodyOfManyWindows(t *testing.T) {
	running, _ := activate(t, "everyday", silentAPI())
	response, err := http.Get(web(t, running) + "/produce?bytes=2500000")
	if got := content(t, response, err); len(got) != 2_500_000 {
		t.Fatalf("got %d bytes", len(got))
	}
}

func TestAnUnreadBodyDoesNotHoldTheAnswer(t *testing.T) {
	running, _ := activate(t, "everyday", silentAPI())
	response, err := http.Post(web(t, running)+"/unread", "text/plain", strings.NewReader(strings.Repeat("x", 1<<20)))
	if got := content(t, response, err); string(got) != "not read" || response.StatusCode != 413 {
		t.Fatalf("%d %q", response.StatusCode, got)
	}
}

func TestARouteThatThrowsAnswers500AndThePluginGoesOn(t *testing.T) {
	running, _ := activate(t, "everyday", silentAPI())
	address := web(t, running)
	response, err := http.Get(address + "/throw")
	content(t, response, err)
	if response.StatusCode != 500 {
		t.Fatalf("status %d", response.StatusCode)
	}
	request, _ := http.NewRequest("GET", address+"/whoami?b=2&a=1", nil)
	request.Header.Set("Mattermost-User-Id", "user1")
	response, err = http.DefaultClient.Do(request)
	if got := string(content(t, response, err)); !strings.HasPrefix(got, "GET user1 http") || !strings.HasSuffix(got, "/whoami?b=2&a=1") {
		t.Fatalf("answered %q", got)
	}
}

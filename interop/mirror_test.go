package interop

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"testing"

	"msteams-notifications/interop/api"
	"msteams-notifications/interop/host"
	"msteams-notifications/interop/model"
)

// mirror is the running plugin of plugins/mirror.ts, told what to do over HTTP.
type mirror struct {
	*host.Plugin
	log     *record
	address string
}

// failure is how the mirror describes what was thrown.
type failure struct {
	Kind          string `json:"kind"`
	Message       string `json:"message"`
	Code          string `json:"code,omitempty"`
	Id            string `json:"id,omitempty"`
	StatusCode    int    `json:"statusCode,omitempty"`
	DetailedError string `json:"detailedError,omitempty"`
	Where         string `json:"where,omitempty"`
	RequestId     string `json:"requestId,omitempty"`
}

// outcome is the mirror's answer to a call.
type outcome struct {
	Result  any      `json:"result"`
	Failure *failure `json:"failure"`
}

func startMirror(t *testing.T, server *api.Server) *mirror {
	t.Helper()
	running, log := activate(t, "mirror", server)
	return &mirror{Plugin: running, log: log, address: web(t, running)}
}

// ask sends a request with a JSON body to the mirror.
func (m *mirror) ask(t *testing.T, method, path string, body any) outcome {
	t.Helper()
	var sent io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		sent = bytes.NewReader(text)
	}
	request, _ := http.NewRequest(method, m.address+path, sent)
	response, err := http.DefaultClient.Do(request)
	answer := content(t, response, err)
	var result outcome
	if response.StatusCode == http.StatusNoContent {
		return result
	}
	if err := json.Unmarshal(answer, &result); err != nil {
		t.Fatalf("%s %s: %d %v\n%s\n%s", method, path, response.StatusCode, err, answer, m.log)
	}
	return result
}

// overGob is what Go itself would receive of the struct that value points to: zero pointers and empty lists vanish.
func overGob(t *testing.T, value any) any {
	t.Helper()
	var stream bytes.Buffer
	if err := gob.NewEncoder(&stream).Encode(value); err != nil {
		t.Fatal(err)
	}
	received := reflect.New(reflect.TypeOf(value).Elem()).Interface()
	if err := gob.NewDecoder(&stream).Decode(received); err != nil {
		t.Fatal(err)
	}
	return received
}

// same compares JSON-like values and shows both sides when they differ.
func same(t *testing.T, what string, want, got any) {
	t.Helper()
	wanted, _ := json.Marshal(want)
	received, _ := json.Marshal(got)
	if !bytes.Equal(wanted, received) {
		t.Fatalf("%s\nwant %s\n got %s", what, wanted, received)
	}
}

// refusal is the AppError that tests hand around.
func refusal() *model.AppError {
	return &model.AppError{
		Id: "app.refused", Message: "Not today.", DetailedError: "it is closed", RequestId: "r1", StatusCode: 404, Where: "Door",
	}
}

func asFailure(of *model.AppError) failure {
	return failure{
		Kind: "AppError", Message: of.Message, Id: of.Id, StatusCode: of.StatusCode,
		DetailedError: of.DetailedError, Where: of.Where, RequestId: of.RequestId,
	}
}

package interop

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"
	"time"

	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// What the product waits before it tries again by itself is 2 s; whatever comes sooner came from what it was told.
const soonerThanByItself = 1500 * time.Millisecond

func TestTheProductReadsItsSettingsAgainWhenTheyChange(t *testing.T) {
	running, server := startProduct(t)
	// It says what is missing when it is done with what it found at its start.
	server.await(t, "LogError", 1, 10*time.Second)
	before := len(server.calls("GetUserByUsername"))
	var answer protocol.A[error]
	if err := running.Call("OnConfigurationChange", protocol.None{}, &answer); err != nil || answer.A != nil {
		t.Fatalf("%v, %v\n%s", err, answer.A, running.log)
	}
	server.await(t, "GetUserByUsername", before+1, soonerThanByItself)
}

func TestTheProductShowsOpenWebAppsWhatTheirPersonChose(t *testing.T) {
	running, server := startProduct(t)
	args := protocol.AB[*protocol.Context, []model.Preference]{A: &protocol.Context{}, B: []model.Preference{
		{UserId: "user1", Category: "pp_msteams-notifications", Name: "notifications", Value: "off"},
		{UserId: "user1", Category: "pp_msteams-notifications", Name: "threads", Value: "chats"},
		{UserId: "user2", Category: "display_settings", Name: "notifications", Value: "off"},
	}}
	if err := running.Call("PreferencesHaveChanged", args, &protocol.None{}); err != nil {
		t.Fatalf("%v\n%s", err, running.log)
	}
	calls := server.calls("PublishWebSocketEvent")
	if len(calls) != 1 {
		t.Fatalf("published %d events", len(calls))
	}
	event := calls[0].(*protocol.ABC[string, map[string]any, *model.WebsocketBroadcast])
	same(t, "event", "connection_changed", event.A)
	same(t, "whose web apps", "user1", event.C.UserId)
}

func TestTheProductAnswersThatSomebodyWasDeactivatedBeforeItIsSetUp(t *testing.T) {
	running, _ := startProduct(t)
	user := &model.User{Id: "user1", Username: "ada", Email: "ada@example.org", DeleteAt: 1}
	args := protocol.AB[*protocol.Context, *model.User]{A: &protocol.Context{}, B: user}
	if err := running.Call("UserHasBeenDeactivated", args, &protocol.None{}); err != nil {
		t.Fatalf("%v\n%s", err, running.log)
	}
	if err := running.Control.Ping(); err != nil {
		t.Fatalf("%v\n%s", err, running.log)
	}
}

func TestTheProductServesItsMetrics(t *testing.T) {
	running, _ := startProduct(t)
	server := httptest.NewServer(running.Handler("ServeMetrics", &protocol.Context{}))
	t.Cleanup(server.Close)
	response, err := http.Get(server.URL + "/metrics")
	metrics := content(t, response, err)
	same(t, "status", 200, response.StatusCode)
	for _, line := range []string{
		`(?m)^# TYPE msteams_notifications_deliveries_total counter$`,
		// Nobody can know before the product is set up.
		`(?m)^msteams_notifications_inbox_pending Nan$`,
	} {
		if !regexp.MustCompile(line).Match(metrics) {
			t.Errorf("%s is missing in\n%s", line, metrics)
		}
	}
}

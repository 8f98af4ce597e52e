package interop

import (
	"encoding/gob"
	"testing"

	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// previewPost is registered by servers under a name that our side has no schema for.
type previewPost struct {
	PostID      string
	Post        *model.Post
	TeamName    string
	ChannelType string
}

func TestAnEmbedOfAnUnknownTypeArrivesWithGosFieldNames(t *testing.T) {
	gob.RegisterName("*model.PreviewPost", &previewPost{})
	running := startMirror(t, silentAPI())
	preview := &previewPost{PostID: "p1", Post: &model.Post{Message: "quoted", Props: map[string]any{"n": 1}}, TeamName: "core"}
	post := &model.Post{
		Message:  "see https://chat.example.org/core/pl/p1",
		Metadata: &model.PostMetadata{Embeds: []*model.PostEmbed{{Type: "permalink", Data: preview}}, ExpireAt: 5},
	}
	args := protocol.AB[*protocol.Context, *model.Post]{A: &protocol.Context{}, B: post}
	if err := running.Call("MessageHasBeenPosted", args, &protocol.None{}); err != nil {
		t.Fatal(err)
	}
	heard := running.ask(t, "GET", "/hooks/MessageHasBeenPosted", nil).Result.([]any)
	metadata := heard[1].(map[string]any)["metadata"].(map[string]any)
	same(t, "what follows the embed", 5.0, metadata["expireAt"])
	data := metadata["embeds"].([]any)[0].(map[string]any)["data"].(map[string]any)
	same(t, "name", "*model.PreviewPost", data["$go"])
	content := data["value"].(map[string]any)
	same(t, "post id", "p1", content["PostID"])
	same(t, "team", "core", content["TeamName"])
	quoted := content["Post"].(map[string]any)
	same(t, "message", "quoted", quoted["Message"])
	same(t, "property", map[string]any{"n": 1.0}, quoted["Props"])
}

func TestACommandsArgumentsKeepTheirRegisteredTypes(t *testing.T) {
	played := &script{reply: &protocol.A[error]{}}
	running := startMirror(t, played.server())
	argument := func(kind, name string, fields map[string]any) map[string]any {
		return map[string]any{"name": kind, "type": kind, "data": map[string]any{"$go": name, "value": fields}}
	}
	command := map[string]any{"trigger": "try", "autocompleteData": map[string]any{"trigger": "try", "arguments": []any{
		argument("TextInput", "*model.AutocompleteTextArg", map[string]any{"hint": "[text]", "pattern": ".*"}),
		argument("StaticList", "*model.AutocompleteStaticListArg", map[string]any{"possibleArguments": []any{map[string]any{"item": "on"}}}),
		argument("DynamicList", "*model.AutocompleteDynamicListArg", map[string]any{"fetchURL": "/list"}),
	}}}
	if thrown := running.call(t, "RegisterCommand", []any{command}).Failure; thrown != nil {
		t.Fatalf("%+v", thrown)
	}
	arguments := played.args.(*protocol.A[*model.Command]).A.AutocompleteData.Arguments
	same(t, "text", &model.AutocompleteTextArg{Hint: "[text]", Pattern: ".*"}, arguments[0].Data.(*model.AutocompleteTextArg))
	same(t, "list", []model.AutocompleteListItem{{Item: "on"}}, arguments[1].Data.(*model.AutocompleteStaticListArg).PossibleArguments)
	same(t, "address", "/list", arguments[2].Data.(*model.AutocompleteDynamicListArg).FetchURL)
}

package gobstreams

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"os/exec"
	"reflect"
	"testing"

	"msteams-notifications/interop/model"
	"msteams-notifications/interop/plain"
	"msteams-notifications/interop/random"
)

// valuesPerStream are sent on one stream, so that definitions made for one value serve the later ones.
const valuesPerStream = 120

// typeOf is the type of a stream's value: by turns Everything and Post.
func typeOf(index int) reflect.Type {
	if index%2 == 0 {
		return reflect.TypeFor[Everything]()
	}
	return reflect.TypeFor[model.Post]()
}

// eachStream runs the check with the values of several streams, from sparse to full.
func eachStream(t *testing.T, check func(*testing.T, []any)) {
	for seed, density := range []float64{0, 0.1, 0.4, 0.6, 0.8} {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			source := random.New(uint64(seed), density)
			values := make([]any, valuesPerStream)
			for i := range values {
				value := reflect.New(typeOf(i))
				source.Fill(value.Elem())
				values[i] = value.Interface()
			}
			check(t, values)
		})
	}
}

// peer runs our implementation over the bytes.
func peer(t *testing.T, direction string, input []byte) []byte {
	t.Helper()
	command := exec.Command("../../node_modules/.bin/bun", "peer.ts", direction)
	command.Stdin = bytes.NewReader(input)
	var words bytes.Buffer
	command.Stderr = &words
	output, err := command.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, words.Bytes())
	}
	return output
}

func encoded(t *testing.T, values ...any) []byte {
	t.Helper()
	var stream bytes.Buffer
	encoder := gob.NewEncoder(&stream)
	for _, value := range values {
		if err := encoder.Encode(value); err != nil {
			t.Fatal(err)
		}
	}
	return stream.Bytes()
}

// form is the JSON of what Go itself would receive of a value.
func form(t *testing.T, value any) []byte {
	t.Helper()
	received := reflect.New(reflect.TypeOf(value).Elem())
	if err := gob.NewDecoder(bytes.NewReader(encoded(t, value))).Decode(received.Interface()); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(plain.Of(received))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func same(t *testing.T, index int, want, got []byte) {
	t.Helper()
	if !bytes.Equal(want, got) {
		t.Fatalf("value %d\nwant %s\n got %s", index, want, got)
	}
}

func TestOurDecoderReadsWhatGoWrites(t *testing.T) {
	eachStream(t, func(t *testing.T, values []any) {
		lines := bytes.Split(bytes.TrimSpace(peer(t, "decode", encoded(t, values...))), []byte("\n"))
		if len(lines) != len(values) {
			t.Fatalf("read %d of %d values", len(lines), len(values))
		}
		for i, line := range lines {
			var parsed any
			if err := json.Unmarshal(line, &parsed); err != nil {
				t.Fatal(err)
			}
			received := reflect.New(typeOf(i))
			if err := plain.Into(received.Elem(), parsed); err != nil {
				t.Fatalf("value %d: %v", i, err)
			}
			same(t, i, form(t, values[i]), form(t, received.Interface()))
		}
	})
}

func TestGoReadsWhatOurEncoderWrites(t *testing.T) {
	eachStream(t, func(t *testing.T, values []any) {
		var lines bytes.Buffer
		for _, value := range values {
			lines.Write(append(form(t, value), '\n'))
		}
		decoder := gob.NewDecoder(bytes.NewReader(peer(t, "encode", lines.Bytes())))
		for i, value := range values {
			received := reflect.New(typeOf(i))
			if err := decoder.DecodeValue(received); err != nil {
				t.Fatalf("value %d: %v", i, err)
			}
			same(t, i, form(t, value), form(t, received.Interface()))
		}
	})
}

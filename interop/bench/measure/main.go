// A Mattermost host that measures plugins: how fast they start, how fast calls go and how much memory they take. It prints
// one JSON line for each reading; bench/ in the repository's root starts it and makes sense of them.
//
//	measure [options] start|rates name=executable…
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"
)

// candidate is a plugin to measure.
type candidate struct {
	name, executable string
}

type options struct {
	rounds       int
	slice        time.Duration
	socketFolder string
}

func main() {
	var chosen options
	flag.IntVar(&chosen.rounds, "rounds", 5, "readings of each kind for each plugin")
	flag.DurationVar(&chosen.slice, "slice", 400*time.Millisecond, "length of one reading of a rate")
	flag.Parse()
	if err := run(flag.Args(), chosen); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(words []string, chosen options) error {
	if len(words) < 2 {
		return fmt.Errorf("usage: measure [options] start|rates name=executable…")
	}
	var plugins []candidate
	for _, word := range words[1:] {
		name, executable, found := strings.Cut(word, "=")
		if !found {
			return fmt.Errorf("%q is not name=executable", word)
		}
		plugins = append(plugins, candidate{name, executable})
	}
	folder, err := os.MkdirTemp("", "measure-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	chosen.socketFolder = folder
	switch words[0] {
	case "start":
		return measureStarts(plugins, chosen)
	case "rates":
		return measureRates(plugins, chosen)
	}
	return fmt.Errorf("there is nothing called %q to measure", words[0])
}

// reading is one measured value.
type reading struct {
	What   string  `json:"what"`
	Plugin string  `json:"plugin"`
	Value  float64 `json:"value"`
}

func report(what, plugin string, value float64) {
	line, err := json.Marshal(reading{what, plugin, value})
	if err != nil {
		panic(err)
	}
	fmt.Println(string(line))
}

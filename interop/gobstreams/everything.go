// Package gobstreams checks whole gob streams of random values against encoding/gob, both ways.
package gobstreams

import (
	"net/url"
	"time"

	"msteams-notifications/interop/plain"
)

// Part is a struct inside others.
type Part struct {
	Name string
	Size uint16
	Tags []string
}

// Everything has every kind that the protocol uses, and itself.
type Everything struct {
	Flag         bool
	Small        int8
	Wide         plain.Wide
	WideUnsigned plain.WideUnsigned
	Middle       uint32
	Real         float64
	Text         string
	Bytes        []byte
	At           time.Time
	URL          *url.URL
	Numbers      []int32
	Tables       [][]string
	Fixed        [3]uint16
	ByName       map[string]Part
	ByNumber     map[int]string
	Nested       map[string]map[string]bool
	Part         Part
	Parts        []*Part
	Maybe        *int
	MaybePart    *Part
	Content      any
	Contents     []any
	Times        []time.Time
	Self         *Everything
	Selves       []Everything
}

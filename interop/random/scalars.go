package random

import "strings"

// largest is the greatest integer that a double holds exactly; Mattermost's integers are far below.
const largest = 1<<53 - 1

// integer prefers the borders at which gob's encoding changes its length.
func (s *Source) integer(bits int) int64 {
	width := 1 + s.rng.IntN(min(bits, 54)-1)
	value := int64(1)<<width - 1 - int64(s.rng.IntN(2))
	if s.rng.IntN(2) == 0 {
		value = s.rng.Int64() & (int64(1)<<width - 1)
	}
	if s.rng.IntN(2) == 0 {
		value = -value
	}
	return max(-largest, min(largest, value))
}

func (s *Source) float() float64 {
	switch s.rng.IntN(3) {
	case 0:
		return float64(s.integer(54))
	case 1:
		return s.rng.NormFloat64() * 1e-9
	default:
		return s.rng.ExpFloat64() * 1e200
	}
}

var words = []string{
	"", "a", "town-square", "@all", "Grüße", "日本語", "🙂", "\"quoted\"\n", "\x00", "__proto__", "constructor", "a,b;c|d",
	strings.Repeat("x", 127), strings.Repeat("é", 64), strings.Repeat("long ", 200),
}

func (s *Source) text() string {
	text := words[s.rng.IntN(len(words))]
	if s.rng.IntN(2) == 0 {
		text += words[s.rng.IntN(len(words))]
	}
	return text
}

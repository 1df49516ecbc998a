package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"time"

	"dragoman/internal/coverage"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
)

// The parts of a feed, in the order of RFC 4287.
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string      `xml:"xml:lang,attr"`
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Author  string      `xml:"author>name"`
		Link    *atomLink   `xml:"link"`
		Entries []atomEntry `xml:"entry"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	}
	atomEntry struct {
		ID      string    `xml:"id"`
		Title   string    `xml:"title"`
		Updated string    `xml:"updated"`
		Link    *atomLink `xml:"link"`
		Content atomText  `xml:"content"`
	}
	atomText struct {
		Type string `xml:"type,attr"`
		Text string `xml:",chardata"`
	}
)

// Atom is a digest of the standing for readers of feeds: an entry a language, of the
// day to which ages are counted. The next day's are other entries, so that whoever
// runs it once a day, or once a week, is told as often.
func (s *Standing) Atom() []byte {
	day := s.Counts.Today.UTC()
	feed := atomFeed{
		Lang: "en", ID: s.nameFor(""), Title: "Translations", Updated: day.Format(time.RFC3339),
		Author: cmp.Or(diag.Printable(s.Author), diag.Printable(s.Title), "Dragoman"),
	}
	if s.Title != "" {
		feed.Title += " of " + diag.Printable(s.Title)
	}
	if s.BaseURL != "" {
		feed.Link = &atomLink{"alternate", s.BaseURL}
	}
	for i := range s.Counts.Languages {
		l := &s.Counts.Languages[i]
		e := atomEntry{
			ID:    s.nameFor(l.Language.String() + " " + day.Format(time.DateOnly)),
			Title: digest(l), Updated: feed.Updated, Content: atomText{"text", news(&s.Counts, l)},
		}
		if s.BaseURL != "" {
			e.Link = &atomLink{"alternate", strings.TrimSuffix(s.BaseURL, "/") + "/" + l.Language.String() + "/"}
		}
		feed.Entries = append(feed.Entries, e)
	}
	out, err := xml.MarshalIndent(feed, "", "  ")
	if err != nil {
		panic(err) // strings only
	}
	return append([]byte(xml.Header), append(out, '\n')...)
}

// news is what Summary says of a language, but for names: a feed may go anywhere.
func news(r *coverage.Report, l *coverage.Language) string {
	lines := slices.Concat(leftLines(l), editionLines(l), findingLines(l))
	for _, row := range r.Articles(l) {
		if row.Assigned.Overdue > 0 {
			lines = append(lines, fmt.Sprintf("overdue for %s: %s", countOf(row.Assigned.Overdue, "day"), diag.Printable(row.Article)))
		}
	}
	if len(lines) == 0 {
		return "nothing is left to do"
	}
	return strings.Join(lines, "\n")
}

// digest is a language in one line.
func digest(l *coverage.Language) string {
	text := fmt.Sprintf("%s (%s): %d%% translated", locale.Autonym(l.Language), l.Language, l.Percent())
	if stale := l.Staleness(); stale.Messages > 0 {
		text += fmt.Sprintf(", %s stale", countOf(stale.Messages, "message"))
		if stale.Days > 0 {
			text += " for up to " + countOf(stale.Days, "day")
		}
	}
	if l.Edition.Withheld() {
		text += ", withheld"
	}
	return text
}

// nameFor names a part of the feed for ever, by where the editions stand or else by the
// collection's title: a UUID made of it (RFC 9562, version 8).
func (s *Standing) nameFor(part string) string {
	sum := sha256.Sum256([]byte("dragoman status\x00" + cmp.Or(s.BaseURL, s.Title) + "\x00" + part))
	sum[6] = sum[6]&0x0f | 0x80
	sum[8] = sum[8]&0x3f | 0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", sum[0:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

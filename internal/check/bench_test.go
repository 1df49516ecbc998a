package check_test

import (
	"io/fs"
	"os"
	"path"
	"testing"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/check"
	"dragoman/internal/review"
)

// corpus is the catalogs below the folder that CORPUS names; without it, one made of the
// defects and traps of the tests.
func corpus(b *testing.B) (files []*catalog.File) {
	b.Helper()
	root := os.Getenv("CORPUS")
	if root == "" {
		f := &catalog.File{Path: "x.po", Language: tag(b, "ko")}
		for _, table := range []map[string][]defect{structureDefects, structureTraps} {
			for _, list := range table {
				for _, d := range list {
					f.Add(&catalog.Message{Entry: catalog.Entry{Key: catalog.Key{Source: d.source}, Target: d.target}})
				}
			}
		}
		review.Apply(f, nil)
		return []*catalog.File{f}
	}
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".po" {
			return err
		}
		src, err := fs.ReadFile(os.DirFS(root), name)
		if err != nil {
			return err
		}
		f, _ := po.Parse(name, src)
		review.Apply(f, nil)
		files = append(files, f)
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return files
}

// BenchmarkRun applies all rules; ns/message is to be compared with 30,000, a hundred
// thousand messages in three seconds.
func BenchmarkRun(b *testing.B) {
	files := corpus(b)
	messages := 0
	for _, f := range files {
		for _, m := range f.Messages {
			if !m.Obsolete && m.HasTarget() {
				messages++
			}
		}
	}
	if messages == 0 {
		b.Fatal("no translations below CORPUS")
	}
	rules := check.Rules()
	b.ReportAllocs()
	for b.Loop() {
		peers := check.Gather(files...)
		for _, f := range files {
			check.Run(check.Input{File: f, Peers: peers, Source: tag(b, "en"), Language: f.Language}, rules)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*messages), "ns/message")
}

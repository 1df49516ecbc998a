package project

import (
	"context"
	"time"

	"dragoman/internal/coverage"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
)

// StatusOptions say what to count.
type StatusOptions struct {
	Now       time.Time
	Languages []locale.Tag // none: all
}

// Status counts the work that is done and the work that is left. Articles are
// merged in memory first, so that one edited since the last extract counts as
// edited. Findings are warnings.
func (t *Tree) Status(ctx context.Context, o StatusOptions) (coverage.Report, diag.List, error) {
	tags, err := t.targets(o.Languages)
	if err != nil {
		return coverage.Report{}, nil, err
	}
	docs, shelves, found, err := t.load(ctx, tags, o.Now)
	if err != nil {
		return coverage.Report{}, nil, err
	}
	var in []coverage.Input
	for _, s := range shelves {
		behind := s.behind()
		for i, d := range docs {
			if d.Meta.Draft || d.Meta.Retracted {
				continue
			}
			in = append(in, coverage.Input{
				Article: d.Path, Source: t.Config.Source, Language: s.tag,
				File: s.merged[i], Behind: behind[d.Path],
			})
		}
	}
	return coverage.Measure(in, coverage.Options{}), found, ctx.Err()
}

package check

import "dragoman/internal/diag"

// completenessRules are about what was not translated.
var completenessRules = []Rule{
	{
		Code: "unchanged", Title: "the target is the source, unchanged",
		Hint: "translate it, or waive it if it is the same in both languages", Severity: diag.Warning,
		check: checkUnchanged,
	},
}

func checkUnchanged(p *Pair) {
	if p.Target.Raw == p.Source.Raw {
		p.report(0, len(p.Target.Raw), "the target is the source")
	}
}

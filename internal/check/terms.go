package check

var termRules = []Rule{}

package check

var particleRules = []Rule{}

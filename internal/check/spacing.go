package check

var spacingRules = []Rule{}

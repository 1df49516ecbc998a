package check

var contentRules = []Rule{}

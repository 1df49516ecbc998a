package check

var punctuationRules = []Rule{}

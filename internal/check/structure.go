package check

var structureRules = []Rule{}

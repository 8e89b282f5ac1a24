module github.com/mandaat/mandaat/officefile

go 1.26

require github.com/mandaat/mandaat v0.0.0

replace github.com/mandaat/mandaat => ../

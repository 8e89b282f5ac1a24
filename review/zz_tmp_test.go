package review
func diffTexts(d Difference) string { return "" }
